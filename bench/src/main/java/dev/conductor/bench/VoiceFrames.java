package dev.conductor.bench;

import dev.conductor.media.dsp.RatePlane;
import java.util.SplittableRandom;

/**
 * Two seconds of a voice, frame by frame and over again: a buzz of gliding pitch in four syllables
 * a second, and some breath. It is always the same.
 */
final class VoiceFrames {
  private static final int FRAMES = 100;
  private static final double PITCH_HZ = 130;
  private static final double GLIDE_HZ = 30;
  private static final double SYLLABLES_HZ = 4;
  private static final int PEAK = 12_000;
  private static final int BREATH = 60;

  private final short[][] frames;

  VoiceFrames(final RatePlane plane) {
    final SplittableRandom random = new SplittableRandom(1);
    frames = new short[FRAMES][plane.frameSamples()];
    double phase = 0;
    int sample = 0;
    for (final short[] frame : frames) {
      for (int i = 0; i < frame.length; i++) {
        final double seconds = (double) sample / plane.rateHz();
        phase += (PITCH_HZ + GLIDE_HZ * Math.sin(4 * seconds)) / plane.rateHz();
        final double buzz = Math.exp(-8 * (phase - Math.floor(phase))) - 0.125;
        final double syllable = Math.max(0, Math.sin(2 * Math.PI * SYLLABLES_HZ * seconds));
        frame[i] = (short) (PEAK * buzz * syllable + random.nextInt(-BREATH, BREATH + 1));
        sample++;
      }
    }
  }

  /** A frame by its number, any from 0 on. */
  short[] frame(final int number) {
    return frames[number % FRAMES];
  }
}
