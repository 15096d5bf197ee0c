package dev.conductor.media.session;

/**
 * What listeners would say of a line, estimated by the E-model (ITU-T G.107) with all that the
 * network does not touch at its default:
 *
 * <pre>
 * R      = 93.2 - Id - Ie,eff
 * Id     = 0.024 d, and beyond 177.3 ms another 0.11 (d - 177.3)     d: mouth to ear, ms
 * Ie,eff = 95 Ppl / (Ppl + 25.1)                                     Ppl: random loss, percent
 * MOS    = 1 + 0.035 R + 7e-6 R (R - 60) (100 - R), but at least 1
 * </pre>
 *
 * <p>The delay's two lines stand for the many of G.107 and are near them up to 400 ms. The loss is
 * that of G.711 with concealment (ITU-T G.113, appendix I: Ie 0, Bpl 25.1). Every codec we speak is
 * judged by it: on this narrow-band scale the wide-band ones cannot be better than G.711, and that
 * they stand loss as it does is our assumption.
 *
 * @threading pure functions.
 * @allocation none.
 */
final class VoiceQuality {
  private static final double BEST_RATING = 93.2;
  private static final double DELAY_SLOPE = 0.024;
  private static final double LONG_DELAY_MS = 177.3;
  private static final double LONG_DELAY_SLOPE = 0.11;
  private static final double WORST_IMPAIRMENT = 95;
  private static final double ROBUSTNESS_PERCENT = 25.1;
  private static final double PERCENT = 100;

  private VoiceQuality() {}

  /**
   * The opinion score.
   *
   * @param mouthToEarMs delay one way
   * @param loss part of the packets lost or too late: 0..1
   * @return 1..4.5
   */
  static double mos(final double mouthToEarMs, final double loss) {
    final double beyondMs = Math.max(0, mouthToEarMs - LONG_DELAY_MS);
    final double delayImpairment = DELAY_SLOPE * mouthToEarMs + LONG_DELAY_SLOPE * beyondMs;
    final double lossPercent = loss * PERCENT;
    final double lossImpairment =
        WORST_IMPAIRMENT * lossPercent / (lossPercent + ROBUSTNESS_PERCENT);
    return mosOf(Math.max(0, BEST_RATING - delayImpairment - lossImpairment));
  }

  private static double mosOf(final double rating) {
    return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
  }
}
