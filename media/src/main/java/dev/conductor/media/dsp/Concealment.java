package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * Fills frames that never came: repeats the last pitch period of what was heard, fading to silence
 * over 60 ms, and joins the voice that comes back to it over 5 ms. A voice without gaps passes
 * unchanged.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM at 8 kHz.
 */
public final class Concealment {
  private static final int RATE_HZ = 8_000;
  private static final int FADE_SAMPLES = RATE_HZ * 60 / 1_000;
  private static final int JOIN_SAMPLES = RATE_HZ * 5 / 1_000;

  /** A voice's pitch is 50 to 400 Hz. */
  private static final int MIN_LAG_SAMPLES = RATE_HZ / 400;

  private static final int MAX_LAG_SAMPLES = RATE_HZ / 50;
  private static final int TEMPLATE_SAMPLES = RATE_HZ * 10 / 1_000;
  private static final int HISTORY_SAMPLES = MAX_LAG_SAMPLES + TEMPLATE_SAMPLES;

  private final int frameSamples;

  /** The last samples heard, the latest at the end. */
  private final short[] history = new short[HISTORY_SAMPLES];

  /** Samples made up since the last that was heard; 0 when nothing is missing. */
  private int filled;

  private int lag;

  /**
   * Begins with silence.
   *
   * @param frameSamples samples of each frame
   */
  public Concealment(final int frameSamples) {
    this.frameSamples = frameSamples;
  }

  /** Takes a frame that came. After a gap its first 5 ms are joined to what filled the gap. */
  public void heard(final short[] frame) {
    if (filled > 0) {
      final int join = Math.min(JOIN_SAMPLES, frameSamples);
      for (int i = 0; i < join; i++) {
        frame[i] = (short) ((madeUp(filled + i) * (join - i) + frame[i] * i) / join);
      }
      filled = 0;
    }
    remember(frame);
  }

  /** Makes up a frame that is missing. */
  public void fill(final short[] out) {
    if (filled == 0) {
      lag = likeliestLag();
    }
    for (int i = 0; i < frameSamples; i++) {
      out[i] = (short) madeUp(filled + i);
    }
    // Beyond the fade all is silence; the count need not grow for ever.
    filled = Math.min(filled + frameSamples, FADE_SAMPLES);
  }

  /** Forgets the voice, as when another stream begins. */
  public void reset() {
    Arrays.fill(history, (short) 0);
    filled = 0;
  }

  private int madeUp(final int sinceLoss) {
    if (sinceLoss >= FADE_SAMPLES) {
      return 0;
    }
    final int sample = history[HISTORY_SAMPLES - lag + sinceLoss % lag];
    return sample * (FADE_SAMPLES - sinceLoss) / FADE_SAMPLES;
  }

  private void remember(final short[] frame) {
    final int kept = Math.max(0, HISTORY_SAMPLES - frameSamples);
    System.arraycopy(history, HISTORY_SAMPLES - kept, history, 0, kept);
    final int taken = HISTORY_SAMPLES - kept;
    System.arraycopy(frame, frameSamples - taken, history, kept, taken);
  }

  /** The lag at which the latest 10 ms look most like what went before (normalised correlation). */
  private int likeliestLag() {
    final int template = HISTORY_SAMPLES - TEMPLATE_SAMPLES;
    int best = MAX_LAG_SAMPLES;
    double bestScore = 0;
    for (int candidate = MIN_LAG_SAMPLES; candidate <= MAX_LAG_SAMPLES; candidate++) {
      long product = 0;
      long energy = 1;
      for (int i = 0; i < TEMPLATE_SAMPLES; i++) {
        final int earlier = history[template + i - candidate];
        product += (long) history[template + i] * earlier;
        energy += (long) earlier * earlier;
      }
      final double score = product <= 0 ? 0 : (double) product * product / energy;
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }
}
