package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.CustomOwner;
import dev.conductor.command.Origin;
import dev.conductor.model.CallSnapshot;
import java.util.List;
import java.util.Locale;

/** The functions that need no call to be up. Any thread. */
final class ConferenceFunctions {
  private static final String OBJECT_TYPE = "objectType";
  private static final String OBJECT_UID = "objectUID";
  private static final String KEY = "customKey";
  private static final String VALUE = "customValue";
  private static final String CUSTOMER = "customer";
  private static final List<String> OBJECT_TYPES =
      List.of("conference", "call", "person", "caller");

  private ConferenceFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(updateConferenceSetting(), updateCustomValue());
  }

  private static ApiFunction updateConferenceSetting() {
    return ApiFunction.Write.scoped(
            "updateConferenceSetting",
            Anchor.CONFERENCE,
            (origin, scope, parameters) ->
                new Command.UpdateConferenceSetting(
                    origin,
                    scope.conference().conference().uid(),
                    Settings.role(parameters),
                    Settings.setting(parameters),
                    Settings.on(parameters)),
            Settings.params())
        .described(
            FunctionDoc.of(
                "Changes what newcomers of a role start with, in calls to come.",
                "role=PARTICIPANT",
                "setting=mike",
                "value=false"));
  }

  private static ApiFunction updateCustomValue() {
    return ApiFunction.Write.scoped(
            "updateCustomValue",
            Anchor.CALL,
            ConferenceFunctions::customValue,
            Param.required(OBJECT_TYPE, ParamType.WORD)
                .about("Kind of the object.")
                .oneOf(OBJECT_TYPES),
            Param.required(OBJECT_UID, ParamType.UID).about("UID of the object."),
            Param.required(KEY, ParamType.TEXT).about("The key."),
            Param.required(VALUE, ParamType.VALUE).about("Its value; empty removes the key."))
        .described(
            FunctionDoc.of(
                "Sets or removes a key of the conference, the call, a person or a caller.",
                "objectType=caller",
                "objectUID={caller}",
                "customKey=seat",
                "customValue=12"));
  }

  private static Command customValue(
      final Origin origin, final TokenScope scope, final Parameters parameters) {
    final CustomOwner owner = owner(parameters.get(OBJECT_TYPE));
    final boolean callMatters =
        owner.isOfCall() || parameters.find(Anchor.CALL.parameter()).isPresent();
    final CallSnapshot call = callMatters ? scope.requireCall() : null;
    return new Command.UpdateCustomValue(
        origin,
        scope.conference().conference().uid(),
        call == null ? "" : call.call().uid(),
        owner,
        parameters.get(OBJECT_UID),
        Values.text(KEY, parameters.get(KEY), Values.MAX_NAME),
        Values.text(VALUE, parameters.get(VALUE), Values.MAX_MESSAGE));
  }

  private static CustomOwner owner(final String text) {
    final String word = text.toLowerCase(Locale.ROOT);
    if (word.equals(CUSTOMER)) {
      throw Refusal.parameter(OBJECT_TYPE, "customer is changed through /_access");
    }
    if (!OBJECT_TYPES.contains(word)) {
      throw Refusal.parameter(OBJECT_TYPE, "no such object type " + Values.shown(text));
    }
    return CustomOwner.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
