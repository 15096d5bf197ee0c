package dev.conductor.model;

import java.util.List;

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

  /** The same with one of its flags set so. */
  public RoleFlag with(final Setting setting, final boolean on) {
    return switch (setting) {
      case MIKE -> new RoleFlag(role, on, mute, deaf);
      case MUTE -> new RoleFlag(role, mike, on, deaf);
      case DEAF -> new RoleFlag(role, mike, mute, on);
    };
  }

  /** These settings with one flag of one role set so. */
  public static List<RoleFlag> with(
      final List<RoleFlag> settings, final Role role, final Setting setting, final boolean on) {
    return settings.stream()
        .map(flag -> flag.role() == role ? flag.with(setting, on) : flag)
        .toList();
  }

  /** A flag of a role; the words are those of the API. */
  public enum Setting {
    /** Enters with the microphone. */
    MIKE,
    /** Enters muted. */
    MUTE,
    /** Enters deaf. */
    DEAF
  }
}
