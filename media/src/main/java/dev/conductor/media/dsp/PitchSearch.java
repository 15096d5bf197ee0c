package dev.conductor.media.dsp;

/**
 * Finds how far back a stretch of sound looks most like itself: its pitch, or a multiple of it.
 * First among samples thinned out to 4 kHz, then sample by sample around what was found there.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM; lags in samples.
 */
final class PitchSearch {
  private static final int COARSE_RATE_HZ = 4_000;

  private final int minLag;
  private final int maxLag;
  private final int templateSamples;
  private final int step;

  /** The sound thinned out: each the mean of {@code step} samples, the template at the end. */
  private final int[] coarse;

  private double bestScore;
  private double likeness;

  /**
   * A search within bounds.
   *
   * @param rateHz a multiple of 4000
   * @param minLag the nearest to look at
   * @param maxLag the farthest to look at
   * @param templateSamples how much sound is compared
   */
  PitchSearch(final int rateHz, final int minLag, final int maxLag, final int templateSamples) {
    this.minLag = minLag;
    this.maxLag = maxLag;
    this.templateSamples = templateSamples;
    step = rateHz / COARSE_RATE_HZ;
    coarse = new int[(maxLag + templateSamples) / step];
  }

  /**
   * The lag at which the template looks most like what went before it, by normalised correlation;
   * the longest if it looks like nothing.
   *
   * @param samples holds {@code maxLag} samples before the template
   * @param templateAt where the template begins
   */
  int likeliestLag(final short[] samples, final int templateAt) {
    thinOut(samples, templateAt + templateSamples);
    final int coarseLag = coarseLag();
    likeness = 0;
    if (coarseLag == 0) {
      return maxLag;
    }
    bestScore = 0;
    int best = coarseLag * step;
    final int farthest = Math.min(maxLag, best + step);
    for (int lag = Math.max(minLag, best - step); lag <= farthest; lag++) {
      if (isBetter(samples, templateAt, lag)) {
        best = lag;
      }
    }
    likeness = Math.sqrt(bestScore / energy(samples, templateAt));
    return best;
  }

  /** How alike they look at the lag found last: 0 not at all, 1 the same but for the level. */
  double likeness() {
    return likeness;
  }

  private long energy(final short[] samples, final int from) {
    long energy = 1;
    for (int i = from; i < from + templateSamples; i++) {
      energy += samples[i] * samples[i];
    }
    return energy;
  }

  private void thinOut(final short[] samples, final int end) {
    int at = end - coarse.length * step;
    for (int i = 0; i < coarse.length; i++) {
      int sum = 0;
      for (int k = 0; k < step; k++) {
        sum += samples[at++];
      }
      coarse[i] = sum / step;
    }
  }

  /** The likeliest lag in thinned samples; 0 if none correlates. */
  private int coarseLag() {
    final int template = coarse.length - templateSamples / step;
    int best = 0;
    bestScore = 0;
    final int farthest = Math.min(maxLag / step, template);
    for (int lag = (minLag + step - 1) / step; lag <= farthest; lag++) {
      long product = 0;
      long energy = 1;
      for (int i = template; i < coarse.length; i++) {
        final int earlier = coarse[i - lag];
        product += (long) coarse[i] * earlier;
        energy += (long) earlier * earlier;
      }
      if (isBetter(product, energy)) {
        best = lag;
      }
    }
    return best;
  }

  private boolean isBetter(final short[] samples, final int templateAt, final int lag) {
    long product = 0;
    long energy = 1;
    for (int i = templateAt; i < templateAt + templateSamples; i++) {
      final int earlier = samples[i - lag];
      product += (long) samples[i] * earlier;
      energy += (long) earlier * earlier;
    }
    return isBetter(product, energy);
  }

  private boolean isBetter(final long product, final long energy) {
    final double score = product <= 0 ? 0 : (double) product * product / energy;
    if (score <= bestScore) {
      return false;
    }
    bestScore = score;
    return true;
  }
}
