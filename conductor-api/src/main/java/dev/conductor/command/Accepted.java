package dev.conductor.command;

import java.util.Objects;

/**
 * The answer to a command: accepted, or why not. The outcome itself is an event. Immutable.
 *
 * @param isTrue whether it was accepted
 * @param message empty when accepted; else names the parameter and what was wrong with it
 * @param seq number of the last event it raised, 0 for none
 * @param durable false when what it changed holds for now but is not on disk, the store being down
 * @param kind whose word it is
 * @param value what was made or changed, as the function's answer shows it: a record of the model,
 *     immutable; null where the function shows nothing. A repeat under the same key after a restart
 *     has none
 * @param code what the table of a function of the Conference Management API calls this refusal; 0
 *     where it has no code for it
 */
public record Accepted(
    boolean isTrue, String message, long seq, boolean durable, Kind kind, Object value, int code) {
  /** Whose word an answer is. */
  public enum Kind {
    /** The conductor's, on the command itself: a repeat under the same key is told the same. */
    DECIDED,
    /** On what is in the way just now: a repeat may fare better. */
    PASSING,
    /** The command's key was used with other parameters before. */
    CONFLICT
  }

  /** Checks for null. */
  public Accepted {
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(kind, "kind");
  }

  /** What the conductor decides while the store works. */
  public Accepted(final boolean isTrue, final String message, final long seq) {
    this(isTrue, message, seq, true, Kind.DECIDED, null, 0);
  }

  /** The same with something to show. */
  public Accepted with(final Object shown) {
    return new Accepted(isTrue, message, seq, durable, kind, shown, code);
  }

  /** The same with the number of the last event raised. */
  public Accepted at(final long lastSeq) {
    return new Accepted(isTrue, message, lastSeq, durable, kind, value, code);
  }

  /** The same of something that is not on disk. */
  public Accepted notDurable() {
    return new Accepted(isTrue, message, seq, false, kind, value, code);
  }

  /** Accepted, with the number of the last event raised. */
  public static Accepted yes(final long seq) {
    return new Accepted(true, "", seq);
  }

  /** Refused, nothing changed. */
  public static Accepted no(final String message) {
    return new Accepted(false, message, 0);
  }

  /** Refused under a code of the function's own table, nothing changed. */
  public static Accepted no(final int code, final String message) {
    return new Accepted(false, message, 0, true, Kind.DECIDED, null, code);
  }

  /** Refused for what is in the way just now. */
  public static Accepted notNow(final String message) {
    return new Accepted(false, message, 0, true, Kind.PASSING, null, 0);
  }

  /** Refused: its key stands for another request. */
  public static Accepted conflict(final String message) {
    return new Accepted(false, message, 0, true, Kind.CONFLICT, null, 0);
  }
}
