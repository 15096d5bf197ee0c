package dev.conductor.media.dsp;

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

  static final int SPAN_FRAMES = 5;
  private static final int SPANS = 10;

  private final QuietestFrames quietest = new QuietestFrames(SPANS, SPAN_FRAMES);

  /** Nothing was heard yet: the cap. */
  NoiseFloor() {}

  /** Takes a frame's level into account. */
  void onFrame(final int level) {
    quietest.add(level);
  }

  /** Takes frames into account, at most {@link #framesAtOnce}. */
  void onFrames(final int frames, final int leastLevel) {
    quietest.addRun(frames, leastLevel);
  }

  /** How many frames may be taken at once: more than 0. */
  int framesAtOnce() {
    return quietest.toSpanEnd();
  }

  /** The floor, the frame just taken included. */
  int level() {
    return Math.min(CAP * VoiceActivity.LEVEL_SCALE, quietest.least());
  }

  /** The floor as the next frame will find it, itself left out. */
  int levelBeforeNext() {
    return Math.min(CAP * VoiceActivity.LEVEL_SCALE, quietest.leastBeforeNext());
  }
}
