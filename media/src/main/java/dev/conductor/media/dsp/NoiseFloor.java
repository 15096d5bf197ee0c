package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * The level of a line's own noise: that of the quietest 20 ms of the last two to three seconds.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM; levels are RMS samples.
 */
final class NoiseFloor {
  /** A line may be this noisy; what is steadier and louder is a tone or music: -40 dBov. */
  static final double MAX_LEVEL = 328;

  private static final int BLOCK_MS = 20;
  private static final int SPANS = 6;
  private static final int SPAN_BLOCKS = 25;

  /** The quietest of a hundred blocks of noise has about three quarters of its mean power. */
  private static final double QUIETEST_TO_MEAN = 1.3;

  private final int blockSamples;

  /** The least power of each half second, the oldest is replaced. */
  private final double[] spanPowers = new double[SPANS];

  private int span;
  private boolean known;
  private int blocksInSpan;
  private int samplesInBlock;
  private long blockSum;
  private double level;

  NoiseFloor(final int rateHz) {
    blockSamples = rateHz * BLOCK_MS / 1_000;
    reset();
  }

  /** Takes what was heard. */
  void heard(final short[] samples, final int offset, final int count) {
    for (int i = offset; i < offset + count; i++) {
      blockSum += samples[i] * samples[i];
      if (++samplesInBlock == blockSamples) {
        endBlock();
      }
    }
  }

  /** The level of the noise, at most {@link #MAX_LEVEL}; 0 until half a second was heard. */
  double level() {
    return level;
  }

  void reset() {
    Arrays.fill(spanPowers, Double.MAX_VALUE);
    span = 0;
    known = false;
    blocksInSpan = 0;
    samplesInBlock = 0;
    blockSum = 0;
    level = 0;
  }

  private void endBlock() {
    if (blocksInSpan == SPAN_BLOCKS) {
      known = true;
      span = (span + 1) % SPANS;
      spanPowers[span] = Double.MAX_VALUE;
      blocksInSpan = 0;
    }
    spanPowers[span] = Math.min(spanPowers[span], (double) blockSum / blockSamples);
    blocksInSpan++;
    samplesInBlock = 0;
    blockSum = 0;
    double least = MAX_LEVEL * MAX_LEVEL;
    for (final double power : spanPowers) {
      least = Math.min(least, power * QUIETEST_TO_MEAN);
    }
    level = known ? Math.sqrt(least) : 0;
  }
}
