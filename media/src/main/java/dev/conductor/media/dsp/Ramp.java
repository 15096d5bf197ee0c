package dev.conductor.media.dsp;

/**
 * Gains that go from one factor to another within the first 5 ms of a frame and stay there: no gain
 * ever steps. Every result is rounded as {@link Gain#apply} does, sample by sample, so that the
 * same call gives the same samples again.
 *
 * @threading pure functions.
 * @allocation none.
 * @units 16-bit linear PCM, or sums of it; factors in Q15.
 */
public final class Ramp {
  private static final int RAMP_MS = 5;
  private static final int UNITY = Gain.UNITY_Q15;

  private Ramp() {}

  /** How many samples of a frame a ramp takes. */
  public static int samples(final RatePlane plane) {
    return plane.rateHz() / 1_000 * RAMP_MS;
  }

  /** Gives a frame with a gain, from one factor to another. */
  public static void scale(
      final RatePlane plane,
      final short[] in,
      final int[] out,
      final int fromQ15,
      final int toQ15) {
    final int count = plane.frameSamples();
    int i = 0;
    if (fromQ15 != toQ15) {
      for (final int ramp = samples(plane); i < ramp; i++) {
        out[i] = Gain.apply(in[i], at(i, ramp, fromQ15, toQ15));
      }
    }
    if (toQ15 == UNITY) {
      for (; i < count; i++) {
        out[i] = in[i];
      }
    } else {
      for (; i < count; i++) {
        out[i] = Gain.apply(in[i], toQ15);
      }
    }
  }

  /** Changes a frame of sums by a gain, from one factor to another. */
  public static void scale(
      final RatePlane plane, final int[] sums, final int fromQ15, final int toQ15) {
    final int count = plane.frameSamples();
    int i = 0;
    if (fromQ15 != toQ15) {
      for (final int ramp = samples(plane); i < ramp; i++) {
        sums[i] = Gain.apply(sums[i], at(i, ramp, fromQ15, toQ15));
      }
    }
    for (; toQ15 != UNITY && i < count; i++) {
      sums[i] = Gain.apply(sums[i], toQ15);
    }
  }

  /**
   * Adds a frame, coming in or going out.
   *
   * @param from whether it was there at the end of the frame before
   * @param to whether it is there at the end of this one
   */
  public static void add(
      final RatePlane plane,
      final int[] in,
      final int[] sums,
      final boolean from,
      final boolean to) {
    int i = 0;
    if (from != to) {
      final int start = from ? UNITY : 0;
      for (final int ramp = samples(plane); i < ramp; i++) {
        sums[i] += Gain.apply(in[i], at(i, ramp, start, UNITY - start));
      }
    }
    if (to) {
      for (final int count = plane.frameSamples(); i < count; i++) {
        sums[i] += in[i];
      }
    }
  }

  /** Takes out exactly what {@link #add} put in. */
  public static void subtract(
      final RatePlane plane,
      final int[] in,
      final int[] sums,
      final boolean from,
      final boolean to) {
    int i = 0;
    if (from != to) {
      final int start = from ? UNITY : 0;
      for (final int ramp = samples(plane); i < ramp; i++) {
        sums[i] -= Gain.apply(in[i], at(i, ramp, start, UNITY - start));
      }
    }
    if (to) {
      for (final int count = plane.frameSamples(); i < count; i++) {
        sums[i] -= in[i];
      }
    }
  }

  private static int at(final int sample, final int ramp, final int fromQ15, final int toQ15) {
    return fromQ15 + (toQ15 - fromQ15) * (sample + 1) / ramp;
  }
}
