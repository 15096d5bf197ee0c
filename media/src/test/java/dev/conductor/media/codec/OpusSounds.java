package dev.conductor.media.codec;

import java.util.Arrays;

/** Sounds at 48 kHz, and how like each other two of them are. */
final class OpusSounds {
  private static final int RATE_HZ = 48_000;
  private static final int MAX_LAG = 480;

  private static final int VOICE_SAMPLES = 6 * RATE_HZ;
  private static final short[] VOICE = speak();

  private OpusSounds() {}

  static short[] tone(final double freqHz, final int amplitude, final int count) {
    final short[] samples = new short[count];
    for (int i = 0; i < count; i++) {
      samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * freqHz * i / RATE_HZ));
    }
    return samples;
  }

  /** Six seconds of a voice at most, the same each time. */
  static short[] voice(final int count) {
    return Arrays.copyOf(VOICE, count);
  }

  /** A throat that glides between 100 and 160 Hz; three formants; four syllables a second. */
  private static short[] speak() {
    final double[] formantsHz = {500, 1_400, 2_600};
    final short[] samples = new short[VOICE_SAMPLES];
    double phase = 0;
    for (int i = 0; i < samples.length; i++) {
      final double t = (double) i / RATE_HZ;
      final double pitchHz = 130 + 30 * Math.sin(2 * Math.PI * 0.7 * t);
      final double drift = 1 + 0.15 * Math.sin(2 * Math.PI * 1.3 * t);
      phase += 2 * Math.PI * pitchHz / RATE_HZ;
      double sum = 0;
      for (int k = 1; k * pitchHz < 3_400; k++) {
        double gain = 0.02;
        for (int f = 0; f < formantsHz.length; f++) {
          final double off = (k * pitchHz - formantsHz[f] * drift) / 150;
          gain += 1 / ((1 + off * off) * (f + 1));
        }
        sum += gain * Math.sin(k * phase + k * k);
      }
      final double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * t));
      samples[i] = (short) Math.round(3_000 * Math.sqrt(syllable) * sum);
    }
    return samples;
  }

  static void add(final short[] to, final short[] other) {
    for (int i = 0; i < to.length; i++) {
      to[i] += other[i];
    }
  }

  /** Mean square. */
  static double power(final short[] samples, final int from, final int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += (double) samples[i] * samples[i];
    }
    return sum / count;
  }

  /** 1 for the same sound at any level, 0 for no likeness. */
  static double correlation(
      final short[] one, final int oneFrom, final short[] other, final int otherFrom, final int n) {
    double product = 0;
    for (int i = 0; i < n; i++) {
      product += (double) one[oneFrom + i] * other[otherFrom + i];
    }
    final double powers = power(one, oneFrom, n) * power(other, otherFrom, n);
    return powers == 0 ? 0 : product / n / Math.sqrt(powers);
  }

  /** By how many samples the second comes later. */
  static int bestLag(final short[] one, final short[] other, final int from, final int count) {
    int best = 0;
    double most = -1;
    for (int lag = 0; lag < MAX_LAG; lag++) {
      final double likeness = correlation(one, from, other, from + lag, count);
      if (likeness > most) {
        most = likeness;
        best = lag;
      }
    }
    return best;
  }

  static int largestDifference(final short[] one, final short[] other) {
    int largest = 0;
    for (int i = 0; i < one.length; i++) {
      largest = Math.max(largest, Math.abs(one[i] - other[i]));
    }
    return largest;
  }
}
