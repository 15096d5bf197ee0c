package dev.conductor.store;

import dev.conductor.event.Event;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Person;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Writes batches, several in one transaction; each is in whole or not at all, and never twice. The
 * store's thread.
 */
final class BatchWriter {
  /** How many numbers of batches are kept to know them again. */
  private static final long KNOWN_BATCHES = 65_536;

  private final StoreConnection connection;
  private final Function<Event, String> bodyOf;
  private final long run;

  /** What the rows of the calls that are up hold; emptied when that is in doubt. */
  private final Map<String, Call> saved = new HashMap<>();

  /** What the rows of those on the line hold; emptied when that is in doubt. */
  private final Map<String, Caller> callers = new HashMap<>();

  BatchWriter(
      final StoreConnection connection, final Function<Event, String> bodyOf, final long run) {
    this.connection = connection;
    this.bodyOf = bodyOf;
    this.run = run;
  }

  /** Begins a run: batches of earlier ones need not be known again. */
  static long beginRun(final StoreConnection connection, final long nowMs) {
    final long run =
        connection.inTransaction(
            transaction -> {
              final long next = 1 + newestRun(transaction);
              transaction.execute("DELETE FROM batch WHERE run < ?", next);
              transaction.execute(
                  "INSERT INTO store_run (run, began_ms) VALUES (?, ?)", next, nowMs);
              return next;
            });
    connection.guard(handle -> refuseIfSucceeded(handle, run));
    return run;
  }

  private static long newestRun(final Handle handle) {
    return handle
        .createQuery("SELECT COALESCE(MAX(run), 0) FROM store_run")
        .mapTo(Long.class)
        .one();
  }

  /**
   * While a lost connection did not hold the lock another server may have had the store: what this
   * one knows of it is old then.
   */
  private static void refuseIfSucceeded(final Handle handle, final long run) {
    if (newestRun(handle) != run) {
      throw new StoreException("another server has had this store since; start this one again");
    }
  }

  /** Commits all of them, or throws and has written nothing. */
  void commit(final List<Batch> batches) {
    final Map<String, Change.Saved> records = new LinkedHashMap<>();
    try {
      connection.inTransaction(transaction -> write(transaction, batches, records));
    } catch (final RuntimeException | Error failed) {
      saved.clear();
      callers.clear();
      throw failed;
    }
    for (final Change.Saved written : records.values()) {
      if (written instanceof Change.CallSaved of) {
        remember(of.call());
      } else if (written instanceof Change.CallerSaved of) {
        remember(of.caller());
      }
    }
  }

  private void remember(final Caller caller) {
    if (caller.active()) {
      callers.put(caller.uid(), caller);
    } else {
      callers.remove(caller.uid());
    }
  }

  private void remember(final Call call) {
    if (call.active()) {
      saved.put(call.uid(), call);
    } else {
      saved.remove(call.uid());
    }
  }

  /** Writes something that changes nothing: throws while the file cannot be written. */
  void probe() {
    connection.inTransaction(
        transaction ->
            transaction.execute("UPDATE store_run SET began_ms = began_ms WHERE run = ?", run));
  }

  private int write(
      final Handle transaction,
      final List<Batch> batches,
      final Map<String, Change.Saved> records) {
    final List<Event> events = new ArrayList<>();
    for (final Batch batch : batches) {
      if (isNew(transaction, batch.id())) {
        for (final Change change : batch.changes()) {
          if (change instanceof Change.Saved save) {
            records.put(save.key(), save);
          } else if (change instanceof Change.EventLogged logged) {
            events.add(logged.event());
          } else if (change instanceof Change.AnswerKept kept) {
            AnswerRows.save(transaction, kept.answer());
          } else if (change instanceof Change.AnswersExpired expired) {
            AnswerRows.expire(transaction, expired.untilMs());
          }
        }
      }
    }
    records.values().forEach(save -> save(transaction, save));
    savePersons(transaction, records.values());
    CallerRows.save(
        transaction,
        records.values().stream()
            .filter(Change.CallerSaved.class::isInstance)
            .map(Change.CallerSaved.class::cast)
            .toList(),
        callers::get);
    EventRows.append(transaction, events, bodyOf);
    StepRows.append(transaction, events, callers);
    return events.size();
  }

  private void save(final Handle transaction, final Change.Saved change) {
    if (change instanceof Change.CallSaved of) {
      CallRows.save(transaction, of, saved.get(of.call().uid()));
    } else if (change instanceof Change.BreakoutSaved of) {
      BreakoutRows.save(transaction, of.breakout());
    } else if (change instanceof Change.RoundsSaved of) {
      RoundsRows.save(transaction, of.rounds());
    } else if (change instanceof Change.ConferenceSaved of) {
      ConferenceRows.save(transaction, of.conference());
    } else if (change instanceof Change.CustomerSaved of) {
      CustomerRows.save(transaction, of.customer());
    }
  }

  /** Many at once, as an import brings them. Most commits have none: statements cost even so. */
  private static void savePersons(
      final Handle transaction, final Collection<Change.Saved> changes) {
    final List<Person> saved = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    for (final Change.Saved change : changes) {
      if (change instanceof Change.PersonSaved of) {
        saved.add(of.person());
      } else if (change instanceof Change.PersonRemoved of) {
        removed.add(of.personUid());
      }
    }
    if (!removed.isEmpty()) {
      PersonRows.delete(transaction, removed);
    }
    if (!saved.isEmpty()) {
      PersonRows.save(transaction, saved);
    }
  }

  private boolean isNew(final Handle transaction, final long batchId) {
    if (batchId % KNOWN_BATCHES == 0) {
      transaction.execute(
          "DELETE FROM batch WHERE run = ? AND id < ?", run, batchId - KNOWN_BATCHES);
    }
    return 1
        == transaction.execute(
            "INSERT INTO batch (run, id) VALUES (?, ?) ON CONFLICT DO NOTHING", run, batchId);
  }
}
