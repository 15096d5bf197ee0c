package dev.conductor.media.dsp;

/**
 * The same sound at another rate, as {@link Resampler} makes it, but quick enough for hundreds of
 * sounds: the filter is cut once for each place between two samples.
 */
final class Polyphase {
  private static final int CROSSINGS = 24;
  private static final double BETA = 8;
  private static final double CUT = 0.94;

  private final int up;
  private final int down;
  private final int reach;
  private final double[][] filters;

  Polyphase(final int fromHz, final int toHz) {
    final int common = commonDivisor(fromHz, toHz);
    up = toHz / common;
    down = fromHz / common;
    final double cut = CUT * Math.min(1.0, (double) toHz / fromHz);
    reach = (int) Math.ceil(CROSSINGS / cut);
    filters = new double[up][2 * reach];
    for (int phase = 0; phase < up; phase++) {
      for (int tap = 0; tap < 2 * reach; tap++) {
        final double crossings = ((double) phase / up - (tap - reach + 1)) * cut;
        filters[phase][tap] =
            cut * LowPass.sinc(crossings) * LowPass.kaiser(crossings / CROSSINGS, BETA);
      }
    }
  }

  double[] resample(final short[] in) {
    final double[] padded = new double[in.length + 2 * reach];
    for (int i = 0; i < in.length; i++) {
      padded[reach - 1 + i] = in[i];
    }
    final double[] out = new double[(int) ((long) in.length * up / down)];
    for (int i = 0; i < out.length; i++) {
      final int at = (int) ((long) i * down / up);
      final double[] filter = filters[(int) ((long) i * down % up)];
      for (int tap = 0; tap < filter.length; tap++) {
        out[i] += filter[tap] * padded[at + tap];
      }
    }
    return out;
  }

  private static int commonDivisor(final int one, final int other) {
    return other == 0 ? one : commonDivisor(other, one % other);
  }
}
