package dev.conductor.media.session;

import java.util.random.RandomGenerator;

/**
 * When to report: every five seconds on average, each time between half and one and a half of it,
 * so that no two lines keep in step; half as long before the first (RFC 3550, sections 6.2 and
 * 6.3.1).
 *
 * <p>A line has two members, so neither bandwidth nor the number of members ever makes the interval
 * longer than its minimum, and it is never reconsidered.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds.
 */
final class RtcpSchedule {
  private static final long PERIOD_NS = 5_000_000_000L;
  private static final long FIRST_PERIOD_NS = PERIOD_NS / 2;
  private static final double LEAST = 0.5;

  private final RandomGenerator random;
  private boolean begun;
  private long nextNs;

  RtcpSchedule(final RandomGenerator random) {
    this.random = random;
  }

  /** Whether a report is due now; the next is then due one period later. */
  boolean poll(final long nowNs) {
    if (!begun) {
      begun = true;
      nextNs = nowNs + spread(FIRST_PERIOD_NS);
      return false;
    }
    if (!isDue(nowNs)) {
      return false;
    }
    nextNs = nowNs + spread(PERIOD_NS);
    return true;
  }

  /** Whether {@link #poll} would say so. */
  boolean isDue(final long nowNs) {
    return begun && nowNs - nextNs >= 0;
  }

  private long spread(final long periodNs) {
    return (long) (periodNs * (LEAST + random.nextDouble()));
  }
}
