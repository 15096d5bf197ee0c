package dev.conductor.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite file under the data folder, in write-ahead mode, each commit synced to the disk; owned
 * by the lock file beside it.
 */
final class SqliteDatabase implements Database {
  private static final String FILE_NAME = "conductor.db";
  private static final List<String> BESIDE = List.of("-wal", "-shm", "-journal");
  private static final String NATIVE_FOLDER = "native";

  /** What a server keeps in its data folder. */
  private static final Set<String> OURS =
      Set.of(
          FILE_NAME,
          FILE_NAME + "-wal",
          FILE_NAME + "-shm",
          FILE_NAME + "-journal",
          DirectoryLock.FILE_NAME,
          ShownMark.FILE,
          NATIVE_FOLDER,
          "audio",
          "operator.key");

  private static final String NATIVE_FOLDER_PROPERTY = "org.sqlite.tmpdir";

  private final Path directory;
  private final Path file;
  private final int busyMs;
  private DirectoryLock lock;

  SqliteDatabase(final Path directory, final int busyMs) {
    this.directory = directory;
    this.file = directory.resolve(FILE_NAME);
    this.busyMs = busyMs;
  }

  @Override
  public Handle open() {
    try {
      OwnerOnly.folder(directory, OURS);
    } catch (final IOException failed) {
      throw new StoreException("data.dir=" + directory + " cannot be made", failed);
    }
    lock = DirectoryLock.take(directory);
    try {
      removeWhatWasLeftIn(directory.resolve(NATIVE_FOLDER));
      keepNativeLibraryIn(directory.resolve(NATIVE_FOLDER));
      closeToOthers();
      Database.migrate(toWrite());
      return openAgain();
    } catch (final IOException | RuntimeException failed) {
      throw new StoreException("cannot open the store " + file, failed);
    }
  }

  @Override
  public Handle openAgain() {
    return Jdbi.create(toWrite()).open();
  }

  @Override
  public Handle openToRead() {
    if (Files.notExists(file)) {
      throw new StoreException("there is no store " + file);
    }
    final SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(busyMs);
    try {
      return Jdbi.create(source(config)).open();
    } catch (final RuntimeException failed) {
      throw new StoreException("cannot read the store " + file, failed);
    }
  }

  /** {@inheritDoc} With the lock at once: one that is taken in the middle may be refused. */
  @Override
  public String begin() {
    return "BEGIN IMMEDIATE";
  }

  @Override
  public boolean isBusy(final Throwable failure) {
    final int code = primaryCode(failure);
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  /** {@inheritDoc} Not asked: a file does not go away. */
  @Override
  public boolean answers(final Handle handle) {
    return true;
  }

  /**
   * {@inheritDoc} After an error of the disk: what is in the file then is known only to who opens
   * it anew, and a commit that ended so may be in.
   */
  @Override
  public boolean isLost(final Throwable failure) {
    return primaryCode(failure) == SQLiteErrorCode.SQLITE_IOERR.code;
  }

  /** {@inheritDoc} The log would hold it until other pages are written over it. */
  @Override
  public void scrub(final Handle handle) {
    handle.createQuery("PRAGMA wal_checkpoint(TRUNCATE)").mapToMap().list();
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  /** Zero, which is success, for what did not come from SQLite. */
  private static int primaryCode(final Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return sqlite.getResultCode().code & 0xFF;
      }
    }
    return SQLiteErrorCode.SQLITE_OK.code;
  }

  private DataSource toWrite() {
    final SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(busyMs);
    config.enforceForeignKeys(true);
    // What is erased is not to be found in the file's free space, nor in a backup of it.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "ON");
    return source(config);
  }

  private DataSource source(final SQLiteConfig config) {
    final SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Whether there is one. */
  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** Connects to what there is, beside whoever owns it; nothing is made or migrated. */
  Connection connectToCopy() throws SQLException, IOException {
    keepNativeLibraryIn(directory.resolve(NATIVE_FOLDER));
    final SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(busyMs);
    return source(config).getConnection();
  }

  /** SQLite gives the files beside it the permissions of the database. */
  private void closeToOthers() throws IOException {
    OwnerOnly.file(file);
    for (final String ending : BESIDE) {
      OwnerOnly.fileIfThere(directory.resolve(FILE_NAME + ending));
    }
  }

  /** What a killed server left goes; the folder is ours, since its lock is. */
  private static void removeWhatWasLeftIn(final Path folder) throws IOException {
    if (System.getProperty(NATIVE_FOLDER_PROPERTY) == null && Files.isDirectory(folder)) {
      try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "sqlite-*")) {
        for (final Path file : left) {
          Files.delete(file);
        }
      }
    }
  }

  /** The driver unpacks its library, and a temporary folder may forbid that it is executed. */
  private static void keepNativeLibraryIn(final Path folder) throws IOException {
    if (System.getProperty(NATIVE_FOLDER_PROPERTY) == null) {
      Files.createDirectories(folder);
      System.setProperty(NATIVE_FOLDER_PROPERTY, folder.toString());
    }
  }
}
