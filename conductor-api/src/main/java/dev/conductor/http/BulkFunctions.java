package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.TimerChange;
import dev.conductor.query.Renderer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The functions of ours that move many at once, time breakouts and give the floor. Any thread. */
final class BulkFunctions {
  private static final String UID = "UID";
  private static final String COUNTDOWN = "countdown";
  private static final String CANCEL = "cancel";
  private static final String SECONDS = "seconds";
  private static final String EXTEND = "extend";
  private static final String WARNINGS = "warnings";
  private static final String ATTENTION = "attention";
  private static final String KEEP = "keep";
  private static final int MAX_COUNTDOWN_S = 600;
  private static final int MAX_TIMER_S = 86_400;
  private static final int MAX_WARNINGS = 10;
  private static final int MAX_ATTENTION = 5;

  private BulkFunctions() {}

  /** Their rows. */
  static List<ApiFunction> rows(final Renderer renderer) {
    return List.of(
        autoBreakout(renderer), recallBreakouts(), breakoutTimer(), nextHand(), undoMove());
  }

  private static ApiFunction autoBreakout(final Renderer renderer) {
    return ApiFunction.Write.scoped(
            "autoBreakout",
            Anchor.CALL,
            new AutoBreakoutOrder(renderer),
            AutoBreakoutOrder.params())
        .described(
            FunctionDoc.ours(
                    "Divides callers into new breakouts at once: sizes differ by one at most, nobody"
                        + " sits alone; fewer groups are made where callers are too few. Breakouts it"
                        + " empties are removed. With preview=true it changes nothing and answers the"
                        + " groups it would make, in the envelope and the format that type asks for;"
                        + " seed makes the same groups again.",
                    "groups=2",
                    "name=Table")
                .previewing("GroupPlan"));
  }

  private static ApiFunction recallBreakouts() {
    return ApiFunction.Write.of(
            "recallBreakouts",
            (origin, call, parameters) -> {
              final boolean cancel = parameters.flag(CANCEL);
              if (cancel) {
                refuseBeside(CANCEL, parameters, COUNTDOWN, UID);
              }
              return new Command.RecallBreakouts(
                  origin, call, uids(parameters), countdown(parameters).orElse(0), cancel);
            },
            Param.optional(UID, ParamType.UIDS)
                .about("UIDs of the breakouts, comma-separated; all of them if absent."),
            Param.optional(COUNTDOWN, ParamType.NUMBER)
                .about("Seconds until it is done, 0 to 600, counted down aloud in the breakouts."),
            Param.optional(CANCEL, ParamType.BOOLEAN).about("Stops a countdown instead."))
        .described(
            FunctionDoc.ours(
                "Brings everybody back from breakouts at once; breakouts it empties are removed."
                    + " When nobody is left in any, the breakout timer stops and late-comers"
                    + " follow nobody.",
                "countdown=0"));
  }

  private static ApiFunction breakoutTimer() {
    return ApiFunction.Write.of(
            "breakoutTimer",
            (origin, call, parameters) ->
                new Command.BreakoutTimer(origin, call, timerChange(parameters)),
            Param.optional(SECONDS, ParamType.NUMBER)
                .about("Starts the timer: seconds until everybody is brought back."),
            Param.optional(EXTEND, ParamType.NUMBER)
                .about("Seconds by which the timer that runs ends later; earlier if below 0."),
            Param.optional(CANCEL, ParamType.BOOLEAN).about("Stops the timer."),
            Param.optional(WARNINGS, ParamType.WORD)
                .about(
                    "Seconds before the end, comma-separated, at which those in the breakouts are"
                        + " told; 120,30 if absent, 0 for none."),
            Param.optional(COUNTDOWN, ParamType.NUMBER)
                .about("The last seconds, 0 to 600, that are counted down aloud; 0 if absent."),
            Param.optional(UID, ParamType.UIDS)
                .about("UIDs of the breakouts, comma-separated; all there are by then if absent."))
        .described(
            FunctionDoc.ours(
                "Starts, moves or stops the timer that brings everybody back from breakouts: one"
                    + " of seconds, extend and cancel.",
                "seconds=600",
                "warnings=120,30",
                "countdown=10"));
  }

