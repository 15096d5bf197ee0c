package dev.conductor.media.dsp;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The discrete Fourier transform of a power of two, in place: radix 2. */
final class Fft {
  private static final Map<Integer, double[]> TURNS = new ConcurrentHashMap<>();

  private Fft() {}

  static void transform(final double[] real, final double[] imaginary) {
    final int size = real.length;
    if (Integer.bitCount(size) != 1 || imaginary.length != size) {
      throw new IllegalArgumentException("no power of two: " + size + ", " + imaginary.length);
    }
    reorder(real, imaginary);
    final double[] turns = turns(size);
    for (int half = 1; half < size; half *= 2) {
      for (int k = 0; k < half; k++) {
        final double cos = turns[2 * (half + k)];
        final double sin = turns[2 * (half + k) + 1];
        for (int i = k; i < size; i += 2 * half) {
          final int j = i + half;
          final double re = real[j] * cos - imaginary[j] * sin;
          final double im = real[j] * sin + imaginary[j] * cos;
          real[j] = real[i] - re;
          imaginary[j] = imaginary[i] - im;
          real[i] += re;
          imaginary[i] += im;
        }
      }
    }
  }

  /** Cosine and sine of each turn of each stage: at {@code half + k} that of stage half. */
  private static double[] turns(final int size) {
    return TURNS.computeIfAbsent(size, Fft::newTurns);
  }

  private static double[] newTurns(final int size) {
    final double[] turns = new double[2 * size];
    for (int half = 1; half < size; half *= 2) {
      for (int k = 0; k < half; k++) {
        turns[2 * (half + k)] = Math.cos(Math.PI * k / half);
        turns[2 * (half + k) + 1] = -Math.sin(Math.PI * k / half);
      }
    }
    return turns;
  }

  private static void reorder(final double[] real, final double[] imaginary) {
    final int shift = Integer.numberOfLeadingZeros(real.length) + 1;
    for (int i = 0; i < real.length; i++) {
      final int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        swap(real, i, j);
        swap(imaginary, i, j);
      }
    }
  }

  private static void swap(final double[] values, final int i, final int j) {
    final double value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
