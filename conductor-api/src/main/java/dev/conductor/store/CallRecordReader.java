package dev.conductor.store;

import dev.conductor.config.DataConfig;
import dev.conductor.model.CallRecord;
import dev.conductor.model.CallRecord.Step;
import dev.conductor.model.CallRecord.Visit;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Reads the records of a customer's calls one after the other, over a connection of its own that
 * cannot write: however long it takes, no commit waits, for each call is a read of its own. One
 * thread, which waits.
 */
public final class CallRecordReader implements AutoCloseable {
  private static final int BUSY_MS = 10_000;
  private static final String NEXT =
      "SELECT call_record.uid FROM call_record JOIN conference ON"
          + " conference.uid = conference_uid WHERE customer_uid = :customer AND"
          + " (:conference = '' OR conference_uid = :conference) AND"
          + " start_ms >= :from AND start_ms < :to AND (start_ms > :after OR start_ms = :after AND"
          + " call_record.uid > :uid) ORDER BY start_ms, call_record.uid LIMIT 1";

  private final StoreConnection connection;

  private CallRecordReader(final StoreConnection connection) {
    this.connection = connection;
  }

  /**
   * Connects to the database of a store, open or not.
   *
   * @throws StoreException when it cannot be read
   */
  public static CallRecordReader open(final DataConfig config) {
    return new CallRecordReader(StoreConnection.toRead(Database.of(config, BUSY_MS)));
  }

  /**
   * Gives the records of the calls that began in a span of time, oldest first; one that is still up
   * as far as it has come.
   *
   * @param whose of which customer, and of which of his conferences
   * @param fromMs Unix time
   * @param toMs Unix time; a call that begins then is left out
   * @throws StoreException when they cannot be read
   */
  public void read(
      final Whose whose, final long fromMs, final long toMs, final Consumer<CallRecord> to) {
    long afterMs = Long.MIN_VALUE;
    String afterUid = "";
    try {
      while (true) {
        final long after = afterMs;
        final String uid = afterUid;
        final Optional<CallRecord> next =
            connection.read(on -> next(on, whose, fromMs, toMs, after, uid));
        if (next.isEmpty()) {
          return;
        }
        afterMs = next.get().call().startMs();
        afterUid = next.get().call().uid();
        to.accept(next.get());
      }
    } catch (final JdbiException failed) {
      throw new StoreException("cannot read the records of calls", failed);
    }
  }

  private static Optional<CallRecord> next(
      final Handle on,
      final Whose whose,
      final long fromMs,
      final long toMs,
      final long afterMs,
      final String afterUid) {
    return on.createQuery(NEXT)
        .bind("customer", whose.customerUid())
        .bind("conference", whose.conferenceUid())
        .bind("from", fromMs)
        .bind("to", toMs)
        .bind("after", afterMs)
        .bind("uid", afterUid)
        .mapTo(String.class)
        .findOne()
        .flatMap(uid -> CallRows.load(on, uid))
        .map(saved -> record(on, saved));
  }

  private static CallRecord record(final Handle on, final Change.CallSaved saved) {
    final Map<String, List<Step>> steps = steps(on, saved.call().uid());
    final List<Visit> visits = new ArrayList<>();
    for (final Change.CallerSaved of : CallerRows.load(on, saved.call())) {
      final List<Step> his = steps.getOrDefault(of.caller().uid(), List.of());
      visits.add(new Visit(of.caller(), of.attendance(), his));
    }
    return new CallRecord(saved.call(), visits);
  }

  private static Map<String, List<Step>> steps(final Handle on, final String callUid) {
    final Map<String, List<Step>> steps = new HashMap<>();
    on.createQuery("SELECT * FROM caller_step WHERE call_uid = :call ORDER BY seq")
        .bind("call", callUid)
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("caller_uid"),
                    new Step(
                        row.getLong("time_ms"),
                        row.getString("what"),
                        Place.valueOf(row.getString("place")),
                        row.getString("breakout_uid"),
                        row.getInt("attention"),
                        row.getString("reason"))))
        .forEach(
            step ->
                steps
                    .computeIfAbsent(step.getKey(), uid -> new ArrayList<>())
                    .add(step.getValue()));
    return steps;
  }

  @Override
  public void close() {
    connection.close();
  }

  /**
   * Whose calls. Immutable.
   *
   * @param conferenceUid empty for all of the customer's
   */
  public record Whose(String customerUid, String conferenceUid) {}
}
