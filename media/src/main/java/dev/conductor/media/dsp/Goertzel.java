package dev.conductor.media.dsp;

/**
 * The power of one frequency in a run of samples (Goertzel's algorithm, at any frequency).
 *
 * <p>The window is rectangular: over {@code n} samples a neighbour {@code k * rateHz / n} Hz away
 * for a whole {@code k} does not leak in; others do.
 *
 * @threading pure functions.
 * @allocation none.
 * @units mean square of 16-bit samples: a sine of amplitude A has power A * A / 2.
 */
public final class Goertzel {
  private Goertzel() {}

  /** The power of {@code freqHz} in {@code count} samples from {@code offset}; 0 for no samples. */
  public static double power(
      final short[] samples,
      final int offset,
      final int count,
      final double freqHz,
      final int rateHz) {
    if (count == 0) {
      return 0;
    }
    final double coefficient = 2.0 * Math.cos(2.0 * Math.PI * freqHz / rateHz);
    double last = 0;
    double beforeLast = 0;
    for (int i = offset; i < offset + count; i++) {
      final double next = samples[i] + coefficient * last - beforeLast;
      beforeLast = last;
      last = next;
    }
    final double squared = last * last + beforeLast * beforeLast - coefficient * last * beforeLast;
    return Math.max(0, 2.0 * squared / ((double) count * count));
  }

  /** The amplitude of a sine of that power. */
  public static double amplitude(
      final short[] samples,
      final int offset,
      final int count,
      final double freqHz,
      final int rateHz) {
    return Math.sqrt(2.0 * power(samples, offset, count, freqHz, rateHz));
  }
}
