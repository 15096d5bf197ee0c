package dev.conductor.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Where it is read which persons and calls conferences have. Any thread. */
@FunctionalInterface
public interface BelongingsSource {
  /**
   * Reads what is committed of some conferences. Never waits.
   *
   * @param to is called once, on the reader's thread: hand on and return. By the conference's UID,
   *     without those that have nothing; empty when it could not be read
   * @return false when too many ask already; {@code to} is not called
   */
  boolean readUids(List<String> conferenceUids, Consumer<Optional<Map<String, Belongings>>> to);
}
