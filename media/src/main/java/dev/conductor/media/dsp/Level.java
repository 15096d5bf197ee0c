package dev.conductor.media.dsp;

/**
 * How loud a frame is.
 *
 * @threading pure functions.
 * @allocation none.
 * @units 16-bit linear PCM.
 */
public final class Level {
  /** What {@link #dbov} says of silence (RFC 6464, section 3: -127 is the least). */
  public static final int SILENCE_DBOV = -127;

  private static final double FULL_SCALE_POWER = 32_768.0 * 32_768.0;

  private Level() {}

  /** The sum of the samples' absolute values. */
  public static int sumAbsolute(final short[] samples, final int offset, final int count) {
    int sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += Math.abs(samples[i]);
    }
    return sum;
  }

  /** The mean absolute sample, rounded down; 0 for no samples. */
  public static int meanAbsolute(final short[] samples, final int offset, final int count) {
    return count == 0 ? 0 : sumAbsolute(samples, offset, count) / count;
  }

  /** The largest absolute sample: 0..32768. */
  public static int peak(final short[] samples, final int offset, final int count) {
    int peak = 0;
    for (int i = offset; i < offset + count; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }

  /**
   * The RMS level relative to overload, a square wave of full scale (RFC 6464, section 3), rounded:
   * -127..0. A full sine is -3.
   */
  public static int dbov(final short[] samples, final int offset, final int count) {
    long sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += samples[i] * samples[i];
    }
    if (sum == 0) {
      return SILENCE_DBOV;
    }
    final double power = (double) sum / count / FULL_SCALE_POWER;
    return (int) Math.max(SILENCE_DBOV, Math.round(10.0 * Math.log10(power)));
  }
}
