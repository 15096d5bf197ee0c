package dev.conductor.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lock file of a data folder: two servers never own one store. The system frees the lock when
 * the process ends, however it ends; the file itself stays. The thread that opens the store.
 */
final class DirectoryLock implements AutoCloseable {
  /** Its name in the folder. */
  static final String FILE_NAME = "conductor.lock";

  private final FileChannel channel;

  private DirectoryLock(final FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock of a folder, or says who stands in the way. */
  static DirectoryLock take(final Path directory) {
    final Path file = directory.resolve(FILE_NAME);
    try {
      final FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new DirectoryLock(channel);
      }
      channel.close();
    } catch (final IOException failed) {
      throw new StoreException("cannot lock " + file, failed);
    }
    throw new StoreException(
        "another server owns the store in "
            + directory
            + ": it holds the lock file "
            + file
            + "; stop it, or start this one with another data.dir");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (final IOException failed) {
      throw new StoreException("cannot free the lock file", failed);
    }
  }

  private static boolean tryLock(final FileChannel channel) throws IOException {
    try {
      final FileLock lock = channel.tryLock();
      return lock != null;
    } catch (final OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }
}
