package dev.conductor.media.dsp;

/**
 * Tells whether a line is worth mixing: open from the very frame on that stands out from the line's
 * own noise, until 700 ms after the last such frame. It opens at twice the noise floor, before
 * {@link TalkDetector} does, so that no soft beginning is lost, and a steady noise, hum or hiss
 * closes it. A new line is open, since what noise it has is not known yet.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units a frame is 20 ms and is the clock; levels are those of {@link VoiceActivity}.
 */
final class OpenLineGate {
  /** Fainter than this, as mean absolute sample, nobody hears: comfort noise has 14. */
  static final int FAINTEST = 12;

  private static final int HANG_OVER_FRAMES = 700 / RatePlane.FRAME_MS;

  /**
   * Over the floor. A second's loudest frame of noise is 1.5 times its quietest if the noise is
   * white, twice if it rumbles as a car does; below that such lines would never close.
   */
  private static final int RATIO = 2;

  /** How many frames it still stays open. */
  private int framesLeft = HANG_OVER_FRAMES;

  /**
   * Judges a frame that came from packets; its level is part of the floor already.
   *
   * @param always opens it whatever the frame holds
   */
  void onFrame(final int level, final int floor, final boolean always) {
    if (always || stands(level, floor)) {
      framesLeft = HANG_OVER_FRAMES;
    } else {
      onMissing();
    }
  }

  /** Counts a frame for which no packet came. */
  void onMissing() {
    framesLeft = Math.max(0, framesLeft - 1);
  }

  /** Closes it at once. */
  void stop() {
    framesLeft = 0;
  }

  /** Whether it is open. */
  boolean isOpen() {
    return framesLeft > 0;
  }

  /** Whether a frame opens the gate. */
  static boolean stands(final int level, final int floor) {
    return level > FAINTEST * VoiceActivity.LEVEL_SCALE && level > floor * RATIO;
  }
}
