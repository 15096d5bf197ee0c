package dev.conductor.demo;

import dev.conductor.media.play.Tone;

/**
 * Voices that can be told from each other: each caller a tone of his own, keyed five times a second
 * as syllables are. The tones lie evenly from 300 to 3300 Hz, at least 30 Hz apart for up to a
 * hundred callers. Any thread.
 */
public final class Voices {
  private static final double LOWEST_HZ = 300;
  private static final double HIGHEST_HZ = 3_300;
  private static final double KEYING_HZ = 5;

  /** A keyed tone averages half its amplitude; its neighbours' edges stay well below this part. */
  private static final double THRESHOLD_PART = 0.2;

  private Voices() {}

  /** The pitch of caller {@code index} of {@code count}. */
  public static double freqHz(final int index, final int count) {
    return LOWEST_HZ + (HIGHEST_HZ - LOWEST_HZ) * index / Math.max(1, count - 1);
  }

  /** The voice of caller {@code index} of {@code count}. */
  public static Tone tone(final int index, final int count, final int amplitude) {
    return Tone.keyed(freqHz(index, count), amplitude, KEYING_HZ);
  }

  /**
   * From which amplitude on, by {@link SimPhone#heard}, a voice counts as heard that is sounded
   * with {@code amplitude}, unless its or the listener's volume was changed.
   */
  public static double threshold(final int amplitude) {
    return THRESHOLD_PART * amplitude;
  }
}
