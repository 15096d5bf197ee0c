package dev.conductor.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Removes what a run wrote. Any thread; stateless. */
final class Folders {
  private Folders() {}

  /** Deletes a folder with all that is in it. */
  static void delete(final Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              file -> {
                try {
                  Files.delete(file);
                } catch (final IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
    }
  }
}
