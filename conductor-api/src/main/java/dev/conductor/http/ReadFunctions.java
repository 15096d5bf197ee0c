package dev.conductor.http;

import dev.conductor.model.Breakout;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.query.Renderer;
import java.util.List;

/** The information requests. Any thread. */
final class ReadFunctions {
  private static final String UID = "UID";

  private ReadFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows(final Renderer renderer) {
    return List.of(
        ApiFunction.Read.ofPersons(
                "getConference",
                (scope, parameters, view) ->
                    renderer.conference(scope.conference(), scope.persons(), view))
            .described(
                FunctionDoc.of("The conference, with the UIDs of what belongs to it.")
                    .answering("Conference")),
        ApiFunction.Read.ofPersons(
                "getConferenceData",
                (scope, parameters, view) ->
                    renderer.conferenceData(scope.conference(), scope.persons(), view))
            .described(
                FunctionDoc.of("The conference with its persons.").answering("ConferenceData")),
        ApiFunction.Read.of(
                "getCustomer",
                Anchor.CONFERENCE,
                (scope, parameters, view) -> renderer.customer(scope.conference(), view))
            .described(FunctionDoc.of("Whose conference it is.").answering("Customer")),
        ApiFunction.Read.of(
                "getCall",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.call(scope.conference(), scope.requireCall(), view))
            .described(
                FunctionDoc.of("The call, with the UIDs of its callers and breakouts.")
                    .answering("Call")),
        ApiFunction.Read.of(
                "getCallData",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.callData(scope.conference(), scope.requireCall(), view))
            .described(
                FunctionDoc.of("The call with its callers and breakouts.").answering("CallData")),
        ApiFunction.Read.of(
                "getCaller",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.caller(scope.conference(), caller(scope, parameters), view),
                Param.required(UID, ParamType.UID).about("UID of the caller."))
            .described(FunctionDoc.of("One caller.", "UID={caller}").answering("Caller")),
        ApiFunction.Read.of(
                "getBreakout",
                Anchor.CALL,
                (scope, parameters, view) ->
                    renderer.breakout(scope.conference(), breakout(scope, parameters), view),
                Param.required(UID, ParamType.UID).about("UID of the breakout."))
            .described(FunctionDoc.of("One breakout.", "UID={breakout}").answering("Breakout")));
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
