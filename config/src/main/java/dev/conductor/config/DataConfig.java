package dev.conductor.config;

import java.nio.file.Path;

/**
 * Section {@code data}. Any thread; immutable.
 *
 * @param dir folder of the store and of the audio files; made if it is not there
 */
public record DataConfig(Path dir) {

  /** Checks every value. */
  public DataConfig {
    Checks.notBlank("data.dir", dir.toString());
  }
}
