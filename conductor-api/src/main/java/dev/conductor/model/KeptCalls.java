package dev.conductor.model;

import java.util.Optional;
import java.util.function.Consumer;

/** The calls whose records are kept, those too that memory no longer has. Any thread. */
public interface KeptCalls {
  /**
   * Reads a call, up or over, as it was committed last, on a thread of its own. Never waits.
   *
   * @param to gets it, or nothing where no such record is kept, on the reading thread
   * @param failed is run there instead when it cannot be read
   * @return false when too many ask just now: neither is called
   */
  boolean read(String callUid, Consumer<Optional<CallSnapshot>> to, Runnable failed);
}
