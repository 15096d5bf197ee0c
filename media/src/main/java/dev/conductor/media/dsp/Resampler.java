package dev.conductor.media.dsp;

import java.math.BigInteger;

/**
 * Whole sounds from any rate to any other, by windowed sinc: flat to 90 % of the lower of the two
 * half rates, images at least 80 dB down. Ahead of time only, for it allocates and takes its time.
 *
 * @threading pure functions; never on a media agent.
 * @allocation the result and up to a thousand kernels; once a table of 256 KiB.
 * @units 16-bit linear PCM.
 */
public final class Resampler {
  private static final int ZERO_CROSSINGS = 64;
  private static final int STEPS_PER_CROSSING = 512;
  private static final double BETA = 9.0;

  /** The filter's middle over the lower half rate: below one, to leave room for its slope. */
  private static final double CUT = 0.95;

  private static final double[] FILTER = filter();

  private Resampler() {}

  /** The same sound at another rate; silence is assumed before and after it. */
  public static short[] resample(final short[] in, final int fromHz, final int toHz) {
    if (fromHz <= 0 || toHz <= 0) {
      throw new IllegalArgumentException("rates must be positive: " + fromHz + ", " + toHz);
    }
    if (fromHz == toHz) {
      return in.clone();
    }
    final int divisor = BigInteger.valueOf(fromHz).gcd(BigInteger.valueOf(toHz)).intValue();
    final Kernels kernels =
        new Kernels(toHz / divisor, CUT * Math.min(1.0, (double) toHz / fromHz));
    final short[] out = new short[Math.toIntExact(((long) in.length * toHz + fromHz - 1) / fromHz)];
    for (int i = 0; i < out.length; i++) {
      final long at = (long) i * fromHz;
      final double[] kernel = kernels.at((int) (at % toHz / divisor));
      final double sum = convolve(in, (int) (at / toHz) - kernels.before, kernel);
      out[i] = Gain.saturate((int) Math.round(sum));
    }
    return out;
  }

  /** Two sums, so that one addition need not wait for the one before. */
  private static double convolve(final short[] in, final int from, final double[] kernel) {
    int tap = Math.max(0, -from);
    final int end = Math.min(kernel.length, in.length - from);
    double even = 0;
    double odd = 0;
    for (; tap + 1 < end; tap += 2) {
      even += in[from + tap] * kernel[tap];
      odd += in[from + tap + 1] * kernel[tap + 1];
    }
    if (tap < end) {
      even += in[from + tap] * kernel[tap];
    }
    return even + odd;
  }

  /** One side of the windowed sinc, one entry a step, and one more for interpolation. */
  private static double[] filter() {
    final int steps = ZERO_CROSSINGS * STEPS_PER_CROSSING;
    final double[] side = new double[steps + 2];
    for (int i = 0; i <= steps; i++) {
      final double crossings = (double) i / STEPS_PER_CROSSING;
      side[i] = LowPass.sinc(crossings) * LowPass.kaiser(crossings / ZERO_CROSSINGS, BETA);
    }
    return side;
  }

  /**
   * The filter as it lies over the samples around each place between two of them. The usual rates
   * have few such places, whose kernels are kept.
   *
   * @threading one use.
   * @allocation a kernel a place.
   */
  private static final class Kernels {
    private static final int MOST_KEPT = 1_000;

    /** So many samples before the place, itself included, come first. */
    final int before;

    private final int phases;
    private final double cut;
    private final double[][] kept;
    private final double[] passing;

    Kernels(final int phases, final double cut) {
      this.phases = phases;
      this.cut = cut;
      before = (int) Math.ceil(ZERO_CROSSINGS / cut);
      kept = new double[Math.min(phases, MOST_KEPT)][];
      passing = new double[2 * before + 1];
    }

    double[] at(final int phase) {
      if (phase >= kept.length) {
        fill(passing, phase);
        return passing;
      }
      if (kept[phase] == null) {
        kept[phase] = new double[passing.length];
        fill(kept[phase], phase);
      }
      return kept[phase];
    }

    private void fill(final double[] kernel, final int phase) {
      for (int i = 0; i < kernel.length; i++) {
        final double crossings = Math.abs(i - before - (double) phase / phases) * cut;
        final double place = crossings * STEPS_PER_CROSSING;
        final int step = (int) place;
        final double share = place - step;
        kernel[i] =
            crossings > ZERO_CROSSINGS
                ? 0
                : cut * (FILTER[step] + share * (FILTER[step + 1] - FILTER[step]));
      }
    }
  }
}
