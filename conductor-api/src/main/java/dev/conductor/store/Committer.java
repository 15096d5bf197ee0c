package dev.conductor.store;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits batches, tries again what is worth it, and knows why nothing can be stored just now. The
 * store's thread but for {@link #failing()}.
 */
final class Committer {
  /** How often a database that somebody else holds is tried. */
  static final int BUSY_TRIES = 4;

  private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Database database;
  private final StoreConnection connection;
  private final BatchWriter writer;
  private final StoreCounters counters;
  private final BooleanSupplier closing;
  private final Runnable meanwhile;

  /** Written by the store's thread; empty when all is well. */
  private volatile String failing = "";

  /**
   * Begins with all well.
   *
   * @param closing whether nobody waits for the outcome of what is in doubt any more
   * @param meanwhile what else is to be done while something is in doubt
   */
  Committer(
      final Database database,
      final StoreConnection connection,
      final BatchWriter writer,
      final StoreCounters counters,
      final BooleanSupplier closing,
      final Runnable meanwhile) {
    this.database = database;
    this.connection = connection;
    this.writer = writer;
    this.counters = counters;
    this.closing = closing;
    this.meanwhile = meanwhile;
  }

  /** Why nothing can be stored just now; empty when all is well. Any thread. */
  String failing() {
    return failing;
  }

  /**
   * Commits all in one transaction; if that fails each in its own, so that only the bad ones fail.
   *
   * @param outcome is told of each, with null for success
   */
  void commit(final List<Batch> group, final BiConsumer<Batch, Throwable> outcome) {
    final Throwable failure = tryToCommit(group);
    if (failure == null) {
      group.forEach(batch -> outcome.accept(batch, null));
    } else if (group.size() == 1 || database.isBusy(failure) || database.isLost(failure)) {
      group.forEach(batch -> outcome.accept(batch, failure));
    } else {
      for (final Batch batch : group) {
        outcome.accept(batch, tryToCommit(List.of(batch)));
      }
    }
  }

  /** Finds out whether the database is there and takes what it is given. */
  void check() {
    if (!failing.isEmpty() || !connection.answers()) {
      try {
        writer.probe();
        works();
      } catch (final RuntimeException failed) {
        fails(failed);
      }
    }
  }

  /**
   * Answers null for success. What is in doubt is tried until it is not: whoever is told that a
   * batch failed may rely on that nothing of it is there.
   */
  private Throwable tryToCommit(final List<Batch> group) {
    boolean inDoubt = false;
    for (int tries = 1; ; tries++) {
      try {
        writer.commit(group);
        counters.add(StoreCounter.COMMITS, 1);
        works();
        return null;
      } catch (final RuntimeException | Error failed) {
        inDoubt |= failed instanceof InDoubtException;
        if (!(inDoubt ? waitInDoubt(failed, tries) : isWorthATry(failed, tries))) {
          fails(failed);
          return failed;
        }
      }
    }
  }

  private boolean waitInDoubt(final Throwable failed, final int tries) {
    counters.add(StoreCounter.LOST_RETRIES, 1);
    if (tries > 1) {
      fails(failed);
      LockSupport.parkNanos(this, AGAIN_NS);
      meanwhile.run();
    }
    return !closing.getAsBoolean() || tries < BUSY_TRIES;
  }

  private boolean isWorthATry(final Throwable failed, final int tries) {
    if (database.isBusy(failed) && tries < BUSY_TRIES) {
      counters.add(StoreCounter.BUSY_RETRIES, 1);
      return true;
    }
    if (database.isLost(failed) && tries == 1 && failing.isEmpty()) {
      counters.add(StoreCounter.LOST_RETRIES, 1);
      return true;
    }
    return false;
  }

  private void works() {
    if (!failing.isEmpty()) {
      LOG.info("The store works again");
      failing = "";
    }
  }

  private void fails(final Throwable failed) {
    final String reason = StoreException.reason(failed);
    if (!reason.equals(failing)) {
      LOG.error("The store {} cannot write: {}", database.name(), reason);
      failing = reason;
    }
  }
}
