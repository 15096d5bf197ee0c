package dev.conductor.store;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the events of calls that ended long ago; their records stay. A little at a time, so that
 * no commit waits for it. The store's thread.
 */
final class EventRetention {
  /** How long after a call its events are kept. */
  static final long KEPT_MS = TimeUnit.HOURS.toMillis(24);

  private static final long EVERY_NS = TimeUnit.HOURS.toNanos(1);
  private static final int EVENTS_AT_ONCE = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(EventRetention.class);

  private final StoreConnection connection;
  private final StoreCounters counters;
  private long dueNs;

  /** Due at once. */
  EventRetention(final StoreConnection connection, final StoreCounters counters, final long nowNs) {
    this.connection = connection;
    this.counters = counters;
    this.dueNs = nowNs;
  }

  /**
   * Forgets some, if it is time to.
   *
   * @param nowMs Unix time
   * @return whether there may be more to forget now
   */
  boolean work(final long nowNs, final long nowMs) {
    if (nowNs - dueNs < 0) {
      return false;
    }
    try {
      final int forgotten = connection.inTransaction(on -> forget(on, nowMs - KEPT_MS));
      counters.add(StoreCounter.EVENTS_FORGOTTEN, forgotten);
      if (forgotten > 0) {
        return true;
      }
    } catch (final RuntimeException failed) {
      LOG.warn("old events are forgotten later: {}", StoreException.reason(failed));
    }
    dueNs = nowNs + EVERY_NS;
    return false;
  }

  private static int forget(final Handle transaction, final long endedBeforeMs) {
    final Optional<String> call =
        transaction
            .createQuery(
                "SELECT uid FROM call_record WHERE active = :active AND end_ms < :before AND"
                    + " EXISTS (SELECT 1 FROM event WHERE call_uid = call_record.uid) LIMIT 1")
            .bind("active", false)
            .bind("before", endedBeforeMs)
            .mapTo(String.class)
            .findOne();
    return call.map(uid -> forgetSome(transaction, uid)).orElse(0);
  }

  private static int forgetSome(final Handle transaction, final String callUid) {
    return transaction.execute(
        "DELETE FROM event WHERE call_uid = ? AND seq IN"
            + " (SELECT seq FROM event WHERE call_uid = ? ORDER BY seq LIMIT "
            + EVENTS_AT_ONCE
            + ")",
        callUid,
        callUid);
  }
}
