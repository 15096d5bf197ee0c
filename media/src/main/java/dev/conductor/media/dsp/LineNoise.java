package dev.conductor.media.dsp;

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

  /** By the sums of absolute samples over a block. */
  private final QuietestFrames quietest = new QuietestFrames(SPANS, SPAN_BLOCKS);

  private int samplesInBlock;
  private int blockSum;

  LineNoise(final int rateHz) {
    blockSamples = rateHz * BLOCK_MS / 1_000;
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
        quietest.add(blockSum);
        beginBlock();
      }
    }
  }

  /** Begins a block with what is heard next; what of another was heard is left out. */
  void beginBlock() {
    samplesInBlock = 0;
    blockSum = 0;
  }

  /** How many whole blocks may be taken at once; 0 in the middle of one. */
  int blocksAtOnce() {
    return samplesInBlock > 0 ? 0 : quietest.toSpanEnd();
  }

  /** Takes so many whole blocks, at most {@link #blocksAtOnce}, of which this is the least sum. */
  void heardBlocks(final int blocks, final int leastSum) {
    quietest.addRun(blocks, leastSum);
  }

  /** The level of the noise, at most {@link #MAX_LEVEL}; 0 until half a second was heard. */
  double level() {
    if (!quietest.isKnown()) {
      return 0;
    }
    return Math.min(
        MAX_LEVEL, QUIETEST_TO_MEAN * RMS_TO_ABSOLUTE * quietest.least() / blockSamples);
  }

  void reset() {
    quietest.reset();
    beginBlock();
  }
}
