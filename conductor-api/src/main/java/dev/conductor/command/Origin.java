package dev.conductor.command;

import java.util.Objects;
import java.util.Optional;

/**
 * Who asked: goes into the cause of every event the command raises. Immutable.
 *
 * @param by API, KEYPAD, PHONE, TIMER or SYSTEM
 * @param command the function's name, e.g. {@code updateCaller}; empty when none was called
 * @param id names the request
 * @param actor who sat at the host page, as he called himself; empty for unknown
 * @param key what the client knows the command by, if it said
 */
public record Origin(By by, String command, String id, String actor, Optional<IdempotencyKey> key) {
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
    Objects.requireNonNull(key, "key");
  }

  /** An origin without a key. */
  public Origin(final By by, final String command, final String id, final String actor) {
    this(by, command, id, actor, Optional.empty());
  }

  /** An origin that is no function of the API. */
  public static Origin of(final By by) {
    return new Origin(by, "", "", "");
  }
}
