package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * A stream at 16 kHz to one at 8 kHz, as it comes: flat to 3.4 kHz, at least 60 dB down from 4 kHz
 * on, so nothing folds back. Delays by 4 ms.
 *
 * @threading the media agent that owns the stream.
 * @allocation none after construction.
 * @units 16-bit linear PCM.
 */
public final class Downsampler {
  private static final int TAPS = 129;
  private static final double BETA = 7.0;

  /** Middle of the transition, 3.4 to 4 kHz, over the input rate. */
  private static final double CUT = 3_700.0 / 16_000.0;

  private static final int[] FILTER_Q15 = filter();

  private final short[] line;

  /**
   * Begins with silence.
   *
   * @param maxOutSamples the most samples one {@link #process} gives out
   */
  public Downsampler(final int maxOutSamples) {
    line = new short[TAPS - 1 + 2 * maxOutSamples];
  }

  /**
   * Turns {@code 2 * outSamples} samples into {@code outSamples}.
   *
   * @param in at 16 kHz
   * @param inOffset index of the first sample
   * @param out at 8 kHz
   * @param outOffset index of the first sample
   * @param outSamples how many, at most as many as the constructor was told
   */
  public void process(
      final short[] in,
      final int inOffset,
      final short[] out,
      final int outOffset,
      final int outSamples) {
    final int taken = 2 * outSamples;
    System.arraycopy(in, inOffset, line, TAPS - 1, taken);
    for (int i = 0; i < outSamples; i++) {
      // The taps' absolute values add up to 2.2: the worst input does not fit into 32 bits.
      long sum = 1 << 14;
      for (int tap = 0; tap < TAPS; tap++) {
        sum += FILTER_Q15[tap] * line[2 * i + tap];
      }
      out[outOffset + i] = Gain.saturate((int) (sum >> 15));
    }
    System.arraycopy(line, taken, line, 0, TAPS - 1);
  }

  /** Forgets the stream so far. */
  public void reset() {
    Arrays.fill(line, (short) 0);
  }

  private static int[] filter() {
    final double[] ideal = new double[TAPS];
    final int middle = TAPS / 2;
    double sum = 0;
    for (int i = 0; i < TAPS; i++) {
      final double at = i - middle;
      ideal[i] = LowPass.sinc(2.0 * CUT * at) * LowPass.kaiser(at / (middle + 1), BETA);
      sum += ideal[i];
    }
    final int[] taps = new int[TAPS];
    int total = 0;
    for (int i = 0; i < TAPS; i++) {
      taps[i] = (int) Math.round(32_768.0 * ideal[i] / sum);
      total += taps[i];
    }
    // Rounding must not change the gain of a constant.
    taps[middle] += 32_768 - total;
    return taps;
  }
}
