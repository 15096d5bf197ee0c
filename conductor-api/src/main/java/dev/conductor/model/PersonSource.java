package dev.conductor.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the persons of a conference are read; they are not held in memory. Any thread. */
@FunctionalInterface
public interface PersonSource {
  /**
   * Reads all committed persons of a conference, in order of adding. Never waits.
   *
   * @param to is called once, on the reader's thread: hand on and return; empty when they could not
   *     be read
   * @return false when too many ask already; {@code to} is not called
   */
  boolean read(String conferenceUid, Consumer<Optional<List<Person>>> to);
}
