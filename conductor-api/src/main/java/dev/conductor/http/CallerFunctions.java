package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;

/** The functions that change callers. Any thread. */
final class CallerFunctions {
  private static final String UID = "UID";
  private static final String FIELD = "field";
  private static final String VALUE = "value";
  private static final String ROLE = "role";
  private static final String BAN = "ban";

  private CallerFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(updateCaller(), updateActiveCaller(), dropCaller());
  }

  private static ApiFunction updateCaller() {
    return ApiFunction.Write.of(
            "updateCaller",
            (origin, call, parameters) ->
                new Command.UpdateCaller(
                    origin,
                    call,
                    Values.uids(UID, parameters.get(UID)),
                    CallerFields.change(parameters.get(FIELD), parameters.get(VALUE))),
            Param.required(UID, ParamType.UIDS)
                .about(
                    "UIDs of the callers, comma-separated. Each is tried: FALSE names those that"
                        + " failed, the others are done."),
            field(),
            value())
        .described(
            FunctionDoc.of(
                "Changes one field of one or more callers.",
                "UID={caller}",
                "field=mute",
                "value=true"));
  }

  private static ApiFunction updateActiveCaller() {
    return ApiFunction.Write.of(
            "updateActiveCaller",
            (origin, call, parameters) ->
                new Command.UpdateActiveCaller(
                    origin,
                    call,
                    parameters.find(ROLE).map(role -> Values.role(ROLE, role)),
                    CallerFields.change(parameters.get(FIELD), parameters.get(VALUE))),
            field(),
            value(),
            Param.optional(ROLE, ParamType.WORD)
                .about("Only callers of this role.")
                .oneOf(Values.roles()))
        .described(
            FunctionDoc.of(
                "Changes one field of everyone on the line.",
                "field=mute",
                "value=true",
                "role=PARTICIPANT"));
  }

  private static ApiFunction dropCaller() {
    return ApiFunction.Write.of(
            "dropCaller",
            (origin, call, parameters) ->
                new Command.DropCaller(
                    origin, call, Values.uids(UID, parameters.get(UID)), parameters.flag(BAN)),
            Param.required(UID, ParamType.UIDS)
                .about(
                    "UIDs of the callers, comma-separated. Each is tried: FALSE names those that"
                        + " failed, the others are done."),
            Param.optional(BAN, ParamType.BOOLEAN)
                .about("Whether their PIN and number may not return to this call (ours)."))
        .described(FunctionDoc.of("Hangs up on one or more callers.", "UID={caller}"));
  }

  private static Param value() {
    return Param.required(VALUE, ParamType.VALUE)
        .about(
            "Its new value. mike, mute, deaf: true or false. attention: 0, the hand down, to 5."
                + " breakout: a UID; main or empty for the main room; it also lets in who waits."
                + " role: PARTICIPANT, ASSISTANT, PRESENTER or OPERATOR, who always has the mic."
                + " volume_in, volume_out: -4 to 4, steps of 3 dB. energy: how loud he must be to count as"
                + " talking, the mean of absolute 16-bit samples to 1800; 0: his line is always open."
                + " tag: up to 256 characters, empty for the number. data, notes, custom1, custom2:"
                + " up to 65,536; note is appended to notes as it is. active: any value hangs up.");
  }

  private static Param field() {
    return Param.required(FIELD, ParamType.WORD)
        .about("The field to change.")
        .oneOf(CallerFields.names());
  }
}
