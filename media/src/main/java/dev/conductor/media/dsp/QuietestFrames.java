package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * The level of the quietest of the latest frames, told span by span: the oldest span is forgotten
 * when a new one begins.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units any, as long as it is the same: less is quieter. A frame is 20 ms and is the clock.
 */
final class QuietestFrames {
  /** What {@link #least} is while nothing was heard. */
  static final int NOTHING = Integer.MAX_VALUE;

  private final int spanFrames;

  /** The quietest frame of each span; the oldest is replaced. */
  private final int[] spanLeast;

  private int span;
  private int framesInSpan;
  private int least;

  /** Whether a span was heard whole. */
  private boolean known;

  QuietestFrames(final int spans, final int spanFrames) {
    this.spanFrames = spanFrames;
    spanLeast = new int[spans];
    reset();
  }

  void reset() {
    Arrays.fill(spanLeast, NOTHING);
    span = 0;
    framesInSpan = 0;
    least = NOTHING;
    known = false;
  }

  /** Takes a frame. */
  void add(final int level) {
    addRun(1, level);
  }

  /**
   * Takes frames.
   *
   * @param frames at most {@link #toSpanEnd}
   * @param leastLevel of the quietest of them
   */
  void addRun(final int frames, final int leastLevel) {
    if (framesInSpan == spanFrames) {
      known = true;
      least = leastBeforeNext();
      span = (span + 1) % spanLeast.length;
      spanLeast[span] = NOTHING;
      framesInSpan = 0;
    }
    spanLeast[span] = Math.min(spanLeast[span], leastLevel);
    least = Math.min(least, leastLevel);
    framesInSpan += frames;
  }

  /** How many frames may be taken at once: more than 0. */
  int toSpanEnd() {
    return framesInSpan == spanFrames ? spanFrames : spanFrames - framesInSpan;
  }

  /** The level of the quietest, the frame just taken included. */
  int least() {
    return least;
  }

  /** What {@link #least} will be after the next frame, if that is no quieter. */
  int leastBeforeNext() {
    if (framesInSpan < spanFrames) {
      return least;
    }
    int left = NOTHING;
    for (int i = 0; i < spanLeast.length; i++) {
      if (i != (span + 1) % spanLeast.length) {
        left = Math.min(left, spanLeast[i]);
      }
    }
    return left;
  }

  /** Whether a span was heard whole. */
  boolean isKnown() {
    return known;
  }
}
