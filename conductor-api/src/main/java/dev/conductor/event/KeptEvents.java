package dev.conductor.event;

import java.util.List;
import java.util.function.Consumer;

/** The committed events of every call, those too that memory no longer has. Any thread. */
public interface KeptEvents {
  /**
   * Reads the events that follow a place, a page of them at most, on a thread of its own. Never
   * waits.
   *
   * @param afterSeq the last number the reader has
   * @param maxEvents at most so many; fewer where they are large
   * @param to gets them in order of their numbers, on the reading thread: hand on and return; none
   *     where there are none or they cannot be read
   * @return false when too many ask just now: try again later, {@code to} is not called
   */
  boolean read(String callUid, long afterSeq, int maxEvents, Consumer<List<KeptEvent>> to);
}
