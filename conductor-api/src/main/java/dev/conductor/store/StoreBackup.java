package dev.conductor.store;

import dev.conductor.config.DataConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies the embedded store into one file by SQLite's online backup, whether its server runs or
 * not: step by step over a connection of its own that only reads, one state of the store. No commit
 * waits for it; what is committed meanwhile is not in it. Any thread but the conductor's and the
 * store's.
 */
public final class StoreBackup {
  private static final int PAGES_A_STEP = 1_000;
  private static final int BUSY_MS = 1_000;
  private static final int BUSY_TRIES = 30;

  private StoreBackup() {}

  /**
   * Makes the copy; under its name it is there whole or not at all.
   *
   * @param config where the store is
   * @param target the file to be made; must not be there yet
   * @throws StoreException when that cannot be done, and for PostgreSQL, which has its own tools
   */
  public static void write(final DataConfig config, final Path target) {
    if (!config.url().isEmpty()) {
      throw new StoreException(
          "the store is in PostgreSQL (data.url): back it up with PostgreSQL's pg_dump");
    }
    final SqliteDatabase database = new SqliteDatabase(config.dir().toAbsolutePath(), BUSY_MS);
    if (!database.exists()) {
      throw new StoreException("there is no store " + database.name() + " to back up");
    }
    final Path file = target.toAbsolutePath();
    if (Files.exists(file)) {
      throw new StoreException(file + " is there already");
    }
    final Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      OwnerOnly.file(part);
      copy(database, part);
      try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (final IOException | SQLException failed) {
      throw new StoreException("cannot back up the store to " + file, failed);
    }
  }

  /** The transaction around it holds one state, so that writers do not make it begin again. */
  private static void copy(final SqliteDatabase database, final Path part)
      throws SQLException, IOException {
    try (Connection connection = database.connectToCopy();
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      statement.executeQuery("SELECT COUNT(*) FROM sqlite_master").close();
      final int code =
          connection
              .unwrap(SQLiteConnection.class)
              .getDatabase()
              .backup("main", part.toString(), null, BUSY_MS, BUSY_TRIES, PAGES_A_STEP);
      statement.execute("COMMIT");
      if (code != SQLiteErrorCode.SQLITE_OK.code && code != SQLiteErrorCode.SQLITE_DONE.code) {
        throw new SQLException(SQLiteErrorCode.getErrorCode(code).toString());
      }
    }
  }
}
