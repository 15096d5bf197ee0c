package dev.conductor.store;

import dev.conductor.config.DataConfig;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database, or one schema of it, on a PostgreSQL server. It is owned by an advisory lock of the
 * connection that writes: the server frees it when that connection ends, however it ends.
 */
final class PostgresDatabase implements Database {
  /** First half of the lock's key; the other half stands for the schema. "COND" in ASCII. */
  private static final int LOCK_CLASS = 0x434f4e44;

  private static final String LOCK_KEY = "(" + LOCK_CLASS + ", hashtext(current_schema()))";

  /** Class 08 is connection trouble; these tell that the server goes down or comes up. */
  private static final List<String> GONE_STATES = List.of("57P01", "57P02", "57P03");

  /** Lock not available, deadlock, serialization failure. */
  private static final List<String> BUSY_STATES = List.of("55P03", "40P01", "40001");

  private static final int LOCK_MS = 3_000;
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  private final DataConfig config;
  private final int busyMs;

  /** By this the server tells our connection of before from others. */
  private final String writerName = "conductor store " + UUID.randomUUID();

  PostgresDatabase(final DataConfig config, final int busyMs) {
    this.config = config;
    this.busyMs = busyMs;
  }

  @Override
  public Handle open() {
    Handle handle = null;
    try {
      handle = connect(writerName);
      check(handle);
      lock(handle);
      Database.migrate(source("conductor migrations", 0));
      return handle;
    } catch (final RuntimeException failed) {
      if (handle != null) {
        handle.close();
      }
      throw failed instanceof StoreException
          ? failed
          : new StoreException("cannot open the store " + name(), failed);
    }
  }

  /**
   * {@inheritDoc} What the lost connection left on the server is ended first; once its lock is
   * ours, its last transaction is either committed or gone.
   */
  @Override
  public Handle openAgain() {
    final Handle handle = connect(writerName);
    try {
      handle
          .createQuery(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                  + " WHERE application_name = :name AND pid <> pg_backend_pid()")
          .bind("name", writerName)
          .mapTo(Boolean.class)
          .list();
      lock(handle);
      return handle;
    } catch (final RuntimeException failed) {
      handle.close();
      throw failed;
    }
  }

  /** Waits a little: the server may not have noticed yet that the owner is gone. */
  private void lock(final Handle handle) {
    try {
      handle.execute("SET lock_timeout = " + LOCK_MS);
      handle.execute("SELECT pg_advisory_lock" + LOCK_KEY);
      handle.execute("SET lock_timeout = " + busyMs);
    } catch (final RuntimeException failed) {
      if (!isBusy(failed)) {
        throw failed;
      }
      throw new StoreException(
          "another server owns the store "
              + name()
              + ": it holds the advisory lock; stop it, or start this one with another data.url");
    }
  }

  @Override
  public Handle openToRead() {
    try {
      final Handle handle = connect("conductor reader");
      handle.execute("SET default_transaction_read_only = on");
      return handle;
    } catch (final RuntimeException failed) {
      throw new StoreException("cannot read the store " + name(), failed);
    }
  }

  @Override
  public String begin() {
    return "BEGIN";
  }

  @Override
  public boolean isBusy(final Throwable failure) {
    return BUSY_STATES.contains(state(failure));
  }

  @Override
  public boolean answers(final Handle handle) {
    try {
      return handle.getConnection().isValid(CONNECT_SECONDS);
    } catch (final SQLException impossible) {
      return false;
    }
  }

  @Override
  public boolean isLost(final Throwable failure) {
    final String state = state(failure);
    return state.startsWith("08") || GONE_STATES.contains(state);
  }

  /** {@inheritDoc} Its own VACUUM does that. */
  @Override
  public void scrub(final Handle handle) {
    // Nothing to be done from here.
  }

  @Override
  public String name() {
    return config.url().replaceFirst("\\?.*", "");
  }

  /** The lock goes with the connection. */
  @Override
  public void close() {}

  private Handle connect(final String applicationName) {
    final Handle handle = Jdbi.create(source(applicationName, ANSWER_SECONDS)).open();
    try {
      handle.execute("SET lock_timeout = " + busyMs);
      // So that the lock of a machine that lost its power is soon free.
      handle.execute("SET tcp_keepalives_idle = 10");
      handle.execute("SET tcp_keepalives_interval = 5");
      handle.execute("SET tcp_keepalives_count = 3");
      // A commit is one when it is on the disk, whatever the server's default is.
      handle.execute(
          "SELECT set_config('synchronous_commit', 'on', false)"
              + " WHERE current_setting('synchronous_commit') = 'off'");
      return handle;
    } catch (final RuntimeException failed) {
      handle.close();
      throw failed;
    }
  }

  private void check(final Handle handle) {
    if (ask(handle, "SELECT current_schema()", String.class) == null) {
      throw new StoreException("the schema that data.url names is not in " + name());
    }
    final String encoding = ask(handle, "SHOW server_encoding", String.class);
    if (!encoding.equals("UTF8")) {
      throw new StoreException(
          "the database " + name() + " is in " + encoding + "; make one with ENCODING 'UTF8'");
    }
    if (ask(handle, "SHOW fsync", String.class).equals("off")) {
      LOG.warn("fsync is off at {}: what is committed may be lost with its power", name());
    }
  }

  private static <T> T ask(final Handle handle, final String query, final Class<T> type) {
    return handle.createQuery(query).mapTo(type).one();
  }

  private PGSimpleDataSource source(final String applicationName, final int answerSeconds) {
    final PGSimpleDataSource source = new PGSimpleDataSource();
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(answerSeconds);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // A detail would name values: PINs, texts.
    source.setLogServerErrorDetail(false);
    source.setUrl(config.url());
    source.setApplicationName(applicationName);
    if (!config.user().isEmpty()) {
      source.setUser(config.user());
    }
    if (!config.passwordFile().toString().isEmpty()) {
      source.setPassword(password(config.passwordFile()));
    }
    return source;
  }

  private static String password(final Path file) {
    try {
      return Files.readString(file).strip();
    } catch (final NoSuchFileException absent) {
      throw new StoreException("data.password-file=" + file + " cannot be read: no such file");
    } catch (final AccessDeniedException closed) {
      throw new StoreException("data.password-file=" + file + " cannot be read: not permitted");
    } catch (final IOException failed) {
      throw new StoreException("data.password-file=" + file + " cannot be read", failed);
    }
  }

  private static String state(final Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
