package dev.conductor.store;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import dev.conductor.event.KeptEvents;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.KeptCalls;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events and calls back from the store for readers that resume, over a connection of its own
 * that cannot write, on a thread of its own: commits never wait for it. At most {@value
 * #MAX_WAITING} readers wait for a page at once. Opened after the store and closed before it.
 */
public final class EventReader implements KeptEvents, KeptCalls, AutoCloseable {
  static final int MAX_WAITING = ReaderThread.MAX_WAITING;

  /** A page ends with the event that passes this, so that long texts do not make it large. */
  static final int PAGE_CHARACTERS = 262_144;

  private static final String PAGE =
      "SELECT seq, source, name, body FROM event WHERE call_uid = :call AND seq > :after"
          + " ORDER BY seq LIMIT :most";
  private static final Logger LOG = LoggerFactory.getLogger(EventReader.class);

  private final StoreCounters counters;
  private final ReaderThread thread;

  private EventReader(final StoreConnection connection, final StoreCounters counters) {
    this.counters = counters;
    this.thread = new ReaderThread("store-reader", connection, counters);
  }

  /** Connects once more to the database of a store. */
  static EventReader open(final Database database, final StoreCounters counters) {
    return new EventReader(StoreConnection.toRead(database), counters);
  }

  @Override
  public boolean read(
      final String callUid,
      final long afterSeq,
      final int maxEvents,
      final Consumer<List<KeptEvent>> to) {
    return thread.read(on -> to.accept(page(on, callUid, afterSeq, maxEvents)));
  }

  @Override
  public boolean read(
      final String callUid, final Consumer<Optional<CallSnapshot>> to, final Runnable failed) {
    return thread.read(on -> readCall(on, callUid, to, failed));
  }

  private void readCall(
      final StoreConnection connection,
      final String callUid,
      final Consumer<Optional<CallSnapshot>> to,
      final Runnable failed) {
    final Optional<CallSnapshot> call;
    try {
      call = connection.read(handle -> OpenCallRows.load(handle, callUid).map(OpenCall::snapshot));
    } catch (final RuntimeException unreadable) {
      LOG.error("cannot read the record of call {}", callUid, unreadable);
      counters.add(StoreCounter.READS_FAILED, 1);
      failed.run();
      return;
    }
    counters.add(StoreCounter.CALLS_READ, 1);
    to.accept(call);
  }

  /** Ends the thread and closes the connection. */
  @Override
  public void close() {
    thread.close();
  }

  private List<KeptEvent> page(
      final StoreConnection connection,
      final String callUid,
      final long afterSeq,
      final int maxEvents) {
    try {
      final List<KeptEvent> page =
          connection.read(handle -> page(handle, callUid, afterSeq, maxEvents));
      counters.add(StoreCounter.EVENTS_READ, page.size());
      return page;
    } catch (final RuntimeException failed) {
      LOG.error("cannot read the events of call {}", callUid, failed);
      counters.add(StoreCounter.READS_FAILED, 1);
      return List.of();
    }
  }

  private static List<KeptEvent> page(
      final Handle handle, final String callUid, final long afterSeq, final int maxEvents) {
    final List<KeptEvent> page = new ArrayList<>();
    int characters = 0;
    try (ResultIterator<KeptEvent> rows = rows(handle, callUid, afterSeq, maxEvents)) {
      for (final Iterator<KeptEvent> each = rows;
          characters < PAGE_CHARACTERS && each.hasNext(); ) {
        final KeptEvent event = each.next();
        characters += event.body().length();
        page.add(event);
      }
    }
    return page;
  }

  private static ResultIterator<KeptEvent> rows(
      final Handle handle, final String callUid, final long afterSeq, final int maxEvents) {
    return handle
        .createQuery(PAGE)
        .bind("call", callUid)
        .bind("after", afterSeq)
        .bind("most", maxEvents)
        .map(
            (row, context) ->
                new KeptEvent(
                    row.getLong("seq"),
                    EventSource.valueOf(row.getString("source")),
                    EventName.valueOf(row.getString("name")),
                    row.getString("body")))
        .iterator();
  }
}
