package dev.conductor.app;

import dev.conductor.store.OwnerOnly;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What opens a server to who runs it: a key in a file of the data folder that its owner alone may
 * read, made at the first start. Any thread.
 */
final class OperatorKey {
  private static final String FILE = "operator.key";
  private static final int KEY_BYTES = 32;

  private OperatorKey() {}

  /**
   * The key, made if there is none.
   *
   * @throws IOException naming the file, when it can be neither read nor made
   */
  static String of(final Path dataFolder) throws IOException {
    final Path file = dataFolder.resolve(FILE);
    if (!Files.exists(file)) {
      make(file);
    }
    return read(dataFolder);
  }

  /**
   * The key of a server that was started before.
   *
   * @throws IOException naming the file, when it cannot be read
   */
  static String read(final Path dataFolder) throws IOException {
    final Path file = dataFolder.resolve(FILE);
    try {
      final String key = Files.readString(file, StandardCharsets.US_ASCII).strip();
      if (key.length() != 2 * KEY_BYTES) {
        throw new IOException("not a key");
      }
      return key;
    } catch (final IOException failed) {
      throw new IOException("the operator's key " + file + " cannot be read", failed);
    }
  }

  private static void make(final Path file) throws IOException {
    final byte[] random = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(random);
    try {
      Files.createDirectories(file.getParent());
      final Path whole = file.resolveSibling(FILE + ".new");
      Files.deleteIfExists(whole);
      try (OutputStream out = OwnerOnly.newFile(whole)) {
        out.write(
            (HexFormat.of().formatHex(random) + System.lineSeparator())
                .getBytes(StandardCharsets.US_ASCII));
      }
      Files.move(whole, file);
    } catch (final FileAlreadyExistsException madeMeanwhile) {
      return;
    } catch (final IOException failed) {
      throw new IOException("the operator's key " + file + " cannot be made", failed);
    }
  }
}
