package dev.conductor.media.dsp;

/**
 * A faint, even, white noise, so that a line on which nobody speaks does not sound dead.
 *
 * @threading the media agent that owns the stream.
 * @allocation none after construction.
 * @units 16-bit linear PCM at any rate.
 */
public final class ComfortNoise {
  /** How loud it is (RFC 6464, section 3, for the unit). */
  public static final int LEVEL_DBOV = -66;

  /** The largest sample: evenly spread up to it, the RMS is 16.5, which is the level above. */
  static final int PEAK = 28;

  private static final int VALUES = 2 * PEAK + 1;

  /** Knuth's multiplier for a linear congruence modulo 2^64; any odd addend will do. */
  private static final long MULTIPLIER = 6_364_136_223_846_793_005L;

  private static final long ADDEND = 1_442_695_040_888_963_407L;

  private long state;

  /** The same seed gives the same noise. */
  public ComfortNoise(final long seed) {
    state = seed;
  }

  /** Goes on with the noise: that many samples from the first on, over whatever was there. */
  public void fill(final short[] out, final int samples) {
    long next = state;
    for (int i = 0; i < samples; i++) {
      next = next * MULTIPLIER + ADDEND;
      // Only the upper half of a congruence's bits is random enough.
      out[i] = (short) (((next >>> 32) * VALUES >>> 32) - PEAK);
    }
    state = next;
  }
}
