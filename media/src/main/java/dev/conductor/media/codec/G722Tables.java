package dev.conductor.media.codec;

/**
 * The numbers of ITU-T G.722: both bands' quantizers and the laws their steps follow.
 *
 * @threading immutable.
 * @allocation none after class loading.
 * @units Q15 of the step for quantizer outputs, Q12 for decision levels, Q11 of an octave for logs.
 */
final class G722Tables {
  /** Decision levels of the low band's 60 intervals, one sign. */
  static final int[] LOW_LEVELS = {
    0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786, 858, 940, 1023,
    1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919
  };

  /** The high band's one decision level. */
  static final int HIGH_LEVEL = 564;

  /** What the six bits of the low band stand for; its first four code words are never sent. */
  static final int[] LOW_OUTPUTS_6 = {
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232,
    -9360, -8576, -7856, -7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776,
    -2400, -2032, -1688, -1360, -1040, -728, 24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192,
    10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456, 4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032,
    1688, 1360, 1040, 728, 432, 136, -432, -136
  };

  /** What the upper four of them stand for: by these the predictor learns, in every mode. */
  static final int[] LOW_OUTPUTS_4 = {
    0, -20456, -12896, -8968, -6288, -4240, -2584, -1200, 20456, 12896, 8968, 6288, 4240, 2584,
    1200, 0
  };

  /** What the two bits of the high band stand for. */
  static final int[] HIGH_OUTPUTS = {-7408, -1616, 7408, 1616};

  /** How far each of the four bits moves the low band's log step. */
  static final int[] LOW_LOG_MOVES = {
    -60, 3042, 1198, 538, 334, 172, 58, -30, 3042, 1198, 538, 334, 172, 58, -30, -60
  };

  /** How far each of the two bits moves the high band's. */
  static final int[] HIGH_LOG_MOVES = {798, -214, 798, -214};

  /** One octave in 32 steps of equal ratio, Q11. */
  private static final int[] OCTAVE = {
    2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834,
    2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008
  };

  private G722Tables() {}

  /**
   * The step of a log: a power of two, by 32 values an octave.
   *
   * @param log in Q11 of an octave
   * @param shift 8 for the low band, 10 for the high one
   */
  static int step(final int log, final int shift) {
    final int fraction = OCTAVE[(log >> 6) & 31];
    final int right = shift - (log >> 11);
    return (right < 0 ? fraction << -right : fraction >> right) << 2;
  }

  /** Held to 16 bits, as every sum of the standard is. */
  static int saturate(final int value) {
    return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
  }
}
