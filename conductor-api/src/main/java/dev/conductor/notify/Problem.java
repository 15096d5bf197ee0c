package dev.conductor.notify;

/**
 * Why there is no stream. Immutable.
 *
 * @param kind which of the few reasons
 * @param message for the client's developer
 */
record Problem(Kind kind, String message) {
  /** The reasons. */
  enum Kind {
    /** The call is over. */
    OVER,
    /** It has enough readers. */
    FULL
  }
}
