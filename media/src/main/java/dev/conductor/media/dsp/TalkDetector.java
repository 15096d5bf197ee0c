package dev.conductor.media.dsp;

/**
 * Tells whether a caller talks, from the levels of his voice before {@code volume_in}.
 *
 * <p>A frame is loud when it exceeds both the threshold {@code energy} and 2.8 times the noise
 * floor. Three loud frames among five start a talk; 700 ms without one, 300 ms without packets (700
 * ms where the line uses discontinuous transmission) or {@link #stop} end it. With {@code energy} 0
 * whoever sends packets talks.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units a frame is 20 ms and is the clock; levels are those of {@link VoiceActivity}.
 */
final class TalkDetector {
  private static final int HANG_OVER_FRAMES = 700 / RatePlane.FRAME_MS;
  private static final int MISSING_FRAMES = 300 / RatePlane.FRAME_MS;
  private static final int DTX_MISSING_FRAMES = 700 / RatePlane.FRAME_MS;

  /** 2.8 as a fraction. */
  private static final int RATIO_NUMERATOR = 14;

  private static final int RATIO_DENOMINATOR = 5;

  private static final int ONSET_LOUD_FRAMES = 3;
  private static final int ONSET_WINDOW_MASK = 0b11111;

  /** One bit a frame, the latest lowest: was it loud. */
  private int loudHistory;

  private int framesSinceLoud;
  private int framesMissing;
  private int missingLimit = MISSING_FRAMES;
  private int energy;
  private boolean talking;

  /**
   * A detector that has heard nothing yet.
   *
   * @param energy threshold as mean absolute sample, 0..1800; 0: always open
   */
  TalkDetector(final int energy) {
    this.energy = energy;
  }

  /** Changes the threshold from the next frame on. */
  void energy(final int newEnergy) {
    energy = newEnergy;
  }

  /** Whether the far end stops sending in its pauses. */
  void dtx(final boolean usesDtx) {
    missingLimit = usesDtx ? DTX_MISSING_FRAMES : MISSING_FRAMES;
  }

  /** Judges a frame that came from packets; its level is part of the floor already. */
  void onFrame(final int level, final int floor) {
    framesMissing = 0;
    onJudged(isLoud(level, floor));
    if (energy == 0) {
      talking = true;
    }
  }

  /** Counts a frame for which no packet came; what concealment made of it is no voice. */
  void onMissing() {
    final boolean alwaysOpen = talking && energy == 0;
    onJudged(false);
    framesMissing = Math.min(framesMissing + 1, DTX_MISSING_FRAMES);
    if (framesMissing >= missingLimit) {
      stop();
    } else if (alwaysOpen) {
      talking = true;
    }
  }

  /** Ends the talk at once. */
  void stop() {
    talking = false;
    loudHistory = 0;
  }

  /** Whether the caller talks. */
  boolean isTalking() {
    return talking;
  }

  private void onJudged(final boolean loud) {
    loudHistory = ((loudHistory << 1) | (loud ? 1 : 0)) & ONSET_WINDOW_MASK;
    framesSinceLoud = loud ? 0 : Math.min(framesSinceLoud + 1, HANG_OVER_FRAMES);
    if (talking) {
      talking = framesSinceLoud < HANG_OVER_FRAMES;
    } else {
      talking = Integer.bitCount(loudHistory) >= ONSET_LOUD_FRAMES;
    }
  }

  /** Whether nothing was loud of late: a frame that is not loud either changes nothing. */
  boolean isQuiet() {
    return !talking
        && energy > 0
        && loudHistory == 0
        && framesMissing == 0
        && framesSinceLoud == HANG_OVER_FRAMES;
  }

  /** Whether a frame of this level is loud. */
  boolean isLoud(final int level, final int floor) {
    return isLoud(level, floor, energy);
  }

  static boolean isLoud(final int level, final int floor, final int energy) {
    return level > energy * VoiceActivity.LEVEL_SCALE
        && (long) level * RATIO_DENOMINATOR > (long) floor * RATIO_NUMERATOR;
  }
}
