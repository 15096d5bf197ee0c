package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.GroupPlanner;
import dev.conductor.model.Grouping;
import dev.conductor.model.Grouping.By;
import dev.conductor.model.Role;
import dev.conductor.query.Renderer;
import dev.conductor.query.View;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * autoBreakout: makes the command, or with {@code preview} answers what it would do to the call as
 * it was published last. Without a seed one is drawn; the preview tells it, and with it the same
 * call is divided alike.
 *
 * <p>How decisions.md is read: {@code groups} beyond two callers for each makes fewer groups. With
 * {@code from=all} breakouts are mixed anew; who waits in the entryway is not divided. A caller's
 * tag is his call tag with the lowest ID. {@code by=attention} brings together whose hands are at
 * the same level. {@code spread}, false by default, deals the ASSISTANTs of the same places over
 * the groups on top of the callers of {@code role}, the smaller groups first. Any thread.
 */
final class AutoBreakoutOrder implements ApiFunction.ScopedOrder {
  private static final String GROUPS = "groups";
  private static final String SIZE = "size";
  private static final String BY = "by";
  private static final String ROLE = "role";
  private static final String FROM = "from";
  private static final String SPREAD = "spread";
  private static final String AVOID_REPEATS = "avoidRepeats";
  private static final String FOLLOW = "follow";
  private static final String PRIVATE = "private";
  private static final String NAME = "name";
  private static final String SEED = "seed";
  private static final String PREVIEW = "preview";
  private static final String ALL = "all";
  private static final List<String> PLACES = List.of("main", ALL);
  private static final int MAX_SIZE = 10_000;
  private static final int NUMBER_LENGTH = 6;

  private static final Map<String, By> WAYS =
      Map.of(
          "random", By.RANDOM,
          "tagsame", By.TAG_SAME,
          "tagmixed", By.TAG_MIXED,
          "attention", By.ATTENTION);

  private final Renderer renderer;

  /**
   * The order.
   *
   * @param renderer writes the preview
   */
  AutoBreakoutOrder(final Renderer renderer) {
    this.renderer = renderer;
  }

  /** The function's parameters. */
  static Param[] params() {
    return new Param[] {
      Param.optional(GROUPS, ParamType.NUMBER)
          .about("How many groups, 1 to 1000; either this or size."),
      Param.optional(SIZE, ParamType.NUMBER)
          .about("How many callers in a group, at least 2; their number is rounded, a half down."),
      Param.optional(BY, ParamType.WORD)
          .about("What decides who sits with whom; random if absent.")
          .oneOf(List.of("random", "tagSame", "tagMixed", "attention")),
      Param.optional(ROLE, ParamType.WORD)
          .about("Callers of this role are divided; PARTICIPANT if absent.")
          .oneOf(Values.roles()),
      Param.optional(FROM, ParamType.WORD)
          .about("Callers of the main room, or of breakouts too; main if absent.")
          .oneOf(PLACES),
      Param.optional(SPREAD, ParamType.BOOLEAN)
          .about("Whether ASSISTANTs are dealt over the groups besides; false if absent."),
      Param.optional(AVOID_REPEATS, ParamType.BOOLEAN)
          .about("Whether those who sat together before are kept apart; true if absent."),
      Param.optional(FOLLOW, ParamType.BOOLEAN)
          .about(
              "Whether late-comers of the role, and those let in later, go to the smallest of the"
                  + " groups until recalled."),
      Param.optional(PRIVATE, ParamType.BOOLEAN)
          .about("Whether the groups do not hear the hosts' microphones."),
      Param.optional(NAME, ParamType.TEXT)
          .about("What the groups' names begin with, a number follows; Breakout if absent."),
      Param.optional(SEED, ParamType.NUMBER)
          .about("Makes chance the same each time; one is drawn if absent."),
      Param.optional(PREVIEW, ParamType.BOOLEAN)
          .about("Answers the plan as a read does, by type, and does nothing.")
    };
  }

  @Override
  public Command command(final Origin origin, final TokenScope scope, final Parameters parameters) {
    return new Command.AutoBreakout(
        origin,
        scope.requireCall().call().uid(),
        grouping(parameters),
        parameters.flag(PRIVATE),
        parameters.flag(FOLLOW));
  }

  @Override
  public boolean asks(final Parameters parameters) {
    return parameters.flag(PREVIEW);
  }

  @Override
  public String answer(final TokenScope scope, final Parameters parameters, final View view) {
    final Grouping grouping = grouping(parameters);
    final CallSnapshot call = scope.requireCall();
    GroupPlanner.refusal(call, grouping)
        .ifPresent(
            refused -> {
              throw Refusal.parameter(refused.parameter(), refused.what());
            });
    return renderer.groupPlan(scope.conference(), GroupPlanner.plan(call, grouping), view);
  }

  private static Grouping grouping(final Parameters parameters) {
    final int groups = number(parameters, GROUPS, 1, 1_000);
    final int size = number(parameters, SIZE, 2, MAX_SIZE);
    if (groups == 0 && size == 0) {
      throw Refusal.parameter(GROUPS, "missing, and so is size");
    }
    if (groups > 0 && size > 0) {
      throw Refusal.parameter(SIZE, "not beside groups");
    }
    final Role role =
        parameters.find(ROLE).map(text -> Values.role(ROLE, text)).orElse(Role.PARTICIPANT);
    final boolean spread = parameters.flag(SPREAD);
    if (spread && role == Role.ASSISTANT) {
      throw Refusal.parameter(SPREAD, "not beside role ASSISTANT");
    }
    return new Grouping(
        groups,
        size,
        by(parameters),
        role,
        everywhere(parameters),
        spread,
        parameters.find(AVOID_REPEATS).isEmpty() || parameters.flag(AVOID_REPEATS),
        Values.text(NAME, parameters.text(NAME), Values.MAX_NAME - NUMBER_LENGTH),
        parameters
            .find(SEED)
            .map(text -> Values.number(SEED, text, 0, Integer.MAX_VALUE))
            .orElseGet(() -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE)));
  }

  private static int number(
      final Parameters parameters, final String name, final int min, final int max) {
    return parameters.find(name).map(text -> Values.number(name, text, min, max)).orElse(0);
  }

  private static By by(final Parameters parameters) {
    if (parameters.find(BY).isEmpty()) {
      return By.RANDOM;
    }
    final By by = WAYS.get(parameters.get(BY).toLowerCase(Locale.ROOT));
    if (by == null) {
      throw Refusal.parameter(BY, "no such way " + Values.shown(parameters.get(BY)));
    }
    return by;
  }

  private static boolean everywhere(final Parameters parameters) {
    final String from = parameters.find(FROM).orElse(PLACES.get(0)).toLowerCase(Locale.ROOT);
    if (!PLACES.contains(from)) {
      throw Refusal.parameter(FROM, Values.shown(parameters.get(FROM)) + " is not main or all");
    }
    return from.equals(ALL);
  }
}
