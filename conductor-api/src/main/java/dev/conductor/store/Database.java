package dev.conductor.store;

import dev.conductor.config.DataConfig;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;

/**
 * The database behind the store: how to own it, how to connect to it, what its errors mean. What
 * runs on it is the same SQL everywhere. {@link #openToRead} may be called by any thread, the rest
 * by the thread that opens the store and then by the store's.
 */
interface Database extends AutoCloseable {
  /** Where the one set of migrations is. */
  String MIGRATIONS = "classpath:db/migration";

  /**
   * The one that is configured; nothing is opened yet.
   *
   * @param busyMs how long a statement waits for somebody else who holds the database
   */
  static Database of(final DataConfig config, final int busyMs) {
    return config.url().isEmpty()
        ? new SqliteDatabase(config.dir().toAbsolutePath(), busyMs)
        : new PostgresDatabase(config, busyMs);
  }

  /**
   * Takes it for this server alone, brings it to the newest migration and connects.
   *
   * @throws StoreException when another server owns it or it cannot be used; names it
   */
  Handle open();

  /**
   * Connects once more after {@link #isLost}; nothing of the connection before is under way any
   * more then.
   *
   * @throws RuntimeException when that cannot be done now
   */
  Handle openAgain();

  /**
   * Connects once more, for reading alone.
   *
   * @throws StoreException when that cannot be done; names the database
   */
  Handle openToRead();

  /** The statement that begins a transaction that writes. */
  String begin();

  /** Whether somebody else holds it just now, so that trying again may help. */
  boolean isBusy(Throwable failure);

  /** Whether it is there, asked over an idle connection. */
  boolean answers(Handle handle);

  /** Whether the connection is of no more use and another is needed. */
  boolean isLost(Throwable failure);

  /**
   * Lets what was deleted be gone from its files too, as far as that is in our hands and nobody
   * reads just now.
   */
  void scrub(Handle handle);

  /** Where it is, for messages; without secrets. */
  String name();

  /** Leaves it to others. */
  @Override
  void close();

  /** Brings a database to the newest migration. */
  static void migrate(final javax.sql.DataSource source) {
    Flyway.configure().dataSource(source).locations(MIGRATIONS).load().migrate();
  }
}
