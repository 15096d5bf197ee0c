package dev.conductor.media.dsp;

/**
 * Volume in even steps of 3 dB, -4..4, and the one way a sum becomes a sample.
 *
 * <p>All is odd: the negated input gives the negated output, so saturation is at -32767 and
 * rounding is half away from zero.
 *
 * @threading pure functions.
 * @allocation none.
 * @units steps of 3 dB; factors in Q15 (32768 is one).
 */
public final class Gain {
  /** The factor that changes nothing. */
  public static final int UNITY_Q15 = 32_768;

  /** The loudest sample; the most negative is its negation. */
  public static final int MAX_SAMPLE = 32_767;

  /** Steps go from {@code -MAX_STEPS} to {@code MAX_STEPS}. */
  public static final int MAX_STEPS = 4;

  private static final double DB_PER_STEP = 3.0;
  private static final int[] FACTORS_Q15 = factors();

  private Gain() {}

  /**
   * The factor of so many steps.
   *
   * @param steps -4..4
   */
  public static int factorQ15(final int steps) {
    return FACTORS_Q15[steps + MAX_STEPS];
  }

  /** The sample times the factor, rounded, not saturated. {@link #UNITY_Q15} is the identity. */
  public static int apply(final int sample, final int factorQ15) {
    final long product = (long) sample * factorQ15;
    // Half away from zero: adding the sign (-1 or 0) keeps the function odd at a half.
    return (int) ((product + (UNITY_Q15 >> 1) + (product >> 63)) >> 15);
  }

  /** The nearest sample. */
  public static short saturate(final int sum) {
    return (short) Math.max(-MAX_SAMPLE, Math.min(MAX_SAMPLE, sum));
  }

  private static int[] factors() {
    final int[] table = new int[2 * MAX_STEPS + 1];
    for (int steps = -MAX_STEPS; steps <= MAX_STEPS; steps++) {
      table[steps + MAX_STEPS] =
          (int) Math.round(UNITY_Q15 * Math.pow(10.0, steps * DB_PER_STEP / 20.0));
    }
    return table;
  }
}
