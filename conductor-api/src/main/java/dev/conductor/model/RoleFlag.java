package dev.conductor.model;

/**
 * What callers of a role start with. Immutable.
 *
 * @param role PARTICIPANT, ASSISTANT or PRESENTER
 * @param mike whether they enter with the microphone
 * @param mute whether they enter muted
 * @param deaf whether they enter deaf
 */
public record RoleFlag(Role role, boolean mike, boolean mute, boolean deaf) {
  /** The default of every role: mic on, not mute, not deaf. */
  public static RoleFlag open(final Role role) {
    return new RoleFlag(role, true, false, false);
  }
}
