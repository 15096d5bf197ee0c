package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * Fills what never came, in the manner of G.711 Appendix I but without its delay: repeats the last
 * pitch period of what was heard, after 20 ms the last two and after 40 ms the last three, fading
 * within 60 ms to noise at the line's own level; and joins the voice that comes back to it. A voice
 * without gaps passes unchanged.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM.
 */
public final class Concealment {
  /** A voice's pitch is 62.5 to 400 Hz. */
  private static final double MIN_LAG_MS = 2.5;

  private static final double MAX_LAG_MS = 16;
  private static final double TEMPLATE_MS = 10;
  private static final int MAX_PERIODS = 3;
  private static final double STEP_MS = 20;
  private static final double HOLD_MS = 10;
  private static final double FADE_MS = 50;
  private static final double MAX_JOIN_MS = 10;
  private static final double ROOM_MS = 160;
  private static final double JOIN_GROWTH = 0.2;

  /** Fine enough to tell where in the shortest pitch period a voice is. */
  private static final int COMPARED_PER_SHORTEST_LAG = 20;

  private final int minLag;
  private final int stepSamples;
  private final int holdSamples;
  private final int fadeSamples;
  private final int maxJoinSamples;
  private final PitchSearch search;
  private final int templateSamples;
  private final LineNoise floor;

  /**
   * What was given out last, up to {@link #end}. It is moved only when it reaches the end of its
   * room, so that a frame that came touches little memory but its own.
   */
  private final short[] history;

  private int end;

  /** The history as it was when the gap began. */
  private final short[] wave;

  /** Samples made up since the last that came; 0 when nothing is missing. It stops at the end. */
  private int filled;

  private int joinSamples;
  private int joinLeft;
  private int lag;

  /** Where one stretch of the wave goes over into another. */
  private int seamSamples;

  /** What the voice would jump by where the gap begins. */
  private float jump;

  /** Of the line as the gap began. */
  private double noiseLevel;

  private int periods;
  private int position;
  private int earlierPeriods;
  private int earlierPosition;
  private int seamLeft;
  private int random = 1;

  /**
   * Begins with silence.
   *
   * @param rateHz 8000, 16000 or another multiple of 8000
   */
  public Concealment(final int rateHz) {
    minLag = samples(rateHz, MIN_LAG_MS);
    final int maxLag = samples(rateHz, MAX_LAG_MS);
    templateSamples = samples(rateHz, TEMPLATE_MS);
    stepSamples = samples(rateHz, STEP_MS);
    holdSamples = samples(rateHz, HOLD_MS);
    fadeSamples = samples(rateHz, FADE_MS);
    maxJoinSamples = samples(rateHz, MAX_JOIN_MS);
    search = new PitchSearch(rateHz, minLag, maxLag, templateSamples);
    floor = new LineNoise(rateHz);
    wave = new short[(MAX_PERIODS + 1) * maxLag];
    history = new short[wave.length + samples(rateHz, ROOM_MS)];
    end = wave.length;
  }

  /**
   * Takes samples that came, any count. After a gap the first of them are changed in place: joined
   * to what filled the gap, the longer the gap the more of them, 10 ms at most.
   */
  public void heard(final short[] samples, final int offset, final int count) {
    floor.heard(samples, offset, count);
    if (filled > 0) {
      join(samples, offset, count);
    }
    remember(samples, offset, count);
  }

  /**
   * What is heard next begins a frame. Frames are counted from there on, so that after a part of
   * one whole ones can be told of again.
   */
  public void beginFrame() {
    floor.beginBlock();
  }

  /** Whether the voice passes unchanged: nothing is missing, nor joined. */
  public boolean isIdle() {
    return filled == 0;
  }

  /** How many whole frames {@link #heardFrames} may be given at once; 0 for none. */
  public int framesAtOnce() {
    return floor.blocksAtOnce();
  }

  /**
   * Notes whole frames that came, but for their samples.
   *
   * @param frames of 20 ms, at most {@link #framesAtOnce}
   * @param leastSum of the absolute samples of one of them
   */
  public void heardFrames(final int frames, final int leastSum) {
    floor.heardBlocks(frames, leastSum);
  }

  /** Takes the samples of frames that were noted: all, or the latest 64 ms. */
  public void heardLatest(final short[] samples, final int offset, final int count) {
    remember(samples, offset, count);
  }

  /** Makes up samples that are missing, any count. */
  public void fill(final short[] out, final int offset, final int count) {
    if (filled == 0 || joinLeft > 0) {
      begin();
    }
    for (int i = offset; i < offset + count; i++) {
      out[i] = madeUp();
    }
    remember(out, offset, count);
  }

