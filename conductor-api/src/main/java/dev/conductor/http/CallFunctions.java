package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;
import java.util.regex.Pattern;

/** The functions that change a call. Any thread. */
final class CallFunctions {
  private static final String FIELD = "field";
  private static final String VALUE = "value";
  private static final String NAME = "name";
  private static final String ROLE = "role";
  private static final String NUMBER = "number";

  /** Digits as E.164 counts them, the plus sign for those who write it. */
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+?[0-9]{2,15}");

  private CallFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(
        ApiFunction.Write.of(
                "closeCall", (origin, call, parameters) -> new Command.CloseCall(origin, call))
            .described(FunctionDoc.of("Ends the call and hangs up on everyone in it.")),
        updateCall(),
        updateCallSetting(),
        placeCall());
  }

  private static ApiFunction updateCall() {
    return ApiFunction.Write.of(
            "updateCall",
            (origin, call, parameters) ->
                new Command.UpdateCall(
                    origin, call, CallFields.change(parameters.get(FIELD), parameters.get(VALUE))),
            Param.required(FIELD, ParamType.WORD)
                .about("The field to change.")
                .oneOf(CallFields.names()),
            Param.required(VALUE, ParamType.VALUE)
                .about(
                    "Its new value. greenroom: true sends every PARTICIPANT of the main room to"
                        + " wait, and newcomers; entryway: true lets newcomers alone wait; false"
                        + " lets them in. talking, backgroundMusic, enableFeedback, enableBroadcast,"
                        + " lockMute: true or false. locked: true turns newcomers away, but for who"
                        + " is called from the call, is in it already or has dropped off within"
                        + " the time a seat is kept (ours). note is appended to notes as it is, feedback as"
                        + " a line of its own, empty clears it. custom is read back as customText."
                        + " name: up to 256 characters, link and message 4,096, the others 65,536."))
        .described(
            FunctionDoc.of("Changes one field of the call.", "field=greenroom", "value=true"));
  }

  private static ApiFunction updateCallSetting() {
    return ApiFunction.Write.of(
            "updateCallSetting",
            (origin, call, parameters) ->
                new Command.UpdateCallSetting(
                    origin,
                    call,
                    Settings.role(parameters),
                    Settings.setting(parameters),
                    Settings.on(parameters)),
            Settings.params())
        .described(
            FunctionDoc.of(
                "Changes what newcomers of a role start with, in this call alone.",
                "role=PARTICIPANT",
                "setting=mute",
                "value=true"));
  }

  private static ApiFunction placeCall() {
    return ApiFunction.Write.of(
            "placeCall",
            (origin, call, parameters) ->
                new Command.PlaceCall(
                    origin,
                    call,
                    Values.text(NAME, parameters.text(NAME), Values.MAX_NAME),
                    Values.role(ROLE, parameters.get(ROLE)),
                    number(parameters.get(NUMBER))),
            Param.optional(NAME, ParamType.TEXT).about("Name to show; the number if absent."),
            Param.required(ROLE, ParamType.WORD)
                .about("Role to take in the call.")
                .oneOf(Values.roles()),
            Param.required(NUMBER, ParamType.NUMBER)
                .about("Phone number to call; US numbers begin with 1."))
        .described(
            FunctionDoc.of(
                    "Calls somebody into the call; events PLACECALL tell what becomes of it.",
                    "name=Ann",
                    "role=PARTICIPANT",
                    "number=15555550123")
                .answering("FALSE,placeCall: not enabled for customer CUSTOMER00000001"));
  }

  private static String number(final String text) {
    if (!PHONE_NUMBER.matcher(text).matches()) {
      throw Refusal.parameter(
          NUMBER, Values.shown(text) + " is not a phone number of 2 to 15 digits");
    }
    return text;
  }
}
