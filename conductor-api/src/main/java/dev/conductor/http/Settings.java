package dev.conductor.http;

import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.util.List;
import java.util.Locale;

/** What updateCallSetting and updateConferenceSetting have in common. Any thread. */
final class Settings {
  private static final String ROLE = "role";
  private static final String SETTING = "setting";
  private static final String VALUE = "value";
  private static final String MIC = "MIC";

  private Settings() {}

  /** Their parameters. */
  static Param[] params() {
    return new Param[] {
      Param.required(ROLE, ParamType.WORD)
          .about("Role of the setting to change.")
          .oneOf(List.of(Role.PARTICIPANT.name(), Role.ASSISTANT.name(), Role.PRESENTER.name())),
      Param.required(SETTING, ParamType.WORD)
          .about("The setting to change.")
          .oneOf(List.of("mike", "mute", "deaf")),
      Param.required(VALUE, ParamType.BOOLEAN).about("Its new value.")
    };
  }

  /** The role; OPERATOR is in no setting. */
  static Role role(final Parameters parameters) {
    final Role role = Values.role(ROLE, parameters.get(ROLE));
    if (role == Role.OPERATOR) {
      throw Refusal.parameter(ROLE, "OPERATOR has no settings");
    }
    return role;
  }

  /** Which flag of the role. */
  static RoleFlag.Setting setting(final Parameters parameters) {
    final String word = parameters.get(SETTING).toUpperCase(Locale.ROOT);
    for (final RoleFlag.Setting setting : RoleFlag.Setting.values()) {
      if (setting.name().equals(word)) {
        return setting;
      }
    }
    if (word.equals(MIC)) {
      return RoleFlag.Setting.MIKE;
    }
    throw Refusal.parameter(SETTING, "no such setting " + Values.shown(parameters.get(SETTING)));
  }

  /** What it is set to. */
  static boolean on(final Parameters parameters) {
    return Values.flag(VALUE, parameters.get(VALUE));
  }
}
