package dev.conductor.command;

import java.util.Objects;

/**
 * Who asked: goes into the cause of every event the command raises. Immutable.
 *
 * @param by API, KEYPAD, PHONE, TIMER or SYSTEM
 * @param command the function's name, e.g. {@code updateCaller}; empty when none was called
 * @param id names the request
 * @param actor who sat at the host page, as he called himself; empty for unknown
 */
public record Origin(By by, String command, String id, String actor) {
  /** Where a change came from. */
  public enum By {
    /** A function of the API. */
    API,
    /** A key on a caller's phone. */
    KEYPAD,
    /** The phone itself: it hung up, held, redialled. */
    PHONE,
    /** A timer ran out. */
    TIMER,
    /** The server. */
    SYSTEM
  }

  /** Checks for nulls. */
  public Origin {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(actor, "actor");
  }

  /** An origin that is no function of the API. */
  public static Origin of(final By by) {
    return new Origin(by, "", "", "");
  }
}
