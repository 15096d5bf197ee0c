package dev.conductor.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forgets the records of calls that ended longer ago than they are to be kept. A little at a time,
 * so that no commit waits for it. The store's thread.
 */
final class RecordRetention {
  private static final long EVERY_NS = TimeUnit.HOURS.toNanos(1);
  private static final int ROWS_AT_ONCE = 1_000;

  /** Rows by which a record can be large, and what tells one from the other. */
  private static final List<String> LARGE =
      List.of(
          piece("event", "seq"),
          piece("caller_step", "seq"),
          "DELETE FROM custom_value WHERE owner_type = 'caller' AND owner_uid IN (SELECT uid FROM"
              + " caller_record WHERE call_uid = ? ORDER BY uid LIMIT "
              + ROWS_AT_ONCE
              + ")",
          piece("caller_record", "uid"),
          piece("breakout_record", "uid"));

  private static final List<String> SMALL =
      List.of(
          "DELETE FROM custom_value WHERE owner_type = 'call' AND owner_uid = ?",
          "DELETE FROM call_timer WHERE call_uid = ?",
          "DELETE FROM call_follow WHERE call_uid = ?",
          "DELETE FROM call_record WHERE uid = ?");

  private static final Logger LOG = LoggerFactory.getLogger(RecordRetention.class);

  private final StoreConnection connection;
  private final StoreCounters counters;
  private final long keptMs;
  private long dueNs;

  /**
   * Due at once.
   *
   * @param keptDays how long a record is kept, 0 for ever
   */
  RecordRetention(
      final StoreConnection connection,
      final StoreCounters counters,
      final int keptDays,
      final long nowNs) {
    this.connection = connection;
    this.counters = counters;
    this.keptMs = TimeUnit.DAYS.toMillis(keptDays);
    this.dueNs = nowNs;
  }

  private static String piece(final String table, final String key) {
    return "DELETE FROM "
        + table
        + " WHERE call_uid = ? AND "
        + key
        + " IN (SELECT "
        + key
        + " FROM "
        + table
        + " WHERE call_uid = ? ORDER BY "
        + key
        + " LIMIT "
        + ROWS_AT_ONCE
        + ")";
  }

  /**
   * Forgets some, if it is time to.
   *
   * @param nowMs Unix time
   * @return whether there may be more to forget now
   */
  boolean work(final long nowNs, final long nowMs) {
    if (keptMs == 0 || nowNs - dueNs < 0) {
      return false;
    }
    try {
      if (connection.inTransaction(on -> forget(on, nowMs - keptMs))) {
        return true;
      }
    } catch (final RuntimeException failed) {
      LOG.warn("old records of calls are forgotten later: {}", StoreException.reason(failed));
    }
    dueNs = nowNs + EVERY_NS;
    return false;
  }

  private boolean forget(final Handle transaction, final long endedBeforeMs) {
    final Optional<String> call =
        transaction
            .createQuery(
                "SELECT uid FROM call_record WHERE active = :active AND end_ms < :before"
                    + " ORDER BY end_ms LIMIT 1")
            .bind("active", false)
            .bind("before", endedBeforeMs)
            .mapTo(String.class)
            .findOne();
    call.ifPresent(uid -> forgetSome(transaction, uid));
    return call.isPresent();
  }

  private void forgetSome(final Handle transaction, final String callUid) {
    for (final String piece : LARGE) {
      final boolean twice = piece.indexOf('?') != piece.lastIndexOf('?');
      final int deleted =
          twice
              ? transaction.execute(piece, callUid, callUid)
              : transaction.execute(piece, callUid);
      if (deleted >= ROWS_AT_ONCE) {
        return; // the rest next time
      }
    }
    SMALL.forEach(all -> transaction.execute(all, callUid));
    counters.add(StoreCounter.RECORDS_FORGOTTEN, 1);
  }
}
