package dev.conductor.media.dsp;

/**
 * Makes a voice a little shorter or longer without changing its pitch: one pitch period is taken
 * out or put in where two of them look alike, and the ends overlap (waveform similarity
 * overlap-add).
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM.
 */
public final class TimeScale {
  private static final double MIN_LAG_MS = 2.5;
  private static final double MAX_LAG_MS = 15;
  private static final int MIN_STRETCH_MS = 30;

  /** Below it two periods of a voice are not alike enough. */
  private static final double MIN_SIMILARITY = 0.85;

  /** Quieter than this is a pause on any line: -60 dBov. */
  private static final double QUIET_LEVEL = 33;

  /** A pause is at most this much louder than the line's noise. */
  private static final double PAUSE_TO_FLOOR = 1.6;

  private final int minLag;
  private final int maxLag;
  private final int minSamples;
  private final PitchSearch search;
  private final LineNoise floor;
  private final short[] blended;

  private int lag;
  private int seamAt;
  private int seamSamples;
  private double similarity;

  /**
   * For one line.
   *
   * @param rateHz 8000, 16000 or another multiple of 8000
   */
  public TimeScale(final int rateHz) {
    minLag = (int) (rateHz * MIN_LAG_MS / 1_000);
    maxLag = (int) (rateHz * MAX_LAG_MS / 1_000);
    minSamples = rateHz / 1_000 * MIN_STRETCH_MS;
    search = new PitchSearch(rateHz, minLag, maxLag, maxLag);
    floor = new LineNoise(rateHz);
    blended = new short[maxLag];
  }

  /**
   * Takes one period out, 2.5 to 15 ms, in place.
   *
   * @param count at least 30 ms of samples; of fewer nothing is taken
   * @return the samples that are left; {@code count} if nothing in this voice may go
   */
  public int shrink(final short[] samples, final int offset, final int count) {
    return findsSeam(samples, offset, count) ? takeOut(samples, offset, count) : count;
  }

  /**
   * Takes out of a pause, in place, what may go: in noise no stretch is better than another. Where
   * that is more than 15 ms, a part of it.
   *
   * @param count twice what may go, at least 10 ms of samples; of fewer nothing is taken. A pause,
   *     as {@link #isPause} has said
   * @param most what may go, however little
   * @return the samples that are left
   */
  public int shrinkPause(final short[] samples, final int offset, final int count, final int most) {
    lag = most <= maxLag ? most : Math.min(maxLag, most - minLag);
    if (count < 2 * Math.max(lag, 2 * minLag)) {
      return count;
    }
    placeSeam(samples, offset + count / 2);
    return takeOut(samples, offset, count);
  }

  private int takeOut(final short[] samples, final int offset, final int count) {
    blend(samples, seamAt, seamAt + lag);
    System.arraycopy(blended, 0, samples, seamAt, seamSamples);
    final int rest = seamAt + lag + seamSamples;
    System.arraycopy(samples, rest, samples, seamAt + seamSamples, offset + count - rest);
    return count - lag;
  }

  /**
   * Puts one period in, 2.5 to 15 ms, in place.
   *
   * @param count at least 30 ms of samples; to fewer nothing is added
   * @param room samples that fit from {@code offset} on, {@code count} and what is added
   * @return the samples there are now; {@code count} if this voice bears no more or has no room
   */
  public int stretch(final short[] samples, final int offset, final int count, final int room) {
    if (!findsSeam(samples, offset, count) || count + lag > room) {
      return count;
    }
    blend(samples, seamAt + lag, seamAt);
    final int rest = seamAt + seamSamples;
    System.arraycopy(samples, rest, samples, rest + lag, offset + count - rest);
    System.arraycopy(blended, 0, samples, seamAt + lag, seamSamples);
    return count + lag;
  }

  /**
   * Whether this is a pause: quiet, or hardly louder than the noise of the line, which is learnt
   * from what is given here, to {@link #shrink} and to {@link #stretch}.
   */
  public boolean isPause(final short[] samples, final int offset, final int count) {
    floor.heard(samples, offset, count);
    return isQuiet(samples, offset, count);
  }

  private boolean isQuiet(final short[] samples, final int offset, final int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += samples[i] * samples[i];
    }
    final double most = Math.max(QUIET_LEVEL, PAUSE_TO_FLOOR * floor.level());
    return sum <= most * most * count;
  }

  private boolean findsSeam(final short[] samples, final int offset, final int count) {
    final boolean pause = isPause(samples, offset, count);
    if (count < minSamples) {
      return false;
    }
    final int templateAt = offset + count / 2;
    lag = search.likeliestLag(samples, templateAt);
    placeSeam(samples, templateAt);
    return pause || similarity >= MIN_SIMILARITY;
  }

  private void placeSeam(final short[] samples, final int templateAt) {
    seamAt = templateAt - lag;
    seamSamples = Math.max(lag, 2 * minLag);
    similarity = similarity(samples);
  }

  /** How alike the two stretches are that shall overlap: 1 if the same, in shape and in level. */
  private double similarity(final short[] samples) {
    long product = 0;
    long energy = 1;
    for (int i = seamAt; i < seamAt + seamSamples; i++) {
      final int one = samples[i];
      final int other = samples[i + lag];
      product += 2L * one * other;
      energy += (long) one * one + (long) other * other;
    }
    return (double) product / energy;
  }

  /** From the first stretch to the second, neither louder nor quieter on the way. */
  private void blend(final short[] samples, final int from, final int to) {
    for (int i = 0; i < seamSamples; i++) {
      final double up = (i + 1.0) / (seamSamples + 1);
      final double down = 1 - up;
      final double power = up * up + down * down + 2 * up * down * Math.max(0, similarity);
      final double sum = down * samples[from + i] + up * samples[to + i];
      blended[i] = Gain.saturate((int) Math.round(sum / Math.sqrt(power)));
    }
  }
}
