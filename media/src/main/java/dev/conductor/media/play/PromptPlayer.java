package dev.conductor.media.play;

import dev.conductor.media.dsp.Gain;
import java.util.List;

/**
 * Plays clips one after the other to one caller, over his room ducked by 12 dB.
 *
 * @threading the media agent that owns the session.
 * @allocation none.
 * @units frames of 16-bit linear PCM at 8 kHz.
 */
public final class PromptPlayer {
  /** Four steps of 3 dB. */
  private static final int DUCKED_Q15 = Gain.factorQ15(-4);

  private final int frameSamples;
  private List<Clip> clips = List.of();
  private int clipIndex;
  private int sampleIndex;
  private long tag;
  private boolean playing;
  private boolean ended;

  /**
   * A player that plays nothing.
   *
   * @param frameSamples samples of each frame
   */
  public PromptPlayer(final int frameSamples) {
    this.frameSamples = frameSamples;
  }

  /**
   * Plays these from the next frame on, in place of what plays. Of what is replaced no end is told.
   *
   * @param newClips not changed from now on; none at all end with the next frame
   * @param newTag comes back from {@link #tag} when they ended
   */
  public void start(final List<Clip> newClips, final long newTag) {
    clips = newClips;
    clipIndex = 0;
    sampleIndex = 0;
    tag = newTag;
    playing = true;
    ended = false;
  }

  /** Falls silent at once; no end is told. */
  public void stop() {
    clips = List.of();
    clipIndex = 0;
    playing = false;
    ended = false;
  }

  /** Whether there is more to play. */
  public boolean isPlaying() {
    return playing;
  }

  /**
   * Ducks the room and adds the next frame of the clips. From the last sample on the room is as
   * loud as before.
   *
   * @param room what the caller hears; changed in place
   * @return whether it was changed
   */
  public boolean mixInto(final short[] room) {
    int done = 0;
    while (clipIndex < clips.size() && done < frameSamples) {
      done = mixClip(room, done);
    }
    if (playing && clipIndex == clips.size()) {
      stop();
      ended = true;
    }
    return done > 0;
  }

  /** True once after the last sample was mixed; {@link #tag} says of which prompt. */
  public boolean pollEnded() {
    final boolean was = ended;
    ended = false;
    return was;
  }

  /** The tag of the latest {@link #start}. */
  public long tag() {
    return tag;
  }

  private int mixClip(final short[] room, final int from) {
    final short[] samples = clips.get(clipIndex).samples();
    final int count = Math.min(frameSamples - from, samples.length - sampleIndex);
    for (int i = 0; i < count; i++) {
      final int ducked = Gain.apply(room[from + i], DUCKED_Q15);
      room[from + i] = Gain.saturate(ducked + samples[sampleIndex + i]);
    }
    sampleIndex += count;
    if (sampleIndex == samples.length) {
      clipIndex++;
      sampleIndex = 0;
    }
    return from + count;
  }
}
