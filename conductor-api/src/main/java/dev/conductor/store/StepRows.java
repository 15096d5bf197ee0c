package dev.conductor.store;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What callers did, read off their events: entries, moves, hands and exits, as rows of the call's
 * record. The store's thread, in its transaction.
 */
final class StepRows {
  static final String ENTER = "ENTER";
  static final String MOVE = "MOVE";
  static final String HAND = "HAND";
  static final String LEAVE = "LEAVE";

  private StepRows() {}

  /**
   * Writes the steps among some events.
   *
   * @param before where each caller on the line was after the last commit, as far as is known
   */
  static void append(
      final Handle handle, final List<Event> events, final Map<String, Caller> before) {
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO caller_step (call_uid, seq, caller_uid, time_ms, what, place,"
                + " breakout_uid, attention, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    final Map<String, Caller> now = new HashMap<>();
    for (final Event event : events) {
      if (event.target() instanceof Caller caller) {
        final String what =
            step(event, caller, now.getOrDefault(caller.uid(), before.get(caller.uid())));
        now.put(caller.uid(), caller);
        if (!what.isEmpty()) {
          add(rows, event, caller, what);
        }
      }
    }
    if (rows.size() > 0) {
      rows.execute();
    }
  }

  private static void add(
      final PreparedBatch rows, final Event event, final Caller caller, final String what) {
    rows.add(
        event.callUid(),
        event.seq(),
        caller.uid(),
        event.timeMs(),
        what,
        caller.seat().place().name(),
        caller.seat().breakoutUid(),
        caller.hand().attention(),
        caller.presence().reason());
  }

  /** What he did by it, empty for nothing that the record tells. */
  private static String step(final Event event, final Caller caller, final Caller before) {
    if (event.name() == EventName.NEWCALLER) {
      return ENTER;
    }
    if (event.source() != EventSource.CALLER) {
      return "";
    }
    if (event.name() == EventName.ATTENTION) {
      return HAND;
    }
    if (!caller.active()) {
      return caller.presence().endMs() == event.timeMs() && (before == null || before.active())
          ? LEAVE
          : "";
    }
    final boolean letIn = before != null && before.seat().place() != caller.seat().place();
    return event.name() == EventName.BREAKOUT || letIn ? MOVE : "";
  }
}
