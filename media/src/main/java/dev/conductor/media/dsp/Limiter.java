package dev.conductor.media.dsp;

/**
 * Makes samples of a sum that may be too loud for them: lowers the gain rather than cutting the
 * peaks off.
 *
 * <p>A frame's gain follows from its own peak: it is reached in a straight line over the first
 * millisecond and kept. When the peaks fall it rises again in a straight line, at a pace at which
 * silence would be full gain after 200 ms, but never above what the frame bears. What still is too
 * loud within the first millisecond is saturated. It adds no delay, is the identity below full
 * scale once the gain is one again, and is odd: the negated input gives the negated output.
 *
 * <p>The gain at a frame's end is all it knows, so listeners who hear the same and are alike may
 * share one, and one who leaves them takes a copy.
 *
 * @threading the media agent that owns the listener.
 * @allocation none after construction.
 * @units sums of 16-bit linear PCM in, 16-bit linear PCM out, 20 ms frames.
 */
public final class Limiter {
  private static final int RELEASE_MS = 200;
  private static final float RELEASE_PER_FRAME = (float) RatePlane.FRAME_MS / RELEASE_MS;

  private float gain = 1;

  /**
   * Turns a frame of sums into one of samples.
   *
   * @param plane the frame's
   * @param in {@code plane.frameSamples()} sums
   * @param out takes as many samples
   */
  public void limit(final RatePlane plane, final int[] in, final short[] out) {
    final int samples = plane.frameSamples();
    final boolean fits = fits(in, samples);
    if (fits && gain == 1) {
      for (int i = 0; i < samples; i++) {
        out[i] = (short) in[i];
      }
      return;
    }
    final float bearable = fits ? 1 : Gain.MAX_SAMPLE / (float) peak(in, samples);
    if (bearable < gain) {
      final int attack = plane.rateHz() / 1_000;
      ramp(in, out, attack, bearable);
      scale(in, out, attack, samples);
    } else {
      ramp(in, out, samples, Math.min(bearable, gain + RELEASE_PER_FRAME));
    }
  }

  /** Whether its gain is one: below full scale it changes nothing. */
  public boolean isIdle() {
    return gain == 1;
  }

  /** Takes over the other's state: goes on as it would. */
  public void copyFrom(final Limiter other) {
    gain = other.gain;
  }

  /** Whether both would make the same of the same frame. */
  public boolean isLike(final Limiter other) {
    return gain == other.gain;
  }

  /**
   * Whether no sum is beyond full scale, whose bits are all ones. Gathering bits is five times as
   * fast as comparing, as the compiler makes vectors of it.
   */
  private static boolean fits(final int[] in, final int samples) {
    int bits = 0;
    for (int i = 0; i < samples; i++) {
      bits |= Math.abs(in[i]);
    }
    return (bits & ~Gain.MAX_SAMPLE) == 0;
  }

  /** The largest absolute value; of one too large for an int, the largest int. */
  private static int peak(final int[] in, final int samples) {
    int most = 0;
    int least = 0;
    for (int i = 0; i < samples; i++) {
      most = Math.max(most, in[i]);
      least = Math.min(least, in[i]);
    }
    return Math.max(most, -Math.max(least, -Integer.MAX_VALUE));
  }

  /** The first samples, the gain going to a new one, which it has from the next sample on. */
  private void ramp(final int[] in, final short[] out, final int samples, final float newGain) {
    final float step = (newGain - gain) / samples;
    for (int i = 0; i < samples; i++) {
      out[i] = sample(in[i] * (gain + step * i));
    }
    gain = newGain;
  }

  private void scale(final int[] in, final short[] out, final int from, final int to) {
    for (int i = from; i < to; i++) {
      out[i] = sample(in[i] * gain);
    }
  }

  /** Rounded half away from zero, as {@link Gain} does. */
  private static short sample(final float value) {
    return Gain.saturate((int) (value + Math.copySign(0.5f, value)));
  }
}
