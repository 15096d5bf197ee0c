package dev.conductor.model;

import java.util.Locale;

/** The part a caller plays; wire names are those of the Conductor API. Immutable. */
public enum Role {
  /** Listens, and speaks where allowed. */
  PARTICIPANT,
  /** Helps the presenter; counts as assistant in a breakout. */
  ASSISTANT,
  /** Hosts the call. */
  PRESENTER,
  /** Runs the call from behind: always mic on, counts as assistant nowhere. */
  OPERATOR;

  /**
   * The role of a word in any letter case; {@code PARTICPANT}, as two tables of the document spell
   * it, is taken too.
   *
   * @return null for any other word
   */
  public static Role fromWire(final String word) {
    final String upper = word.trim().toUpperCase(Locale.ROOT);
    if (upper.equals("PARTICPANT")) {
      return PARTICIPANT;
    }
    for (final Role role : values()) {
      if (role.name().equals(upper)) {
        return role;
      }
    }
    return null;
  }

  /** Whether the role's mic is heard in open breakouts: all but PARTICIPANT. */
  public boolean isHost() {
    return this != PARTICIPANT;
  }

  /** Whether its presence makes a breakout assisted: PRESENTER and ASSISTANT. */
  public boolean assists() {
    return this == PRESENTER || this == ASSISTANT;
  }
}
