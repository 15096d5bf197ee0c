package dev.conductor.notify;

/** Why a stream ends. */
enum Ending {
  /** The call is over. */
  CALL_OVER("the call is over"),
  /** The third gap within a minute. */
  TOO_SLOW("three gaps in a minute");

  private final String words;

  Ending(final String words) {
    this.words = words;
  }

  /** For the reader. */
  String words() {
    return words;
  }
}
