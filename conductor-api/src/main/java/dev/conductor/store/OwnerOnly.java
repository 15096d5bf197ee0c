package dev.conductor.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files and folders that nobody but their owner may read, where the file system has POSIX
 * permissions: what is kept has PINs and tokens in it. New ones are never open, not even for a
 * moment. Any thread.
 */
public final class OwnerOnly {
  private static final Logger LOG = LoggerFactory.getLogger(OwnerOnly.class);
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private OwnerOnly() {}

  /**
   * Makes a file that is not there yet.
   *
   * @throws FileAlreadyExistsException when it is
   */
  public static OutputStream newFile(final Path file) throws IOException {
    Files.createFile(file, attributes(file.toAbsolutePath().getFileSystem(), FILE));
    return Files.newOutputStream(file, StandardOpenOption.WRITE);
  }

  /** Makes an empty file; one that is there is closed to others and stays as it is. */
  static void file(final Path file) throws IOException {
    try {
      newFile(file).close();
    } catch (final FileAlreadyExistsException there) {
      close(file, FILE);
    }
  }

  /** Closes a file to others if it is there. */
  static void fileIfThere(final Path file) throws IOException {
    if (Files.exists(file)) {
      close(file, FILE);
    }
  }

  /**
   * Makes a folder. One that is there is closed to others, unless it holds anything but what {@code
   * ours} names: then others have a business in it, and a line in the log says that it is open.
   */
  static void folder(final Path folder, final Set<String> ours) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, attributes(folder.getFileSystem(), FOLDER));
    } else if (isOpen(folder, FOLDER)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.allMatch(entry -> ours.contains(entry.getFileName().toString()))) {
          close(folder, FOLDER);
        } else {
          LOG.warn("the folder {} holds other things too and stays open to others", folder);
        }
      }
    }
  }

  /** A file that is somebody else's cannot be closed; the server runs as it did before. */
  private static void close(final Path path, final Set<PosixFilePermission> least)
      throws IOException {
    if (isOpen(path, least)) {
      try {
        Files.setPosixFilePermissions(path, least);
      } catch (final IOException refused) {
        LOG.warn("{} can be read by others than its owner, and that cannot be changed", path);
      }
    }
  }

  private static boolean isOpen(final Path path, final Set<PosixFilePermission> least)
      throws IOException {
    return hasPermissions(path.getFileSystem())
        && !least.containsAll(Files.getPosixFilePermissions(path));
  }

  private static FileAttribute<?>[] attributes(
      final FileSystem system, final Set<PosixFilePermission> permissions) {
    return hasPermissions(system)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(final FileSystem system) {
    return system.supportedFileAttributeViews().contains("posix");
  }
}
