package dev.conductor.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many requests one token may make: so many a second, and so many at once. Each token has one
 * number, the time at which what it has used would be paid off; a request is refused when that lies
 * more than a burst ahead (a token bucket, counted in time). Any thread; never waits; one entry a
 * conference.
 */
final class RateLimit {
  private final long costNs;
  private final long burstNs;
  private final LongSupplier nowNs;
  private final ConcurrentMap<String, AtomicLong> paidOffNs = new ConcurrentHashMap<>();

  /**
   * A limit.
   *
   * @param perSecond requests a second in the long run
   * @param burst requests at once
   * @param nowNs a clock that never goes back
   */
  RateLimit(final int perSecond, final int burst, final LongSupplier nowNs) {
    this.costNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.burstNs = costNs * burst;
    this.nowNs = nowNs;
  }

  /**
   * Takes one request of a key.
   *
   * @return 0 when it is taken, else in how many nanoseconds the next would be
   */
  long take(final String key) {
    final long now = nowNs.getAsLong();
    final AtomicLong paidOff = paidOffNs.computeIfAbsent(key, k -> new AtomicLong(now));
    while (true) {
      final long before = paidOff.get();
      final long after = (before - now < 0 ? now : before) + costNs;
      final long overNs = after - now - burstNs;
      if (overNs > 0) {
        return overNs;
      }
      if (paidOff.compareAndSet(before, after)) {
        return 0;
      }
    }
  }
}
