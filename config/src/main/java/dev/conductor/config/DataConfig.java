package dev.conductor.config;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Section {@code data}. Any thread; immutable.
 *
 * @param dir folder of the store and of the audio files; made if it is not there
 */
public record DataConfig(Path dir) {

  /** Checks every value. */
  public DataConfig {
    Objects.requireNonNull(dir, "data.dir");
  }
}
