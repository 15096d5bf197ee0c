package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * Tells whether a caller talks, from his voice before {@code volume_in}.
 *
 * <p>A frame is loud when its mean absolute sample exceeds both the threshold {@code energy} and
 * 2.8 times the noise floor. The floor is the quietest frame of about the last second, so a steady
 * tone or noise becomes the floor itself, while speech, and tones keyed at 3 to 5 Hz, show their
 * floor in every pause. It is capped, so that a clipping voice is heard above any noise. Three loud
 * frames among five start a talk; 700 ms without one, 300 ms without packets or {@link #stop} end
 * it. With {@code energy} 0 whoever sends packets talks.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units a frame is 20 ms and is the clock; levels are mean absolute samples at 16-bit scale.
 */
public final class TalkDetector {
  /** A line that sends a test tone at 0 dBm0 (mean 14,200) is the loudest that still is noise. */
  static final int FLOOR_CAP = 5_200;

  static final int FRAME_MS = 20;
  static final int HANG_OVER_FRAMES = 700 / FRAME_MS;
  static final int MISSING_FRAMES = 300 / FRAME_MS;

  /** 2.8 as a fraction. */
  private static final int RATIO_NUMERATOR = 14;

  private static final int RATIO_DENOMINATOR = 5;

  private static final int ONSET_LOUD_FRAMES = 3;
  private static final int ONSET_WINDOW_MASK = 0b11111;

  private static final int SPAN_FRAMES = 5;
  private static final int SPANS = 10;

  private final int frameSamples;

  /** Quietest frame of each 100 ms span, as sums of absolute samples; the oldest is replaced. */
  private final int[] spanMinimums = new int[SPANS];

  private int spanIndex;
  private int framesInSpan;

  /** One bit a frame, the latest lowest: was it loud. */
  private int loudHistory;

  private int framesSinceLoud;
  private int framesMissing;
  private int energy;
  private boolean talking;

  /**
   * A detector that has heard nothing yet.
   *
   * @param frameSamples samples of each frame, 20 ms of them
   * @param energy threshold as mean absolute sample, 0..1800; 0: always open
   */
  public TalkDetector(final int frameSamples, final int energy) {
    this.frameSamples = frameSamples;
    this.energy = energy;
    Arrays.fill(spanMinimums, Integer.MAX_VALUE);
  }

  /** Changes the threshold from the next frame on. */
  public void energy(final int newEnergy) {
    energy = newEnergy;
  }

  /**
   * Judges a frame that came from packets.
   *
   * @return whether the caller talks now
   */
  public boolean onFrame(final short[] samples) {
    final int level = Level.sumAbsolute(samples, 0, frameSamples);
    trackFloor(level);
    framesMissing = 0;
    onJudged(isLoud(level));
    if (energy == 0) {
      talking = true;
    }
    return talking;
  }

  /**
   * Counts a frame for which no packet came; what concealment made of it is no voice.
   *
   * @return whether the caller talks now
   */
  public boolean onMissing() {
    final boolean alwaysOpen = talking && energy == 0;
    onJudged(false);
    framesMissing++;
    if (framesMissing >= MISSING_FRAMES) {
      stop();
    } else if (alwaysOpen) {
      talking = true;
    }
    return talking;
  }

  /** Ends the talk at once: mute, hold, move or leave. What is known of the noise stays. */
  public void stop() {
    talking = false;
    loudHistory = 0;
  }

  /** Whether the caller talks. */
  public boolean isTalking() {
    return talking;
  }

  /** The noise floor, capped, as mean absolute sample. */
  int noiseFloor() {
    return floorSum() / frameSamples;
  }

  private void onJudged(final boolean loud) {
    loudHistory = ((loudHistory << 1) | (loud ? 1 : 0)) & ONSET_WINDOW_MASK;
    framesSinceLoud = loud ? 0 : framesSinceLoud + 1;
    if (talking) {
      talking = framesSinceLoud < HANG_OVER_FRAMES;
    } else {
      talking = Integer.bitCount(loudHistory) >= ONSET_LOUD_FRAMES;
    }
  }

  private boolean isLoud(final int level) {
    return level > energy * frameSamples
        && (long) level * RATIO_DENOMINATOR > (long) floorSum() * RATIO_NUMERATOR;
  }

  private int floorSum() {
    int floor = FLOOR_CAP * frameSamples;
    for (final int minimum : spanMinimums) {
      floor = Math.min(floor, minimum);
    }
    return floor;
  }

  private void trackFloor(final int level) {
    if (framesInSpan == SPAN_FRAMES) {
      spanIndex = (spanIndex + 1) % SPANS;
      spanMinimums[spanIndex] = Integer.MAX_VALUE;
      framesInSpan = 0;
    }
    spanMinimums[spanIndex] = Math.min(spanMinimums[spanIndex], level);
    framesInSpan++;
  }
}
