package dev.conductor.store;

import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads calls whole: those that a crash left open, and those that are over. */
final class OpenCallRows {
  private static final String LEFT_OPEN =
      "SELECT uid FROM call_record WHERE active = :active ORDER BY start_ms, uid";

  private OpenCallRows() {}

  /**
   * Closes calls that nobody can go on with: their conference is no more, or has a later one open.
   * Each ends with its last event. At start, in a transaction.
   *
   * @return how many
   */
  static int closeOrphans(final Handle handle) {
    final List<String> orphans =
        handle
            .createQuery(
                "SELECT uid FROM call_record WHERE active = :active AND (NOT EXISTS (SELECT 1 FROM"
                    + " conference WHERE conference.uid = call_record.conference_uid) OR EXISTS"
                    + " (SELECT 1 FROM call_record AS later WHERE later.active = :active AND"
                    + " later.conference_uid = call_record.conference_uid AND (later.start_ms,"
                    + " later.uid) > (call_record.start_ms, call_record.uid)))")
            .bind("active", true)
            .mapTo(String.class)
            .list();
    for (final String uid : orphans) {
      handle.execute(
          "UPDATE call_record SET active = ?, end_reason = 'CRASH', end_ms = COALESCE("
              + "(SELECT MAX(time_ms) FROM event WHERE call_uid = ?), start_ms) WHERE uid = ?",
          false,
          uid,
          uid);
      handle.execute(
          "UPDATE caller_record SET active = ?, reason = 'CRASH', end_ms = (SELECT end_ms FROM"
              + " call_record WHERE call_record.uid = call_uid) WHERE call_uid = ? AND active = ?",
          false,
          uid,
          true);
      RoundsRows.delete(handle, uid);
    }
    return orphans.size();
  }

  /** Those that a crash left open, oldest first. */
  static List<OpenCall> load(final Handle handle) {
    return handle.createQuery(LEFT_OPEN).bind("active", true).mapTo(String.class).list().stream()
        .map(uid -> load(handle, uid).orElseThrow())
        .toList();
  }

  /** The call of this UID, up or over, as it was committed last. */
  static Optional<OpenCall> load(final Handle handle, final String uid) {
    return CallRows.load(handle, uid).map(saved -> load(handle, saved));
  }

  private static OpenCall load(final Handle handle, final Change.CallSaved saved) {
    final Map<String, Caller> callers = new LinkedHashMap<>();
    final Map<String, Attendance> attendance = new HashMap<>();
    for (final Change.CallerSaved row : CallerRows.load(handle, saved.call())) {
      callers.put(row.caller().uid(), row.caller());
      attendance.put(row.caller().uid(), row.attendance());
    }
    final Map<String, Breakout> breakouts =
        BreakoutRows.load(handle, saved.call().uid(), callers.values());
    final Call call =
        saved
            .call()
            .withCallers(saved.call().callers().stream().filter(callers::containsKey).toList())
            .withBreakouts(
                saved.call().breakouts().stream().filter(breakouts::containsKey).toList());
    return new OpenCall(
        new CallSnapshot(call, callers, breakouts, lastSeq(handle, saved)),
        attendance,
        RoundsRows.load(handle, call.uid()),
        saved.breakoutsMade());
  }

  /** An open call is not saved with each event. */
  private static long lastSeq(final Handle handle, final Change.CallSaved saved) {
    return handle
        .createQuery("SELECT COALESCE(MAX(seq), 0) FROM event WHERE call_uid = :call")
        .bind("call", saved.call().uid())
        .mapTo(Long.class)
        .map(inLog -> Math.max(inLog, saved.seq()))
        .one();
  }
}
