package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.model.Breakout;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.query.Renderer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The functions of {@code /_conference}, one row each: name, method, parameters, action. A new
 * function is a new row. Immutable; any thread.
 */
public final class FunctionTable {
  private static final String UID = "UID";
  private static final String FIELD = "field";
  private static final String VALUE = "value";
  private static final String ROLE = "role";
  private static final String BAN = "ban";

  private final Map<String, ApiFunction> functions;

  private FunctionTable(final List<ApiFunction> functions) {
    this.functions =
        functions.stream()
            .collect(Collectors.toUnmodifiableMap(ApiFunction::name, Function.identity()));
  }

  /**
   * The table.
   *
   * @param renderer writes the answers to questions
   */
  public static FunctionTable of(final Renderer renderer) {
    return new FunctionTable(
        List.of(
            ApiFunction.Read.of(
                "getConference",
                Anchor.CONFERENCE,
                (scope, parameters, view) -> renderer.conference(scope.conference(), view)),
            ApiFunction.Read.of(
                "getConferenceData",
                Anchor.CONFERENCE,
                (scope, parameters, view) -> renderer.conferenceData(scope.conference(), view)),
            ApiFunction.Read.of(
                "getCustomer",
                Anchor.CONFERENCE,
                (scope, parameters, view) -> renderer.customer(scope.conference(), view)),
            ApiFunction.Read.of(
                "getCall",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.call(scope.conference(), scope.requireCall(), view)),
            ApiFunction.Read.of(
                "getCallData",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.callData(scope.conference(), scope.requireCall(), view)),
            ApiFunction.Read.of(
                "getCaller",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.caller(scope.conference(), caller(scope, parameters), view),
                Param.required(UID, ParamType.UID)),
            ApiFunction.Read.of(
                "getBreakout",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.breakout(scope.conference(), breakout(scope, parameters), view),
                Param.required(UID, ParamType.UID)),
            updateCaller(),
            updateActiveCaller(),
            createBreakout(),
            updateBreakout(),
            dropCaller(),
            ApiFunction.Write.of(
                "closeCall", (origin, call, parameters) -> new Command.CloseCall(origin, call))));
  }

  /** The function of this name, spelled exactly so. */
  Optional<ApiFunction> find(final String name) {
    return Optional.ofNullable(functions.get(name));
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
        Param.required(UID, ParamType.UIDS),
        Param.required(FIELD, ParamType.WORD),
        Param.required(VALUE, ParamType.VALUE));
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
        Param.required(FIELD, ParamType.WORD),
        Param.required(VALUE, ParamType.VALUE),
        Param.optional(ROLE, ParamType.WORD));
  }

  private static ApiFunction createBreakout() {
    return ApiFunction.Write.of(
        "createBreakout",
        (origin, call, parameters) ->
            new Command.CreateBreakout(origin, call, BreakoutForms.groups(parameters)),
        BreakoutForms.params());
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
        Param.required(UID, ParamType.UID),
        Param.required(FIELD, ParamType.WORD),
        Param.required(VALUE, ParamType.VALUE));
  }

  private static ApiFunction dropCaller() {
    return ApiFunction.Write.of(
        "dropCaller",
        (origin, call, parameters) ->
            new Command.DropCaller(
                origin, call, Values.uids(UID, parameters.get(UID)), parameters.flag(BAN)),
        Param.required(UID, ParamType.UIDS),
        Param.optional(BAN, ParamType.BOOLEAN));
  }

  private static Caller caller(final TokenScope scope, final Parameters parameters) {
    final CallSnapshot call = scope.requireCall();
    final String uid = parameters.get(UID);
    final Caller caller = call.callers().get(uid);
    if (caller == null) {
      throw Refusal.parameter(UID, "no caller " + Values.shown(uid) + " in this call");
    }
    return caller;
  }

  private static Breakout breakout(final TokenScope scope, final Parameters parameters) {
    final CallSnapshot call = scope.requireCall();
    final String uid = parameters.get(UID);
    final Breakout breakout = call.breakouts().get(uid);
    if (breakout == null) {
      throw Refusal.parameter(UID, "no breakout " + Values.shown(uid) + " in this call");
    }
    return breakout;
  }
}
