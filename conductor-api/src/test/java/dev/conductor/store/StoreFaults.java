package dev.conductor.store;

import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteDataSource;

/** Breaks the embedded store of a running server, and mends it. */
public final class StoreFaults {
  private StoreFaults() {}

  /** Lets the file grow no more. */
  public static void fill(final SqlStore store) {
    run(store, "PRAGMA max_page_count = 1"); // it never falls below what there is
  }

  /** Lets it grow again. */
  public static void enlarge(final SqlStore store) {
    run(store, "PRAGMA max_page_count = 1073741823");
  }

  /** Forbids the store's connection to write. */
  public static void makeReadOnly(final SqlStore store) {
    run(store, "PRAGMA query_only = 1");
  }

  /** Lets it write again. */
  public static void makeWritable(final SqlStore store) {
    run(store, "PRAGMA query_only = 0");
  }

  private static void run(final SqlStore store, final String statement) {
    store.call("break or mend", () -> store.handle().execute(statement));
  }

  /** A database whose connections are for reading alone ({@code mode=ro}) for as long as wanted. */
  static final class ReadOnlyAtTimes implements Database {
    private final SqliteDatabase real;
    private final Path file;
    private volatile boolean readOnly;
    private Handle current;

    ReadOnlyAtTimes(final Path folder) {
      real = new SqliteDatabase(folder, 1_000);
      file = folder.resolve("conductor.db");
    }

    /** The store's thread, by {@link SqlStore#call}: the next connection is of that kind. */
    boolean set(final boolean toReadOnly) {
      readOnly = toReadOnly;
      current.close();
      return toReadOnly;
    }

    @Override
    public Handle open() {
      current = real.open();
      return current;
    }

    @Override
    public Handle openAgain() {
      final SQLiteDataSource source = new SQLiteDataSource();
      source.setUrl("jdbc:sqlite:file:" + file + "?mode=ro");
      current = readOnly ? Jdbi.create(source).open() : real.openAgain();
      return current;
    }

    @Override
    public Handle openToRead() {
      return real.openToRead();
    }

    @Override
    public String begin() {
      return real.begin();
    }

    @Override
    public boolean isBusy(final Throwable failure) {
      return real.isBusy(failure);
    }

    @Override
    public boolean answers(final Handle handle) {
      return !handle.isClosed();
    }

    @Override
    public boolean isLost(final Throwable failure) {
      return current.isClosed() || real.isLost(failure);
    }

    @Override
    public void scrub(final Handle handle) {
      real.scrub(handle);
    }

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
