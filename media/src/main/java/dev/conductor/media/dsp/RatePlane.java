package dev.conductor.media.dsp;

/**
 * The rates at which sound is summed and heard. A frame is 20 ms at each.
 *
 * @threading immutable.
 * @allocation none.
 */
public enum RatePlane {
  /** Narrowband: G.711. */
  NARROW(8_000),
  /** Wideband: G.722, L16 at 16 kHz. */
  WIDE(16_000),
  /** Fullband: Opus. */
  FULL(48_000);

  /** How long a frame lasts. */
  public static final int FRAME_MS = 20;

  /** Samples of a frame at the highest rate. */
  public static final int MAX_FRAME_SAMPLES = 48_000 / 1_000 * FRAME_MS;

  private final int rateHz;

  RatePlane(final int rateHz) {
    this.rateHz = rateHz;
  }

  /** Samples a second. */
  public int rateHz() {
    return rateHz;
  }

  /** Samples of a frame. */
  public int frameSamples() {
    return rateHz / 1_000 * FRAME_MS;
  }

  /**
   * The plane of a rate.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static RatePlane of(final int rateHz) {
    return switch (rateHz) {
      case 8_000 -> NARROW;
      case 16_000 -> WIDE;
      case 48_000 -> FULL;
      default -> throw new IllegalArgumentException("no plane of " + rateHz + " Hz");
    };
  }
}
