package dev.conductor.store;

import dev.conductor.config.DataConfig;
import dev.conductor.event.Event;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.model.Erasure;
import dev.conductor.model.RecordEraser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store in one database: SQLite or PostgreSQL. Batches wait in a bounded queue; the store's own
 * thread commits all that wait in one transaction, synced to the disk, and posts the outcomes,
 * which cannot be lost: room for them is taken together with the room for the batch.
 *
 * <p>A batch that cannot be written is tried alone, so that it takes no other down, and reported as
 * failed. A database that somebody else holds is tried again for {@link #BUSY_MS}.
 *
 * <p>The methods of {@link Store} are the conductor's but for those that load; these and the others
 * may be called by any thread but the conductor's.
 */
public final class SqlStore implements Store, RecordEraser, AutoCloseable {
  private static final int GROUP_BATCHES = 128;

  /** How long a database that somebody else holds is tried. */
  private static final int BUSY_MS = 4_000;

  private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(SqlStore.class);

  private final Database database;
  private final StoreConnection connection;
  private final Committer committer;
  private final EventRetention retention;
  private final RecordRetention records;
  private final LongSupplier epochMs;
  private final Thread thread;
  private final StoreCounters counters = new StoreCounters();
  private final PersonQuestions questions = new PersonQuestions();

  private final StoreHatch hatch = new StoreHatch();
  private final Queue<FutureTask<?>> tasks = new ConcurrentLinkedQueue<>();
  private final ShownMark shown;
  private volatile Runnable outcomesPosted = () -> {};

  /** Set by whoever closes, read by all. */
  private volatile boolean closing;

  private SqlStore(
      final DataConfig config,
      final Database database,
      final StoreConnection connection,
      final ShownMark shown,
      final Function<Event, String> bodyOf,
      final LongSupplier epochMs) {
    this.shown = shown;
    this.database = database;
    this.connection = connection;
    this.epochMs = epochMs;
    this.committer =
        new Committer(
            database,
            connection,
            new BatchWriter(
                connection, bodyOf, BatchWriter.beginRun(connection, epochMs.getAsLong())),
            counters,
            () -> closing,
            this::runTasks);
    this.retention = new EventRetention(connection, counters, System.nanoTime());
    this.records =
        new RecordRetention(connection, counters, config.callRecordDays(), System.nanoTime());
    this.thread = new Thread(this::run, "store");
  }

  /**
   * Opens the store, making or migrating it as needed, and starts its thread.
   *
   * @param config where
   * @param bodyOf renders an event as it is kept; called on the store's thread
   * @throws StoreException naming the database, when another server owns the store or it cannot be
   *     used
   */
  public static SqlStore open(final DataConfig config, final Function<Event, String> bodyOf) {
    return open(config, bodyOf, System::currentTimeMillis);
  }

  /** Takes {@code epochMs}, Unix time: what is kept for a time is kept by it. */
  static SqlStore open(
      final DataConfig config, final Function<Event, String> bodyOf, final LongSupplier epochMs) {
    return open(config, Database.of(config, BUSY_MS / Committer.BUSY_TRIES), bodyOf, epochMs);
  }

  /** Takes the database too. */
  static SqlStore open(
      final DataConfig config,
      final Database database,
      final Function<Event, String> bodyOf,
      final LongSupplier epochMs) {
    StoreConnection connection = null;
    try {
      connection = StoreConnection.toWrite(database);
      final int orphans = connection.inTransaction(OpenCallRows::closeOrphans);
      if (orphans > 0) {
        LOG.warn("calls that nobody can go on with, closed now: {}", orphans);
      }
      final ShownMark shown = ShownMark.open(config.dir());
      final SqlStore store = new SqlStore(config, database, connection, shown, bodyOf, epochMs);
      store.thread.start();
      return store;
    } catch (final RuntimeException failed) {
      if (connection != null) {
        connection.close();
      }
      database.close();
      throw failed instanceof StoreException
          ? failed
          : new StoreException("cannot open the store " + database.name(), failed);
    }
  }

  /**
   * Names what is run, on the store's thread, when there are outcomes or answers to be fetched. It
   * must not wait.
   */
  public void onOutcomes(final Runnable posted) {
    outcomesPosted = posted;
  }

  @Override
  public boolean hasRoom() {
    return hatch.hasRoom() && !closing;
  }

  @Override
  public boolean offer(final Batch batch) {
    if (closing || !hatch.give(batch)) {
      counters.add(StoreCounter.BATCHES_REFUSED, 1);
      return false;
    }
    LockSupport.unpark(thread);
    return true;
  }

  @Override
  public boolean ask(final Question question) {
    if (closing || !hatch.give(question)) {
      counters.add(StoreCounter.QUESTIONS_REFUSED, 1);
      return false;
    }
    LockSupport.unpark(thread);
    return true;
  }

  @Override
  public int poll(final Outcome outcome) {
    return hatch.poll(outcome);
  }

  /** {@inheritDoc} Any thread but the conductor's: it waits. */
  @Override
  public List<Customer> loadCustomers() {
    return call("read the customers", () -> connection.read(CustomerRows::load));
  }

  /** {@inheritDoc} Any thread but the conductor's: it waits. */
  @Override
  public List<ConferenceSnapshot> loadConferences() {
    return call("read the conferences", () -> connection.read(ConferenceRows::load));
  }

  /** {@inheritDoc} Any thread but the conductor's: it waits. */
  @Override
  public Map<String, Map<Integer, Integer>> loadPinLengths() {
    return call("count the PINs", () -> connection.read(PersonRows::pinLengths));
  }

  /** {@inheritDoc} Any thread but the conductor's: it waits. */
  @Override
  public List<KeptAnswer> loadAnswers() {
    return call("read the answers kept", () -> connection.read(AnswerRows::load));
  }

  /** {@inheritDoc} Any thread but the conductor's: it waits. */
  @Override
  public List<OpenCall> loadOpenCalls() {
    final List<OpenCall> open =
        call("read the calls left open", () -> connection.read(on -> OpenCallRows.load(on)));
    if (open.isEmpty()) {
      shown.clear();
    }
    return open.stream().map(one -> one.behind(shown.highest())).toList();
  }

  @Override
  public void noteShown(final long seq) {
    shown.raise(seq);
  }

  @Override
  public void clearShown() {
    shown.clear();
  }

  /**
   * Inserts a conference with its customer and persons, or puts it in the place of the old one. It
   * waits for the commit.
   *
   * @throws StoreException when it cannot be stored
   */
  public void saveConference(final ConferenceSeed conference) {
    call(
        "save the conference " + conference.conference().uid(),
        () ->
            connection.inTransaction(
                transaction -> {
                  ConferenceRows.save(transaction, conference);
                  return true;
                }));
  }

  /**
   * Opens a reader of what this store has committed; to be closed before it.
   *
   * @throws StoreException when the database cannot be read
   */
  public EventReader openReader() {
    return EventReader.open(database, counters);
  }

  /** {@inheritDoc} Completed on the store's thread. */
  @Override
  public CompletableFuture<Erasure> erasePerson(
      final String conferenceUid, final String personUid) {
    final CompletableFuture<Erasure> done = new CompletableFuture<>();
    tasks.add(
        new FutureTask<>(
            () -> {
              try {
                done.complete(erase(conferenceUid, personUid));
              } catch (final RuntimeException failed) {
                done.completeExceptionally(
                    new StoreException("cannot erase the person " + personUid, failed));
              }
            },
            null));
    LockSupport.unpark(thread);
    return done;
  }

  private Erasure erase(final String conferenceUid, final String personUid) {
    final Erasure erasure =
        connection.inTransaction(on -> PersonErasure.erase(on, conferenceUid, personUid));
    if (erasure.outcome() != Erasure.Outcome.ERASED) {
      return erasure;
    }
    try {
      database.scrub(connection.handle());
    } catch (final RuntimeException failed) {
      LOG.warn("the log keeps what was erased for a while: {}", StoreException.reason(failed));
    }
    return erasure;
  }

  /**
   * Opens a reader of the persons this store has committed; to be closed before it.
   *
   * @throws StoreException when the database cannot be read
   */
  public PersonReader openPersonReader() {
    return PersonReader.open(database, counters);
  }

  /** Why nothing can be stored just now; empty when all is well. Any thread. */
  public Optional<String> failing() {
    final String reason = committer.failing();
    if (reason.isEmpty() && !closing && !thread.isAlive()) {
      return Optional.of("the store's thread has ended");
    }
    return reason.isEmpty() ? Optional.empty() : Optional.of(reason);
  }

  /** Batches and questions that wait for the store's thread. Any thread. */
  public int waiting() {
    return hatch.waiting();
  }

  /** All counts by metric name. Any thread. */
  public Map<String, Long> counters() {
    return counters.toMap();
  }

  /** Commits what waits, ends the thread and frees the database. Twice does no harm. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (final InterruptedException wanted) {
        interrupted = true; // what waits is still committed
      }
    }
    database.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Runs something on the store's thread and waits for it. */
  <T> T call(final String what, final Callable<T> work) {
    final FutureTask<T> task = new FutureTask<>(work);
    tasks.add(task);
    LockSupport.unpark(thread);
    try {
      while (true) {
        if (!thread.isAlive()) {
          task.cancel(false);
          throw new StoreException(
              "cannot " + what + ": the store " + database.name() + " is closed");
        }
        try {
          return task.get(IDLE_NS, TimeUnit.NANOSECONDS);
        } catch (final TimeoutException notYet) {
          LockSupport.unpark(thread);
        }
      }
    } catch (final ExecutionException failed) {
      throw new StoreException("cannot " + what, failed.getCause());
    } catch (final InterruptedException stopped) {
      task.cancel(false);
      Thread.currentThread().interrupt();
      throw new StoreException("cannot " + what, stopped);
    }
  }

  /** The connection, for what runs by {@link #call}. */
  Handle handle() {
    return connection.handle();
  }

  private void run() {
    final List<Batch> group = new ArrayList<>(GROUP_BATCHES);
    boolean worked = true;
    while (worked || !closing || hatch.waiting() > 0) {
      if (!worked) {
        LockSupport.parkNanos(this, IDLE_NS);
        if (hatch.waiting() == 0) {
          committer.check();
        }
      }
      worked = runTasks();
      final Question question = hatch.take(group, GROUP_BATCHES);
      if (!group.isEmpty()) {
        committer.commit(group, this::post);
        group.clear();
        outcomesPosted.run();
        worked = true;
      }
      if (question != null) {
        answer(question);
        outcomesPosted.run();
        worked = true;
      }
      if (!worked && !closing && committer.failing().isEmpty()) {
        worked =
            retention.work(System.nanoTime(), epochMs.getAsLong())
                || records.work(System.nanoTime(), epochMs.getAsLong());
      }
    }
    connection.close();
  }

  private void answer(final Question question) {
    try {
      hatch.post(tryToAnswer(question));
      counters.add(StoreCounter.QUESTIONS_ANSWERED, 1);
    } catch (final RuntimeException failed) {
      counters.add(StoreCounter.QUESTIONS_FAILED, 1);
      // Not the failure itself: it shows the statement, and with it a PIN.
      LOG.error("the store cannot be asked: {}", StoreException.reason(failed));
      hatch.post(new Answer.Failed(question.id(), StoreException.reason(failed)));
    }
  }

  /** Once more over a new connection when the old one is lost. */
  private Answer tryToAnswer(final Question question) {
    try {
      return connection.read(handle -> questions.answer(handle, question));
    } catch (final RuntimeException failed) {
      if (!database.isLost(failed)) {
        throw failed;
      }
      return connection.read(handle -> questions.answer(handle, question));
    }
  }

  private boolean runTasks() {
    boolean worked = false;
    for (FutureTask<?> task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      worked = true;
    }
    return worked;
  }

  private void post(final Batch batch, final Throwable failure) {
    counters.add(failure == null ? StoreCounter.BATCHES_COMMITTED : StoreCounter.BATCHES_FAILED, 1);
    final String reason = failure == null ? null : StoreException.reason(failure);
    hatch.post(batch, reason);
  }
}
