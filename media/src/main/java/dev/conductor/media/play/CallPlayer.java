package dev.conductor.media.play;

import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import java.util.Arrays;

/**
 * One sound for many: a tone to everyone of a call, or music to all who wait. It has one place for
 * all, and makes the frame of each plane once a tick, when it is first asked for.
 *
 * <p>What is replaced or stopped dies away over the next frame, 20 ms, under the beginning of the
 * new.
 *
 * @threading the media agent that owns the call.
 * @allocation none after construction.
 * @units 16-bit linear PCM; gains in steps of 3 dB, -4..4; places in samples at 8 kHz.
 */
public final class CallPlayer {
  private static final int NARROW_FRAME_SAMPLES = RatePlane.NARROW.frameSamples();

  private final short[][] frames = new short[RatePlane.values().length][];
  private final boolean[] made = new boolean[frames.length];
  private final Track first = new Track();
  private final Track second = new Track();
  private Track current = first;
  private Track fading = second;

  /** What sounds from the next tick on; its clip is null for silence. */
  private Clip nextClip;

  private int nextGainQ15;
  private boolean nextLoops;
  private boolean changes;

  /** A player that plays nothing. */
  public CallPlayer() {
    for (final RatePlane plane : RatePlane.values()) {
      frames[plane.ordinal()] = new short[plane.frameSamples()];
    }
  }

  /**
   * Plays this from the next tick on, in place of what plays.
   *
   * @param clip of any length; one without samples is silence
   * @param gainSteps of the clip
   * @param loops whether it begins again after its last sample, without a seam
   */
  public void start(final Clip clip, final int gainSteps, final boolean loops) {
    nextClip = clip.narrowSamples() == 0 ? null : clip;
    nextGainQ15 = Gain.factorQ15(gainSteps);
    nextLoops = loops;
    changes = true;
  }

  /** Lets what plays die away in the next tick. */
  public void stop() {
    nextClip = null;
    changes = true;
  }

  /** Begins a tick: goes on by a frame. */
  public void tick() {
    current.goOn();
    fading.clip = null;
    if (changes) {
      changes = false;
      final Track old = current;
      current = fading;
      fading = old;
      current.begin(nextClip, nextGainQ15, nextLoops);
      nextClip = null;
    }
    Arrays.fill(made, false);
  }

  /** Whether there is anything to hear in this tick. */
  public boolean isSounding() {
    return current.clip != null || fading.clip != null;
  }

  /** Whether it plays something now or from the next tick on. */
  public boolean isPlaying() {
    return changes ? nextClip != null : current.isPlayingOn();
  }

  /** The frame of this tick at a plane's rate, the same for all who ask; not to be changed. */
  public short[] frame(final RatePlane plane) {
    final short[] frame = frames[plane.ordinal()];
    if (!made[plane.ordinal()]) {
      made[plane.ordinal()] = true;
      final int perNarrow = plane.rateHz() / RatePlane.NARROW.rateHz();
      for (int i = 0; i < frame.length; i++) {
        final int old = fading.sample(plane, perNarrow, i) * (frame.length - i) / frame.length;
        frame[i] = Gain.saturate(current.sample(plane, perNarrow, i) + old);
      }
    }
    return frame;
  }

  /**
   * One clip with its place.
   *
   * @threading the media agent that owns the call.
   * @allocation none after construction.
   */
  private static final class Track {
    private Clip clip;
    private int gainQ15;
    private boolean loops;

    /** Of the tick's first sample. */
    private int place;

    void begin(final Clip newClip, final int newGainQ15, final boolean isLoop) {
      clip = newClip;
      gainQ15 = newGainQ15;
      loops = isLoop;
      place = 0;
    }

    boolean isPlayingOn() {
      return clip != null && (loops || place + NARROW_FRAME_SAMPLES < clip.narrowSamples());
    }

    void goOn() {
      if (!isPlayingOn()) {
        clip = null;
        return;
      }
      place += NARROW_FRAME_SAMPLES;
      if (loops) {
        place %= clip.narrowSamples();
      }
    }

    int sample(final RatePlane plane, final int perNarrow, final int index) {
      if (clip == null) {
        return 0;
      }
      final short[] samples = clip.samples(plane);
      int at = place * perNarrow + index;
      if (at >= samples.length) {
        if (!loops) {
          return 0;
        }
        at %= samples.length;
      }
      return Gain.apply(samples[at], gainQ15);
    }
  }
}
