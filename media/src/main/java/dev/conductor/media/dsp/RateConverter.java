package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * A stream from one plane's rate to another's, a frame at a time: a polyphase low-pass filter of
 * linear phase.
 *
 * <p>Where 8 kHz is one of the two it is flat within 0.5 dB to 3.4 kHz and at least 60 dB down from
 * 4 kHz on, and delays by 3 ms at most; between 16 and 48 kHz the same holds for 7 kHz, 8 kHz and
 * 1.75 ms. What lies between is the slope. Equal rates copy. It is linear but for the rounding to
 * 16 bits, and odd: the negated input gives the negated output.
 *
 * <p>The higher rate is a whole multiple of the lower, so each sample of the lower rate has its
 * partner in every one of as many <em>branches</em>. Upwards one line of samples feeds all
 * branches, and each gives every n-th output; downwards each branch has its own line, of every n-th
 * input, and the output is their sum. A branch goes over the frame tap by tap, not sample by
 * sample, since only so does the compiler make vectors of it.
 *
 * @threading the media agent that owns the stream.
 * @allocation none after construction, which takes 1 to 7 KiB.
 * @units 16-bit linear PCM, 20 ms frames.
 */
public final class RateConverter {
  private static final double BETA = 6.0;

  /** Filters for a lower rate of 8 kHz: half their length in its samples, and their -6 dB point. */
  private static final int NARROW_HALF = 24;

  private static final double NARROW_CUT_HZ = 3_640;

  /** The same for 16 kHz. */
  private static final int WIDE_HALF = 28;

  private static final double WIDE_CUT_HZ = 7_400;

  /** Taps of all branches, one after the other, by plane from and to; null where they are equal. */
  private static final float[][][] TAPS = allTaps();

  /** Adding it to a small float leaves the nearest integer in the low bits, ties to even. */
  private static final float ROUNDING = 0x1.8p23f;

  private static final int ROUNDING_BITS = Float.floatToRawIntBits(ROUNDING);

  private final int inSamples;
  private final int outSamples;
  private final int delaySamples;

  /** How often the lower rate goes into the higher. */
  private final int ratio;

  private final int tapsPerBranch;
  private final float[] taps;

  /** What a branch reads: its past, then the frame. One upwards, one a branch downwards. */
  private final float[][] lines;

  private final float[] sums;

  /** Begins with silence. */
  public RateConverter(final RatePlane from, final RatePlane to) {
    inSamples = from.frameSamples();
    outSamples = to.frameSamples();
    ratio = Math.max(inSamples, outSamples) / Math.min(inSamples, outSamples);
    taps = TAPS[from.ordinal()][to.ordinal()];
    final int lowerSamples = Math.min(inSamples, outSamples);
    final int half = half(lowerRate(from, to));
    tapsPerBranch = 2 * half;
    sums = new float[lowerSamples];
    if (ratio == 1) {
      delaySamples = 0;
      lines = new float[0][];
    } else if (inSamples < outSamples) {
      delaySamples = half * ratio;
      lines = new float[1][tapsPerBranch - 1 + lowerSamples];
    } else {
      // The newest samples of the higher rate are used at once, so one sample less than half.
      delaySamples = half - 1;
      lines = new float[ratio][tapsPerBranch - 1 + lowerSamples];
    }
  }

  /** By how many samples, at the output's rate, what comes out is behind what went in. */
  public int delaySamples() {
    return delaySamples;
  }

  /**
   * Turns one frame into one.
   *
   * @param in a frame at the first rate
   * @param out takes a frame at the second
   */
  public void process(final short[] in, final short[] out) {
    if (ratio == 1) {
      System.arraycopy(in, 0, out, 0, outSamples);
    } else if (inSamples < outSamples) {
      upwards(in, out);
    } else {
      downwards(in, out);
    }
  }

  /** Forgets the stream so far. */
  public void reset() {
    for (final float[] line : lines) {
      Arrays.fill(line, 0);
    }
  }

  private void upwards(final short[] in, final short[] out) {
    final float[] line = lines[0];
    final int past = tapsPerBranch - 1;
    for (int i = 0; i < inSamples; i++) {
      line[past + i] = in[i];
    }
    for (int branch = 0; branch < ratio; branch++) {
      Arrays.fill(sums, 0);
      filter(taps, branch * tapsPerBranch, tapsPerBranch, line, sums, inSamples);
      for (int i = 0; i < inSamples; i++) {
        out[i * ratio + branch] = sample(sums[i]);
      }
    }
    System.arraycopy(line, inSamples, line, 0, past);
  }

