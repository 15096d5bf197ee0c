package dev.conductor.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/** Answers kept for repeats, as rows. The store's thread, in its transaction. */
final class AnswerRows {
  private AnswerRows() {}

  /** Inserts, or replaces an older one of the same key. */
  static void save(final Handle handle, final KeptAnswer answer) {
    handle.execute(
        "INSERT INTO kept_answer (conference_uid, function, idempotency_key, digest, call_uid,"
            + " time_ms, is_true, message, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (conference_uid, function, idempotency_key) DO UPDATE SET"
            + " digest = excluded.digest, call_uid = excluded.call_uid,"
            + " time_ms = excluded.time_ms, is_true = excluded.is_true,"
            + " message = excluded.message, seq = excluded.seq",
        answer.key().conferenceUid(),
        answer.key().function(),
        answer.key().text(),
        answer.digest(),
        answer.callUid(),
        answer.timeMs(),
        answer.isTrue(),
        answer.message(),
        answer.seq());
  }

  /** Deletes those decided before then or at that moment. */
  static void expire(final Handle handle, final long untilMs) {
    handle.execute("DELETE FROM kept_answer WHERE time_ms <= ?", untilMs);
  }

  /** All, oldest first. */
  static List<KeptAnswer> load(final Handle handle) {
    return handle
        .createQuery(
            "SELECT conference_uid, function, idempotency_key, digest, call_uid, time_ms, is_true,"
                + " message, seq FROM kept_answer ORDER BY time_ms")
        .map(
            (row, context) ->
                new KeptAnswer(
                    new KeptAnswer.Key(
                        row.getString("conference_uid"),
                        row.getString("function"),
                        row.getString("idempotency_key")),
                    row.getString("digest"),
                    row.getString("call_uid"),
                    row.getLong("time_ms"),
                    row.getBoolean("is_true"),
                    row.getString("message"),
                    row.getLong("seq")))
        .list();
  }
}