  private static TimerChange timerChange(final Parameters parameters) {
    final Optional<String> seconds = parameters.find(SECONDS);
    final Optional<String> extend = parameters.find(EXTEND);
    if (parameters.flag(CANCEL)) {
      refuseBeside(CANCEL, parameters, SECONDS, EXTEND, WARNINGS, COUNTDOWN, UID);
      return new TimerChange.Cancel();
    }
    final TimerChange.Spoken spoken =
        new TimerChange.Spoken(
            parameters.find(WARNINGS).map(BulkFunctions::warnings), countdown(parameters));
    if (seconds.isPresent()) {
      refuseBeside(SECONDS, parameters, EXTEND);
      return new TimerChange.Start(
          Values.number(SECONDS, seconds.get(), 1, MAX_TIMER_S), uids(parameters), spoken);
    }
    if (extend.isEmpty()) {
      throw Refusal.parameter(SECONDS, "missing, and so are extend and cancel");
    }
    return new TimerChange.Extend(
        Values.number(EXTEND, extend.get(), -MAX_TIMER_S, MAX_TIMER_S), uids(parameters), spoken);
  }

  private static ApiFunction nextHand() {
    return ApiFunction.Write.of(
            "nextHand",
            (origin, call, parameters) -> {
              if (parameters.find(UID).isPresent()) {
                refuseBeside(UID, parameters, ATTENTION);
              }
              return new Command.NextHand(
                  origin,
                  call,
                  parameters
                      .find(ATTENTION)
                      .map(text -> Values.number(ATTENTION, text, 1, MAX_ATTENTION))
                      .orElse(0),
                  parameters.text(UID),
                  parameters.flag(KEEP));
            },
            Param.optional(ATTENTION, ParamType.NUMBER).about("Only hands of this level, 1 to 5."),
            Param.optional(UID, ParamType.UID)
                .about("UID of a caller whose hand is up, who is taken out of turn."),
            Param.optional(KEEP, ParamType.BOOLEAN)
                .about("Whether the one who had the floor before keeps his microphone."))
        .described(
            FunctionDoc.ours(
                "Gives the floor to the hand that is up longest in the main room: microphone on,"
                    + " mute off, hand down; the one before loses the microphone.",
                "UID={caller}"));
  }

  private static ApiFunction undoMove() {
    return ApiFunction.Write.of(
            "undoMove", (origin, call, parameters) -> new Command.UndoMove(origin, call))
        .described(
            FunctionDoc.ours(
                "Puts the callers of the last bulk move back where they were, within 60 seconds:"
                    + " those who are still where it put them. A bulk move is one by createBreakout,"
                    + " autoBreakout or recallBreakouts, or of two callers or more at once."));
  }

  private static List<String> uids(final Parameters parameters) {
    return parameters.find(UID).map(text -> Values.uids(UID, text)).orElse(List.of());
  }

  private static Optional<Integer> countdown(final Parameters parameters) {
    return parameters
        .find(COUNTDOWN)
        .map(text -> Values.number(COUNTDOWN, text, 0, MAX_COUNTDOWN_S));
  }

  private static List<Integer> warnings(final String text) {
    final Set<Integer> warningsS = new LinkedHashSet<>();
    for (final String item : text.split(",", -1)) {
      warningsS.add(Values.number(WARNINGS, item, 0, MAX_TIMER_S));
    }
    if (warningsS.size() > MAX_WARNINGS) {
      throw Refusal.parameter(WARNINGS, "more than " + MAX_WARNINGS);
    }
    return List.copyOf(warningsS);
  }

  /** One parameter alone has a meaning. */
  static void refuseBeside(
      final String parameter, final Parameters parameters, final String... others) {
    for (final String other : others) {
      if (parameters.find(other).isPresent()) {
        throw Refusal.parameter(other, "not beside " + parameter);
      }
    }
  }
}
