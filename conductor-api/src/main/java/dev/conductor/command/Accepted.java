package dev.conductor.command;

import java.util.Objects;

/**
 * The answer to a command: accepted, or why not. The outcome itself is an event. Immutable.
 *
 * @param isTrue whether it was accepted
 * @param message empty when accepted; else names the parameter and what was wrong with it
 * @param seq number of the last event it raised, 0 for none
 * @param durable false when what it changed holds for now but is not on disk, the store being down
 */
public record Accepted(boolean isTrue, String message, long seq, boolean durable) {
  /** Checks for null. */
  public Accepted {
    Objects.requireNonNull(message, "message");
  }

  /** An answer as it is when the store works. */
  public Accepted(final boolean isTrue, final String message, final long seq) {
    this(isTrue, message, seq, true);
  }

  /** The same of something that is not on disk. */
  public Accepted notDurable() {
    return new Accepted(isTrue, message, seq, false);
  }

  /** Accepted, with the number of the last event raised. */
  public static Accepted yes(final long seq) {
    return new Accepted(true, "", seq);
  }

  /** Refused, nothing changed. */
  public static Accepted no(final String message) {
    return new Accepted(false, message, 0);
  }
}
