package dev.conductor.http;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many requests one key, a token or an address, may make: so many a second, and so many at
 * once. Each key has one number, the time at which what it has used would be paid off; a request is
 * refused when that lies more than a burst ahead (a token bucket, counted in time). Any thread;
 * never waits.
 *
 * <p>At most {@link #MAX_KEYS} are known by themselves: those that owe nothing are forgotten when
 * there are more, at most once a second, and new ones beyond share what one may have.
 */
final class RateLimit {
  static final int MAX_KEYS = 100_000;
  private static final String OTHERS = "";
  private static final long SWEEP_NS = TimeUnit.SECONDS.toNanos(1);

  private final long costNs;
  private final long burstNs;
  private final int maxKeys;
  private final LongSupplier nowNs;
  private final ConcurrentMap<String, AtomicLong> paidOffNs = new ConcurrentHashMap<>();
  private final AtomicLong sweepDueNs;

  /**
   * A limit.
   *
   * @param perSecond requests a second in the long run
   * @param burst requests at once
   * @param nowNs a clock that never goes back
   */
  RateLimit(final int perSecond, final int burst, final LongSupplier nowNs) {
    this(perSecond, burst, MAX_KEYS, nowNs);
  }

  /** Knows at most {@code maxKeys} by themselves. */
  RateLimit(final int perSecond, final int burst, final int maxKeys, final LongSupplier nowNs) {
    this.costNs = TimeUnit.SECONDS.toNanos(1) / perSecond;
    this.burstNs = costNs * burst;
    this.maxKeys = maxKeys;
    this.nowNs = nowNs;
    this.sweepDueNs = new AtomicLong(nowNs.getAsLong());
  }

  /**
   * Takes one request of a key.
   *
   * @return 0 when it is taken, else in how many nanoseconds the next would be
   */
  long take(final String key) {
    final long now = nowNs.getAsLong();
    final AtomicLong paidOff = account(key, now);
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

  private AtomicLong account(final String key, final long now) {
    final AtomicLong known = paidOffNs.get(key);
    if (known != null) {
      return known;
    }
    if (paidOffNs.size() >= maxKeys) {
      forgetPaidOff(now);
    }
    final String shown = paidOffNs.size() >= maxKeys ? OTHERS : key;
    return paidOffNs.computeIfAbsent(shown, k -> new AtomicLong(now));
  }

  private void forgetPaidOff(final long now) {
    final long due = sweepDueNs.get();
    if (now - due >= 0 && sweepDueNs.compareAndSet(due, now + SWEEP_NS)) {
      paidOffNs.values().removeIf(paidOff -> paidOff.get() - now <= 0);
    }
  }
}
