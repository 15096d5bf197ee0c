package dev.conductor.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file behind the store: SQLite in write-ahead mode, each commit synced to the disk. Opened
 * once; the connection belongs to the store's thread.
 */
final class Database {
  private static final String FILE_NAME = "conductor.db";
  private static final String NATIVE_FOLDER_PROPERTY = "org.sqlite.tmpdir";

  private Database() {}

  /** Brings the file to the newest migration and connects to it. */
  static Handle open(final Path directory, final int busyMs) {
    final Path file = directory.resolve(FILE_NAME);
    try {
      keepNativeLibraryIn(directory.resolve("native"));
      final DataSource source = source(file, busyMs);
      Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
      return Jdbi.create(source).open();
    } catch (final IOException | RuntimeException failed) {
      throw new StoreException("cannot open the store " + file, failed);
    }
  }

  /** Connects once more to a file that {@link #open} made, for reading alone. */
  static Handle openToRead(final Path directory, final int busyMs) {
    final Path file = directory.resolve(FILE_NAME);
    final SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(busyMs);
    final SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url(file));
    try {
      return Jdbi.create(source).open();
    } catch (final RuntimeException failed) {
      throw new StoreException("cannot read the store " + file, failed);
    }
  }

  /**
   * Does some work in one transaction. Not by the driver's auto-commit switch: a begin that found
   * the file held would leave that switch off without a transaction, and the next commit undone.
   */
  static <T> T inTransaction(final Handle handle, final Function<Handle, T> work) {
    handle.execute("BEGIN IMMEDIATE");
    try {
      final T result = work.apply(handle);
      handle.execute("COMMIT");
      return result;
    } catch (final RuntimeException | Error failed) {
      rollBack(handle, failed);
      throw failed;
    }
  }

  /** Whether somebody else holds the file just now, so that trying again may help. */
  static boolean isBusy(final Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        final int primaryCode = sqlite.getResultCode().code & 0xFF;
        return primaryCode == SQLiteErrorCode.SQLITE_BUSY.code
            || primaryCode == SQLiteErrorCode.SQLITE_LOCKED.code;
      }
    }
    return false;
  }

  private static void rollBack(final Handle handle, final Throwable failed) {
    try {
      handle.execute("ROLLBACK");
    } catch (final RuntimeException rolledBackAlready) {
      failed.addSuppressed(rolledBackAlready);
    }
  }

  private static DataSource source(final Path file, final int busyMs) {
    final SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(busyMs);
    config.enforceForeignKeys(true);
    final SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url(file));
    return source;
  }

  private static String url(final Path file) {
    return "jdbc:sqlite:" + file;
  }

  /**
   * The driver unpacks its library, and a temporary folder may forbid that it is executed. What a
   * killed server left there goes; the folder is ours, since its lock is.
   */
  private static void keepNativeLibraryIn(final Path folder) throws IOException {
    if (System.getProperty(NATIVE_FOLDER_PROPERTY) == null) {
      Files.createDirectories(folder);
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
        for (final Path file : left) {
          Files.delete(file);
        }
      }
      System.setProperty(NATIVE_FOLDER_PROPERTY, folder.toString());
    }
  }
}
