package dev.conductor.bench.load;

import java.util.concurrent.locks.LockSupport;

/** Waits as the media agents do, so that all who are compared are woken alike. Any thread. */
final class Parking {
  private static final int SHORTEST_EXPONENT = 15;
  private static final int LONGEST_EXPONENT = 24;

  private Parking() {}

  /**
   * Parks until the time has come, in a few steps: each the longest power of two that ends before.
   *
   * @param dueNs of {@link System#nanoTime()}
   */
  static void until(final long dueNs) {
    long leftNs = dueNs - System.nanoTime();
    while (leftNs > 0) {
      final int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(leftNs);
      final int step = Math.max(SHORTEST_EXPONENT, Math.min(LONGEST_EXPONENT, exponent));
      LockSupport.parkNanos(1L << step);
      leftNs = dueNs - System.nanoTime();
    }
  }
}