  private void downwards(final short[] in, final short[] out) {
    final int past = tapsPerBranch - 1;
    Arrays.fill(sums, 0);
    for (int branch = 0; branch < ratio; branch++) {
      final float[] line = lines[branch];
      for (int i = 0; i < outSamples; i++) {
        line[past + i] = in[i * ratio + branch];
      }
      filter(taps, branch * tapsPerBranch, tapsPerBranch, line, sums, outSamples);
      System.arraycopy(line, outSamples, line, 0, past);
    }
    for (int i = 0; i < outSamples; i++) {
      out[i] = sample(sums[i]);
    }
  }

  /** Adds a branch's output to the sums. Four taps a round, to load and store the sums less. */
  private static void filter(
      final float[] taps,
      final int offset,
      final int count,
      final float[] line,
      final float[] sums,
      final int samples) {
    for (int tap = 0; tap < count; tap += 4) {
      final float tap0 = taps[offset + tap];
      final float tap1 = taps[offset + tap + 1];
      final float tap2 = taps[offset + tap + 2];
      final float tap3 = taps[offset + tap + 3];
      for (int i = 0; i < samples; i++) {
        sums[i] +=
            tap0 * line[tap + i]
                + tap1 * line[tap + i + 1]
                + tap2 * line[tap + i + 2]
                + tap3 * line[tap + i + 3];
      }
    }
  }

  private static short sample(final float sum) {
    return Gain.saturate(Float.floatToRawIntBits(sum + ROUNDING) - ROUNDING_BITS);
  }

  private static int lowerRate(final RatePlane from, final RatePlane to) {
    return Math.min(from.rateHz(), to.rateHz());
  }

  private static int half(final int lowerRateHz) {
    return lowerRateHz == RatePlane.NARROW.rateHz() ? NARROW_HALF : WIDE_HALF;
  }

  private static float[][][] allTaps() {
    final RatePlane[] planes = RatePlane.values();
    final float[][][] all = new float[planes.length][planes.length][];
    for (final RatePlane from : planes) {
      for (final RatePlane to : planes) {
        if (from != to) {
          all[from.ordinal()][to.ordinal()] = branches(from, to);
        }
      }
    }
    return all;
  }

  /**
   * The filter cut into branches, each backwards, as the line is read from its oldest sample on,
   * and of the same gain for a constant, which else would be heard as tones at the lower rate.
   */
  private static float[] branches(final RatePlane from, final RatePlane to) {
    final int lowerHz = lowerRate(from, to);
    final int higherHz = Math.max(from.rateHz(), to.rateHz());
    final int ratio = higherHz / lowerHz;
    final int perBranch = 2 * half(lowerHz);
    final boolean up = from.rateHz() < to.rateHz();
    final double[] filter = filter(lowerHz, higherHz);
    final float[] taps = new float[ratio * perBranch];
    for (int branch = 0; branch < ratio; branch++) {
      double sum = 0;
      for (int i = 0; i < perBranch; i++) {
        sum += filter[index(up, ratio, branch, i)];
      }
      final double gain = (up ? 1.0 : 1.0 / ratio) / sum;
      for (int i = 0; i < perBranch; i++) {
        taps[branch * perBranch + perBranch - 1 - i] =
            (float) (gain * filter[index(up, ratio, branch, i)]);
      }
    }
    return taps;
  }

  /** Which tap of the whole filter meets the sample {@code age} samples old in a branch. */
  private static int index(final boolean up, final int ratio, final int branch, final int age) {
    return up ? branch + ratio * age : ratio * (age + 1) - branch;
  }

  /** The whole filter at the higher rate, symmetric; its first and last taps are 0. */
  private static double[] filter(final int lowerHz, final int higherHz) {
    final double cutHz = lowerHz == RatePlane.NARROW.rateHz() ? NARROW_CUT_HZ : WIDE_CUT_HZ;
    final int middle = higherHz / lowerHz * half(lowerHz);
    final double[] filter = new double[2 * middle + 1];
    for (int i = 1; i < 2 * middle; i++) {
      final double at = i - middle;
      filter[i] = LowPass.sinc(2.0 * cutHz / higherHz * at) * LowPass.kaiser(at / middle, BETA);
    }
    return filter;
  }
}
