package dev.conductor.media.dsp;

import java.util.Random;
import java.util.SplittableRandom;

/** Sounds for tests, each a function of the sample's index. */
final class Sounds {
  /** One sample after the other. */
  @FunctionalInterface
  interface Sound {
    short at(int index);
  }

  private Sounds() {}

  static Sound silence() {
    return index -> 0;
  }

  static Sound sine(final double freqHz, final int amplitude, final int rateHz) {
    return index ->
        (short) Math.round(amplitude * Math.sin(2.0 * Math.PI * freqHz * index / rateHz));
  }

  /** On in the second half of each period. */
  static Sound keyed(final Sound sound, final double keyingHz, final int rateHz) {
    return index -> index * keyingHz / rateHz % 1.0 < 0.5 ? 0 : sound.at(index);
  }

  /** Evenly spread noise; its mean absolute sample is half the peak. */
  static Sound noise(final int peak, final long seed) {
    return index ->
        (short) new SplittableRandom(seed + 0x9E3779B97F4A7C15L * index).nextInt(-peak, peak + 1);
  }

  /**
   * Noise of a moving car or a busy room as a telephone sends it: falls by 6 dB an octave from 250
   * Hz on, and below.
   */
  static Sound rumble(final double rms, final long seed, final int rateHz) {
    final short[] samples = new short[60 * rateHz];
    final Random random = new Random(seed);
    final double slope = 2 * Math.PI * 250 / rateHz;
    double low = 0;
    double lower = 0;
    for (int i = 0; i < samples.length; i++) {
      low += slope * (random.nextGaussian() - low);
      lower += slope * (low - lower);
      // The power a white noise of one has left in this band.
      samples[i] = (short) Math.round(rms * (low - lower) / Math.sqrt(slope / 4));
    }
    return index -> samples[index % samples.length];
  }

  static Sound sum(final Sound one, final Sound other) {
    return index -> Gain.saturate(one.at(index) + other.at(index));
  }

  /** The first until the given sample, then the second. */
  static Sound then(final Sound first, final int samples, final Sound second) {
    return index -> index < samples ? first.at(index) : second.at(index);
  }

  static short[] take(final Sound sound, final int from, final int count) {
    final short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = sound.at(from + i);
    }
    return samples;
  }

  static double rms(final short[] samples, final int from, final int count) {
    double power = 0;
    for (int i = from; i < from + count; i++) {
      power += (double) samples[i] * samples[i] / count;
    }
    return Math.sqrt(power);
  }

  /** How much of the power is at one frequency, 0 to 1, under a Hann window. */
  static double purity(final short[] samples, final double freqHz, final int rateHz) {
    double real = 0;
    double imaginary = 0;
    double power = 0;
    double weights = 0;
    for (int i = 0; i < samples.length; i++) {
      final double weight = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / samples.length);
      real += weight * samples[i] * Math.cos(2 * Math.PI * freqHz * i / rateHz);
      imaginary += weight * samples[i] * Math.sin(2 * Math.PI * freqHz * i / rateHz);
      power += weight * samples[i] * samples[i];
      weights += weight;
    }
    return 2 * (real * real + imaginary * imaginary) / (weights * power);
  }
}
