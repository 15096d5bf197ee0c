package dev.conductor.media.play;

import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Plays prompts, each made of clips, one after the other to one caller, over his room ducked by 12
 * dB. The room goes down and comes back over 5 ms, so that neither is a click. A place in a prompt
 * is a time: the listener's plane may change under it.
 *
 * @threading the media agent that owns the session.
 * @allocation one record a prompt when it is asked for; none a frame.
 * @units sums of 16-bit linear PCM at the plane's rate; gains in steps of 3 dB, -4..4.
 */
public final class PromptPlayer {
  /** Four steps of 3 dB. */
  private static final int DUCKED_Q15 = Gain.factorQ15(-4);

  /** 5 ms, in samples at 48 kHz: how far the room has gone down is counted in these. */
  private static final int RAMP = 240;

  private static final int NARROW_FRAME_SAMPLES = RatePlane.NARROW.frameSamples();

  private final ArrayDeque<Prompt> prompts = new ArrayDeque<>();
  private int clipIndex;

  /** Place in the clip, in samples at 8 kHz. */
  private int place;

  /** How far the room has gone down: 0..{@link #RAMP}. */
  private int down;

  /** The prompt is to fall silent while the room comes back. */
  private boolean stopping;

  private long tag;
  private boolean ended;

  /**
   * What is asked for in one go.
   *
   * @threading the media agent that owns the session.
   * @allocation one a prompt.
   */
  private record Prompt(List<Clip> clips, int gainQ15, long tag) {}

  /** A player that plays nothing. */
  public PromptPlayer() {}

  /**
   * Plays these from the next frame on, in place of what plays and what waits. Of what is replaced
   * no end is told.
   *
   * @param clips not changed from now on; none at all end with the next frame
   * @param gainSteps of the clips; the room's is no matter of this
   * @param promptTag comes back from {@link #tag} when they ended
   */
  public void start(final List<Clip> clips, final int gainSteps, final long promptTag) {
    prompts.clear();
    rewind();
    ended = false;
    queue(clips, gainSteps, promptTag);
  }

  /** As {@link #start}, but after what plays and waits, from the frame after its last. */
  public void queue(final List<Clip> clips, final int gainSteps, final long promptTag) {
    if (stopping) {
      prompts.clear();
      rewind();
    }
    prompts.add(new Prompt(clips, Gain.factorQ15(gainSteps), promptTag));
  }

  /** Falls silent within 5 ms and drops what waits; no end is told. */
  public void stop() {
    stopping = true;
    ended = false;
    while (prompts.size() > 1) {
      prompts.removeLast();
    }
  }

  /** Whether there is more to play, or the room has yet to come back. */
  public boolean isPlaying() {
    return !prompts.isEmpty() || down > 0;
  }

  /**
   * Ducks the room and adds the next frame of the prompt.
   *
   * @param room what the caller hears: sums not limited yet, a frame of the plane; changed in place
   * @param plane the listener's
   * @return whether it was changed
   */
  public boolean mixInto(final int[] room, final RatePlane plane) {
    if (!isPlaying()) {
      return false;
    }
    final boolean wasDown = down > 0;
    final int perNarrow = plane.rateHz() / RatePlane.NARROW.rateHz();
    int done = 0;
    while (skipSilentClips() && done < NARROW_FRAME_SAMPLES) {
      done = mixClip(room, plane, done, perNarrow);
    }
    final boolean changed = done > 0 || wasDown;
    if (!prompts.isEmpty() && clipIndex == prompts.peek().clips().size()) {
      tag = prompts.remove().tag();
      ended = !stopping;
      rewind();
    }
    if (prompts.isEmpty()) {
      comeBack(room, done * perNarrow, plane);
    } else {
      hold(room, done * perNarrow, plane);
    }
    return changed;
  }

  /** True once after the last sample was mixed; {@link #tag} says of which prompt. */
  public boolean pollEnded() {
    final boolean was = ended;
    ended = false;
    return was;
  }

  /** The tag of the prompt that ended last. */
  public long tag() {
    return tag;
  }

  private void rewind() {
    clipIndex = 0;
    place = 0;
    stopping = false;
  }

  /** Goes to the clip that sounds next; false when this prompt has none, or is silent by now. */
  private boolean skipSilentClips() {
    if (prompts.isEmpty()) {
      return false;
    }
    final List<Clip> clips = prompts.peek().clips();
    if (stopping && down == 0) {
      clipIndex = clips.size();
    }
    while (clipIndex < clips.size() && place == clips.get(clipIndex).narrowSamples()) {
      clipIndex++;
      place = 0;
    }
    return clipIndex < clips.size();
  }

  private int mixClip(
      final int[] room, final RatePlane plane, final int from, final int perNarrow) {
    final Prompt prompt = prompts.peek();
    final Clip clip = prompt.clips().get(clipIndex);
    final short[] samples = clip.samples(plane);
    final int count = Math.min(NARROW_FRAME_SAMPLES - from, clip.narrowSamples() - place);
    final int step = stepOf(plane);
    for (int i = 0; i < count * perNarrow; i++) {
      down = stopping ? Math.max(0, down - step) : Math.min(RAMP, down + step);
      final int voice = Gain.apply(samples[place * perNarrow + i], prompt.gainQ15());
      final int at = from * perNarrow + i;
      room[at] = duck(room[at]) + (stopping ? voice * down / RAMP : voice);
    }
    place += count;
    return from + count;
  }

  private void comeBack(final int[] room, final int from, final RatePlane plane) {
    final int step = stepOf(plane);
    for (int i = from; i < plane.frameSamples() && down > 0; i++) {
      down = Math.max(0, down - step);
      room[i] = duck(room[i]);
    }
  }

  /** Between two prompts the room stays where it is. */
  private void hold(final int[] room, final int from, final RatePlane plane) {
    for (int i = from; i < plane.frameSamples() && down > 0; i++) {
      room[i] = duck(room[i]);
    }
  }

  private int duck(final int sum) {
    return Gain.apply(sum, Gain.UNITY_Q15 - (Gain.UNITY_Q15 - DUCKED_Q15) * down / RAMP);
  }

  private static int stepOf(final RatePlane plane) {
    return RatePlane.FULL.rateHz() / plane.rateHz();
  }
}
