package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * How loud a line is when nobody speaks: the quietest frame of about the last second. So a steady
 * tone or noise becomes the floor itself, while speech, and tones keyed at 3 to 5 Hz, show their
 * floor in every pause. It is capped, so that a clipping voice is heard above any noise.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units a frame is 20 ms and is the clock; levels are those of {@link VoiceActivity}.
 */
final class NoiseFloor {
  /** A line that sends a test tone at 0 dBm0 (mean 14,200) is the loudest that still is noise. */
  static final int CAP = 5_200;

  private static final int SPAN_FRAMES = 5;
  private static final int SPANS = 10;

  /** Quietest frame of each 100 ms span; the oldest is replaced. */
  private final int[] spanMinimums = new int[SPANS];

  private int spanIndex;
  private int framesInSpan;

  /** The least of all spans, capped. */
  private int floor = CAP * VoiceActivity.LEVEL_SCALE;

  /** Nothing was heard yet: the cap. */
  NoiseFloor() {
    Arrays.fill(spanMinimums, Integer.MAX_VALUE);
  }

  int touch() {
    return spanMinimums[spanIndex];
  }

  /** Takes a frame's level into account. */
  void onFrame(final int level) {
    if (framesInSpan == SPAN_FRAMES) {
      spanIndex = (spanIndex + 1) % SPANS;
      spanMinimums[spanIndex] = Integer.MAX_VALUE;
      framesInSpan = 0;
    }
    spanMinimums[spanIndex] = Math.min(spanMinimums[spanIndex], level);
    framesInSpan++;
    floor = CAP * VoiceActivity.LEVEL_SCALE;
    for (final int minimum : spanMinimums) {
      floor = Math.min(floor, minimum);
    }
  }

  /** The floor, the frame just taken included. */
  int level() {
    return floor;
  }
}
