package dev.conductor.media.dsp;

/**
 * The ideal low-pass filter under a Kaiser window: what the rate changers are cut from.
 *
 * @threading pure functions.
 * @allocation none.
 */
final class LowPass {
  private LowPass() {}

  /** The filter's impulse response before windowing: sin(pi x) / (pi x). */
  static double sinc(final double x) {
    return Math.abs(x) < 1e-9 ? 1.0 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  /**
   * Kaiser's window.
   *
   * @param x -1..1 from edge to edge; outside it is 0
   * @param beta trades width for depth: about 0.11 * (depthDb - 8.7)
   */
  static double kaiser(final double x, final double beta) {
    return Math.abs(x) > 1.0 ? 0.0 : bessel(beta * Math.sqrt(1.0 - x * x)) / bessel(beta);
  }

  /** The modified Bessel function of the first kind and order zero, by its series. */
  private static double bessel(final double x) {
    double sum = 1.0;
    double term = 1.0;
    for (int k = 1; term > sum * 1e-16; k++) {
      term *= x / (2.0 * k) * (x / (2.0 * k));
      sum += term;
    }
    return sum;
  }
}
