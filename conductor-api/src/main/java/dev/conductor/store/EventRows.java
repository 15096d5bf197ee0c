package dev.conductor.store;

import dev.conductor.event.Event;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Person;
import dev.conductor.model.PlacedCall;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Logged events as rows. The store's thread, in its transaction. */
final class EventRows {
  private EventRows() {}

  static void append(
      final Handle handle, final List<Event> events, final Function<Event, String> bodyOf) {
    if (events.isEmpty()) {
      return;
    }
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO event (call_uid, seq, time_ms, source, name, target_uid, body, by_whom,"
                + " command, request_id, actor) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (final Event event : events) {
      rows.add(
          event.callUid(),
          event.seq(),
          event.timeMs(),
          event.source().name(),
          event.name().name(),
          targetUid(event.target()),
          bodyOf.apply(event),
          event.cause().by(),
          event.cause().command(),
          event.cause().id(),
          event.cause().actor());
    }
    rows.execute();
  }

  private static String targetUid(final EventTarget target) {
    if (target instanceof Caller caller) {
      return caller.uid();
    }
    if (target instanceof Breakout breakout) {
      return breakout.uid();
    }
    if (target instanceof Call call) {
      return call.uid();
    }
    if (target instanceof CallTag tag) {
      return Long.toString(tag.id());
    }
    if (target instanceof Person person) {
      return person.uid();
    }
    if (target instanceof PlacedCall placed) {
      return placed.uid();
    }
    return target instanceof Conference conference ? conference.uid() : "";
  }
}
