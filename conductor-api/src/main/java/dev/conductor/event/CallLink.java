package dev.conductor.event;

import java.util.Optional;

/**
 * The place of one call in the row of a conference's calls; empty until it opens. A reader that
 * goes from link to link meets every call, however slow it is. Filled by the conductor, read by any
 * thread.
 */
public final class CallLink {
  private volatile CallLog log;

  CallLink() {}

  /** The call's log, once the call is open. */
  public Optional<CallLog> log() {
    return Optional.ofNullable(log);
  }

  /** The conductor only. */
  void fill(final CallLog opened) {
    log = opened;
  }
}
