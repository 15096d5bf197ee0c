package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * The level of a line's own noise: that of the quietest 20 ms of the last two to three seconds.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM; levels are RMS samples, reckoned from mean absolute ones as if the
 *     noise were Gaussian.
 */
final class LineNoise {
  /** A line may be this noisy; what is steadier and louder is a tone or music: -40 dBov. */
  static final double MAX_LEVEL = 328;

  private static final int BLOCK_MS = 20;
  private static final int SPANS = 6;
  private static final int SPAN_BLOCKS = 25;

  /** The quietest of a hundred blocks of noise has about seven eighths of its mean level. */
  private static final double QUIETEST_TO_MEAN = 1.14;

  /** Of Gaussian noise: the root of pi / 2. */
  private static final double RMS_TO_ABSOLUTE = 1.2533;

  private final int blockSamples;

  /** The least level of each half second, as sums over a block; the oldest is replaced. */
  private final int[] spanSums = new int[SPANS];

  private int span;
  private boolean known;
  private int blocksInSpan;
  private int samplesInBlock;
  private int blockSum;

  LineNoise(final int rateHz) {
    blockSamples = rateHz * BLOCK_MS / 1_000;
    reset();
  }

  /** Takes what was heard. */
  void heard(final short[] samples, final int offset, final int count) {
    int at = offset;
    final int end = offset + count;
    while (at < end) {
      final int taken = Math.min(end - at, blockSamples - samplesInBlock);
      blockSum += Level.sumAbsolute(samples, at, taken);
      samplesInBlock += taken;
      at += taken;
      if (samplesInBlock == blockSamples) {
        endBlock();
      }
    }
  }

  int touch() {
    return spanSums[span] + blockSum;
  }

  /** The level of the noise, at most {@link #MAX_LEVEL}; 0 until half a second was heard. */
  double level() {
    if (!known) {
      return 0;
    }
    int least = Integer.MAX_VALUE;
    for (final int sum : spanSums) {
      least = Math.min(least, sum);
    }
    return Math.min(MAX_LEVEL, QUIETEST_TO_MEAN * RMS_TO_ABSOLUTE * least / blockSamples);
  }

  void reset() {
    Arrays.fill(spanSums, Integer.MAX_VALUE);
    span = 0;
    known = false;
    blocksInSpan = 0;
    samplesInBlock = 0;
    blockSum = 0;
  }

  private void endBlock() {
    if (blocksInSpan == SPAN_BLOCKS) {
      known = true;
      span = (span + 1) % SPANS;
      spanSums[span] = Integer.MAX_VALUE;
      blocksInSpan = 0;
    }
    spanSums[span] = Math.min(spanSums[span], blockSum);
    blocksInSpan++;
    samplesInBlock = 0;
    blockSum = 0;
  }
}
