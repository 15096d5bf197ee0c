package dev.conductor.store;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to the database, made anew once it is lost. One thread at a time. */
final class StoreConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreConnection.class);

  private final Database database;
  private final Supplier<Handle> again;
  private Handle handle;
  private Consumer<Handle> guard = any -> {};

  private StoreConnection(
      final Database database, final Handle handle, final Supplier<Handle> again) {
    this.database = database;
    this.handle = handle;
    this.again = again;
  }

  /** Opens the database, taking it for this server alone. */
  static StoreConnection toWrite(final Database database) {
    return new StoreConnection(database, database.open(), database::openAgain);
  }

  /** Connects to a database that is open, for reading alone. */
  static StoreConnection toRead(final Database database) {
    return new StoreConnection(database, database.openToRead(), database::openToRead);
  }

  /** From now on a new connection is used only if this does not throw over it. */
  void guard(final Consumer<Handle> by) {
    guard = by;
  }

  /** The connection in use; another one after it was lost. */
  Handle handle() {
    if (handle == null) {
      handle = again.get();
      try {
        guard.accept(handle);
      } catch (final RuntimeException refused) {
        letGo();
        throw refused;
      }
    }
    return handle;
  }

  /** Whether the database answers over it; lets go of the connection if not. */
  boolean answers() {
    if (handle != null && !database.answers(handle)) {
      letGo();
    }
    return handle != null;
  }

  /**
   * Does some work in one transaction; it is in whole or not at all. Not by the driver's
   * auto-commit switch: a begin that found a file held would leave that switch off without a
   * transaction, and the next commit undone.
   *
   * @throws InDoubtException when the connection was lost while it committed
   */
  <T> T inTransaction(final Function<Handle, T> work) {
    final Handle on = handle();
    try {
      on.execute(database.begin());
    } catch (final RuntimeException | Error failed) {
      dropIfLost(failed);
      throw failed;
    }
    final T result;
    try {
      result = work.apply(on);
    } catch (final RuntimeException | Error failed) {
      rollBack(on, failed);
      dropIfLost(failed);
      throw failed;
    }
    commit(on);
    return result;
  }

  /**
   * Does some reading outside a transaction; once more over another connection if the one in use
   * turns out to be lost.
   *
   * @throws RuntimeException as the database does
   */
  <T> T read(final Function<Handle, T> work) {
    try {
      return work.apply(handle());
    } catch (final RuntimeException failed) {
      if (!database.isLost(failed)) {
        throw failed;
      }
      letGo();
    }
    return work.apply(handle());
  }

  /** Lets go of the connection if that failure means that it is of no more use. */
  private void dropIfLost(final Throwable failure) {
    if (database.isLost(failure)) {
      letGo();
    }
  }

  private void letGo() {
    try {
      close();
    } catch (final RuntimeException gone) {
      LOG.debug("a lost connection cannot be closed", gone);
    }
  }

  @Override
  public void close() {
    if (handle != null) {
      final Handle lost = handle;
      handle = null;
      lost.close();
    }
  }

  private void commit(final Handle on) {
    try {
      on.execute("COMMIT");
    } catch (final RuntimeException | Error failed) {
      if (database.isLost(failed)) {
        letGo();
        throw new InDoubtException(failed);
      }
      rollBack(on, failed);
      throw failed;
    }
  }

  private static void rollBack(final Handle handle, final Throwable failed) {
    try {
      handle.execute("ROLLBACK");
    } catch (final RuntimeException rolledBackAlready) {
      failed.addSuppressed(rolledBackAlready);
    }
  }
}
