package dev.conductor.media.dsp;

/**
 * Whole sounds from any rate to any other, by windowed sinc: flat to 90 % of the lower of the two
 * half rates, images at least 80 dB down. Ahead of time only, for it allocates and takes its time.
 *
 * @threading pure functions; never on a media agent.
 * @allocation the result; once a table of 256 KiB.
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
    final double cut = CUT * Math.min(1.0, (double) toHz / fromHz);
    final short[] out = new short[Math.toIntExact(((long) in.length * toHz + fromHz - 1) / fromHz)];
    for (int i = 0; i < out.length; i++) {
      final double at = (double) ((long) i * fromHz) / toHz;
      out[i] = Gain.saturate((int) Math.round(cut * convolve(in, at, cut)));
    }
    return out;
  }

  private static double convolve(final short[] in, final double at, final double cut) {
    final double reach = ZERO_CROSSINGS / cut;
    final int first = Math.max(0, (int) Math.ceil(at - reach));
    final int last = Math.min(in.length - 1, (int) Math.floor(at + reach));
    double sum = 0;
    for (int i = first; i <= last; i++) {
      final double place = Math.abs(i - at) * cut * STEPS_PER_CROSSING;
      final int step = (int) place;
      final double share = place - step;
      sum += in[i] * (FILTER[step] + share * (FILTER[step + 1] - FILTER[step]));
    }
    return sum;
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
}
