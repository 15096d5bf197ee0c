package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import java.util.List;

/** The functions that make, change and relate the tags of a call. Any thread. */
final class TagFunctions {
  private static final String CALL_TAG = "callTagID";
  private static final String CONFERENCE_TAG = "conferenceTagID";
  private static final String VALUE = "value";
  private static final String CALLER_UID = "callerUID";
  private static final String ACTION = "action";
  private static final String ADD = "Add";
  private static final String REMOVE = "Remove";

  private TagFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows() {
    return List.of(createCallTag(), updateCallTag(), updateCallerTag());
  }

  private static ApiFunction createCallTag() {
    return ApiFunction.Write.of(
            "createCallTag",
            TagFunctions::newTag,
            Param.optional(CONFERENCE_TAG, ParamType.NUMBER, "conferenceTagId")
                .about("ID of a tag of the conference; this or value."),
            Param.optional(VALUE, ParamType.TEXT)
                .about("Text of a tag for this call alone; this or conferenceTagID."))
        .described(
            FunctionDoc.of(
                "Makes a tag of the call, a new one or one of the conference's.", "value=VIP"));
  }

  private static Command newTag(
      final Origin origin, final String call, final Parameters parameters) {
    final String value = Values.text(VALUE, parameters.text(VALUE), Values.MAX_NAME);
    final String from = parameters.text(CONFERENCE_TAG);
    if (value.isEmpty() && from.isEmpty()) {
      throw Refusal.parameter(VALUE, "missing, and conferenceTagID too");
    }
    if (!value.isEmpty() && !from.isEmpty()) {
      throw Refusal.parameter(VALUE, "not beside conferenceTagID");
    }
    final long id = from.isEmpty() ? 0 : id(CONFERENCE_TAG, from);
    return new Command.CreateCallTag(origin, call, id, value);
  }

  private static ApiFunction updateCallTag() {
    return ApiFunction.Write.of(
            "updateCallTag",
            (origin, call, parameters) ->
                new Command.UpdateCallTag(
                    origin,
                    call,
                    id(CALL_TAG, parameters.get(CALL_TAG)),
                    Values.text(VALUE, parameters.get(VALUE), Values.MAX_NAME)),
            callTag(),
            Param.required(VALUE, ParamType.TEXT).about("Its new text."))
        .described(
            FunctionDoc.of(
                "Changes the text of a tag of the call.", "callTagID={callTag}", "value=Guest"));
  }

  private static ApiFunction updateCallerTag() {
    return ApiFunction.Write.of(
            "updateCallerTag",
            (origin, call, parameters) ->
                new Command.UpdateCallerTag(
                    origin,
                    call,
                    Values.uids(CALLER_UID, parameters.get(CALLER_UID)),
                    id(CALL_TAG, parameters.get(CALL_TAG)),
                    adds(parameters.get(ACTION))),
            Param.required(CALLER_UID, ParamType.UIDS)
                .about("UIDs of the callers, comma-separated; each is tried."),
            callTag(),
            Param.required(ACTION, ParamType.WORD)
                .about("Whether to relate the tag or to end that.")
                .oneOf(List.of(ADD, REMOVE)))
        .described(
            FunctionDoc.of(
                "Relates a tag of the call to callers, or ends that.",
                "callerUID={caller}",
                "callTagID={callTag}",
                "action=Add"));
  }

  private static Param callTag() {
    return Param.required(CALL_TAG, ParamType.NUMBER, "callTagId").about("ID of the call's tag.");
  }

  private static long id(final String parameter, final String text) {
    return Values.number(parameter, text, 1, Integer.MAX_VALUE);
  }

  private static boolean adds(final String text) {
    if (text.equalsIgnoreCase(ADD)) {
      return true;
    }
    if (text.equalsIgnoreCase(REMOVE)) {
      return false;
    }
    throw Refusal.parameter(ACTION, Values.shown(text) + " is neither Add nor Remove");
  }
}
