package dev.conductor.focus;

/** What a key means in the call. Pure. */
final class KeypadMenu {
  private KeypadMenu() {}

  /** The meaning of a key. */
  static Meaning of(final char digit) {
    if (digit >= '0' && digit <= '5') {
      return new Meaning(Act.HAND, digit - '0');
    }
    return digit == '*' ? new Meaning(Act.TOGGLE_MUTE, 0) : new Meaning(Act.NOTHING, 0);
  }

  /** What is to be done. */
  enum Act {
    /** Nothing. */
    NOTHING,
    /** Raise the hand to a level, or lower it: level 0. */
    HAND,
    /** Mute himself, or undo it. */
    TOGGLE_MUTE
  }

  /** A key's meaning. Immutable. */
  record Meaning(Act act, int level) {}
}
