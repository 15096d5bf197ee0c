package dev.conductor.store;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/**
 * The highest number of an event that was shown while the database kept nothing. It stands in a
 * mapped file beside the database: writing there neither waits nor needs room on the disk, and the
 * system keeps it when the process is killed. The conductor's thread, once it runs.
 */
final class ShownMark {
  static final String FILE = "events-shown";

  private final MappedByteBuffer file;

  private ShownMark(final MappedByteBuffer file) {
    this.file = file;
  }

  /**
   * Opens the mark in this folder, or makes it.
   *
   * @throws StoreException when it cannot be written
   */
  static ShownMark open(final Path folder) {
    final Path path = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(path) || Files.size(path) < Long.BYTES) {
        // Written, not only made longer: its place on the disk is taken now.
        Files.write(path, new byte[Long.BYTES]);
      }
      return new ShownMark(IoUtil.mapExistingFile(path.toFile(), FILE));
    } catch (final IOException failed) {
      throw new StoreException("cannot write " + path, failed);
    }
  }

  /** The number; 0 when all that was shown is kept. */
  long highest() {
    return file.getLong(0);
  }

  /** Notes a number, unless a higher one is noted. */
  void raise(final long seq) {
    if (seq > highest()) {
      file.putLong(0, seq);
    }
  }

  /** Forgets it. */
  void clear() {
    file.putLong(0, 0);
  }
}
