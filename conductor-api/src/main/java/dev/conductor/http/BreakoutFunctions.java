package dev.conductor.http;

import dev.conductor.command.Command;
import java.util.List;

/** The functions that make and change breakouts. Any thread. */
final class BreakoutFunctions {
  private static final String UID = "UID";
  private static final String FIELD = "field";
  private static final String VALUE = "value";

  private BreakoutFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(createBreakout(), updateBreakout());
  }

  private static ApiFunction createBreakout() {
    return ApiFunction.Write.of(
            "createBreakout",
            (origin, call, parameters) ->
                new Command.CreateBreakout(origin, call, BreakoutForms.groups(parameters)),
            BreakoutForms.params())
        .described(
            FunctionDoc.of(
                "Makes one breakout, or with count several, and moves callers in at once.",
                "callers={caller}",
                "name=Table 1"));
  }

  private static ApiFunction updateBreakout() {
    return ApiFunction.Write.of(
            "updateBreakout",
            (origin, call, parameters) ->
                new Command.UpdateBreakout(
                    origin,
                    call,
                    parameters.get(UID),
                    BreakoutFields.change(parameters.get(FIELD), parameters.get(VALUE))),
            Param.required(UID, ParamType.UID).about("UID of the breakout."),
            Param.required(FIELD, ParamType.WORD)
                .about("The field to change.")
                .oneOf(BreakoutFields.names()),
            Param.required(VALUE, ParamType.VALUE)
                .about(
                    "Its new value. callers: of those named who is in it goes to the main room, who"
                        + " is not comes in; addCallers and removeCallers do one of the two."
                        + " attention, private: true or false. name: up to 256 characters. data: up"
                        + " to 65,536."))
        .described(
            FunctionDoc.of(
                "Changes one field of a breakout.",
                "UID={breakout}",
                "field=private",
                "value=true"));
  }
}