  /**
   * How many more samples are to be made up until the voice that comes back goes on in step with
   * what filled the gap. For a voice that was late: it can wait for so long, one that was lost
   * cannot.
   *
   * @return less than a pitch period; 0 after no gap
   */
  public int samplesToStep(final short[] samples, final int offset, final int count) {
    if (filled == 0 || joinLeft > 0) {
      return 0;
    }
    final int thinned = Math.max(1, minLag / COMPARED_PER_SHORTEST_LAG);
    final int compared = Math.min(count, Math.max(lag / 2, seamSamples));
    int best = 0;
    double bestScore = 0;
    for (int more = 0; more < lag; more += thinned) {
      double product = 0;
      double energy = 1;
      for (int i = 0; i < compared; i += thinned) {
        final float made = waveAt(periods, (position + more + i) % (periods * lag));
        product += made * samples[offset + i];
        energy += made * made;
      }
      final double score = product <= 0 ? 0 : product * product / energy;
      if (score > bestScore) {
        bestScore = score;
        best = more;
      }
    }
    return best;
  }

  /** Forgets the voice, as when another stream begins. */
  public void reset() {
    Arrays.fill(history, (short) 0);
    end = wave.length;
    floor.reset();
    filled = 0;
    joinLeft = 0;
  }

  private void begin() {
    filled = 0;
    joinLeft = 0;
    System.arraycopy(history, end - wave.length, wave, 0, wave.length);
    lag = search.likeliestLag(wave, wave.length - templateSamples);
    seamSamples = Math.max(lag / 4, minLag);
    // Noise jumps by nature, so only what is alike is bent to go on without a step.
    final double likeness = search.likeness();
    jump = (float) (likeness * likeness * (wave[wave.length - 1] - wave[wave.length - 1 - lag]));
    noiseLevel = floor.level();
    periods = 1;
    position = 0;
    seamLeft = 0;
  }

  private void join(final short[] samples, final int offset, final int count) {
    if (joinLeft == 0) {
      final int growth = (int) (JOIN_GROWTH * Math.max(0, filled - stepSamples));
      joinSamples = Math.min(maxJoinSamples, seamSamples + growth);
      joinLeft = joinSamples;
    }
    final int end = offset + Math.min(count, joinLeft);
    for (int i = offset; i < end; i++) {
      final int made = madeUp();
      samples[i] += (short) ((made - samples[i]) * joinLeft / (joinSamples + 1));
      joinLeft--;
    }
    if (joinLeft == 0) {
      filled = 0;
    }
  }

  /** The next sample: the voice as it fades, the noise as it comes up. */
  private short madeUp() {
    final int fading = Math.max(0, filled - holdSamples);
    if (fading >= fadeSamples) {
      return Gain.saturate((int) noise());
    }
    final float gain = 1f - (float) fading / fadeSamples;
    float sample = gain * voice();
    if (fading > 0) {
      sample += (float) Math.sqrt(1 - gain * gain) * noise();
    }
    filled++;
    return Gain.saturate(Math.round(sample));
  }

  private float voice() {
    if (periods < MAX_PERIODS && filled == periods * stepSamples) {
      useMorePeriods();
    }
    float sample = waveAt(periods, position);
    position = (position + 1) % (periods * lag);
    if (seamLeft > 0) {
      final float earlier = waveAt(earlierPeriods, earlierPosition);
      earlierPosition = (earlierPosition + 1) % (earlierPeriods * lag);
      sample += (earlier - sample) * seamLeft / (seamSamples + 1);
      seamLeft--;
    }
    if (filled < seamSamples) {
      sample += jump * (seamSamples - filled) / (seamSamples + 1);
    }
    return sample;
  }

  private void useMorePeriods() {
    earlierPeriods = periods;
    earlierPosition = position;
    periods++;
    position %= lag;
    seamLeft = seamSamples;
  }

  /** The last periods of the wave as a ring: their end goes over into what was before them. */
  private float waveAt(final int count, final int at) {
    final int length = count * lag;
    final float sample = wave[wave.length - length + at];
    final int intoSeam = at - (length - seamSamples);
    if (intoSeam < 0) {
      return sample;
    }
    final float before = wave[wave.length - 2 * length + at];
    return sample + (before - sample) * (intoSeam + 1) / (seamSamples + 1);
  }

  private float noise() {
    // Marsaglia's xorshift; evenly spread over -1..1 has an RMS of 1 / sqrt(3).
    random ^= random << 13;
    random ^= random >>> 17;
    random ^= random << 5;
    return (float) (random * (Math.sqrt(3) / Integer.MAX_VALUE) * noiseLevel);
  }

  private void remember(final short[] samples, final int offset, final int count) {
    final int taken = Math.min(count, history.length - wave.length);
    if (end + taken > history.length) {
      System.arraycopy(history, end - wave.length, history, 0, wave.length);
      end = wave.length;
    }
    System.arraycopy(samples, offset + count - taken, history, end, taken);
    end += taken;
  }

  private static int samples(final int rateHz, final double ms) {
    return (int) (rateHz * ms / 1_000);
  }
}
