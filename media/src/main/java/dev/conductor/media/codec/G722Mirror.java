package dev.conductor.media.codec;

import java.util.Arrays;

/**
 * The quadrature mirror filter of ITU-T G.722 (section 3.1), which parts a signal into two bands of
 * half its rate and puts them together again: 24 taps, of which every other one weighs the first of
 * each pair of samples and the rest, in the opposite order, the second.
 *
 * @threading the owner of the coder it belongs to.
 * @allocation none after construction.
 * @units weights in Q13.
 */
final class G722Mirror {
  private static final int TAPS = 12;
  private static final int[] WEIGHTS = {3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11};

  /** Each line is held twice in a row, so that its last values always lie in one piece. */
  private final int[] firsts = new int[2 * TAPS];

  private final int[] seconds = new int[2 * TAPS];
  private int oldest;

  /** Takes one pair. */
  void push(final int first, final int second) {
    firsts[oldest] = first;
    firsts[oldest + TAPS] = first;
    seconds[oldest] = second;
    seconds[oldest + TAPS] = second;
    oldest = oldest == TAPS - 1 ? 0 : oldest + 1;
  }

  /** The last twelve firsts, weighed. */
  int sumOfFirsts() {
    int sum = 0;
    for (int i = 0; i < TAPS; i++) {
      sum += firsts[oldest + i] * WEIGHTS[i];
    }
    return sum;
  }

  /** The last twelve seconds, weighed. */
  int sumOfSeconds() {
    int sum = 0;
    for (int i = 0; i < TAPS; i++) {
      sum += seconds[oldest + i] * WEIGHTS[TAPS - 1 - i];
    }
    return sum;
  }

  void copyFrom(final G722Mirror other) {
    System.arraycopy(other.firsts, 0, firsts, 0, firsts.length);
    System.arraycopy(other.seconds, 0, seconds, 0, seconds.length);
    oldest = other.oldest;
  }

  void reset() {
    Arrays.fill(firsts, 0);
    Arrays.fill(seconds, 0);
    oldest = 0;
  }
}
