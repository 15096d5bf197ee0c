package dev.conductor.store;

import dev.conductor.store.KeptRounds.Timer;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A call's timers and followers as rows. The store's thread, in its transaction. */
final class RoundsRows {
  private static final String TIMER = "TIMER";
  private static final String RECALL = "RECALL";

  private RoundsRows() {}

  /** Puts them in place of what was kept. */
  static void save(final Handle handle, final KeptRounds rounds) {
    delete(handle, rounds.callUid());
    rounds.timer().ifPresent(timer -> insert(handle, rounds.callUid(), TIMER, timer));
    rounds.recall().ifPresent(timer -> insert(handle, rounds.callUid(), RECALL, timer));
    if (!rounds.followRole().isEmpty()) {
      handle.execute(
          "INSERT INTO call_follow (call_uid, role, breakout_uids) VALUES (?, ?, ?)",
          rounds.callUid(),
          rounds.followRole(),
          Lists.join(rounds.followInto()));
    }
  }

  /** The call is over, or they change. */
  static void delete(final Handle handle, final String callUid) {
    handle.execute("DELETE FROM call_timer WHERE call_uid = ?", callUid);
    handle.execute("DELETE FROM call_follow WHERE call_uid = ?", callUid);
  }

  private static void insert(
      final Handle handle, final String callUid, final String kind, final Timer timer) {
    handle.execute(
        "INSERT INTO call_timer (call_uid, kind, end_ms, breakout_uids, warnings_s, countdown_s)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        callUid,
        kind,
        timer.endMs(),
        Lists.join(timer.breakoutUids()),
        Lists.join(timer.warningsS()),
        timer.countdownS());
  }

  static KeptRounds load(final Handle handle, final String callUid) {
    final Optional<List<String>> follow =
        handle
            .createQuery("SELECT role, breakout_uids FROM call_follow WHERE call_uid = :call")
            .bind("call", callUid)
            .map((row, context) -> List.of(row.getString(1), row.getString(2)))
            .findOne();
    return new KeptRounds(
        callUid,
        timer(handle, callUid, TIMER),
        timer(handle, callUid, RECALL),
        follow.map(of -> of.get(0)).orElse(""),
        follow.map(of -> Lists.split(of.get(1))).orElse(List.of()));
  }

  private static Optional<Timer> timer(
      final Handle handle, final String callUid, final String kind) {
    return handle
        .createQuery(
            "SELECT end_ms, breakout_uids, warnings_s, countdown_s FROM call_timer"
                + " WHERE call_uid = :call AND kind = :kind")
        .bind("call", callUid)
        .bind("kind", kind)
        .map(
            (row, context) ->
                new Timer(
                    row.getLong(1),
                    Lists.split(row.getString(2)),
                    Lists.split(row.getString(3)).stream().map(Integer::valueOf).toList(),
                    row.getInt(4)))
        .findOne();
  }
}
