package dev.conductor.http;

import dev.conductor.command.Command.NewBreakout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two forms of createBreakout: one group, or with {@code count} several whose parameters end in
 * the group's number. What can be told wrong without the call is refused here. Any thread.
 */
final class BreakoutForms {
  private static final String COUNT = "count";
  private static final String CALLERS = "callers";
  private static final String BREAKOUT_UID = "breakoutUID";
  private static final String NAME = "name";
  private static final String PRIVATE = "private";
  private static final int MAX_COUNT = 1_000;
  private static final List<String> BASES = List.of(CALLERS, BREAKOUT_UID, NAME, PRIVATE);

  private BreakoutForms() {}

  /** The parameters of both forms. */
  static Param[] params() {
    return new Param[] {
      Param.optional(COUNT, ParamType.NUMBER)
          .about("How many groups; their parameters then end in 1, 2, 3 and so on."),
      Param.optional(CALLERS, ParamType.UIDS).about("UIDs of those who go in."),
      Param.optional(BREAKOUT_UID, ParamType.UID).about("The UID it is to have."),
      Param.optional(NAME, ParamType.TEXT).about("Its name; Breakout n if absent."),
      Param.optional(PRIVATE, ParamType.BOOLEAN)
          .about("Whether it does not hear the hosts' microphones."),
      Param.optional(CALLERS + "#", ParamType.UIDS).about("The same of group #."),
      Param.optional(BREAKOUT_UID + "#", ParamType.UID).about("The same of group #."),
      Param.optional(NAME + "#", ParamType.TEXT).about("The same of group #."),
      Param.optional(PRIVATE + "#", ParamType.BOOLEAN).about("The same of group #.")
    };
  }

  /** The groups asked for, at least one. */
  static List<NewBreakout> groups(final Parameters parameters) {
    if (parameters.find(COUNT).isEmpty()) {
      for (final String name : parameters.names()) {
        if (numberOf(name) != null) {
          throw Refusal.parameter(COUNT, "missing beside " + name);
        }
      }
      return List.of(group(parameters, 0));
    }
    final int count = Values.number(COUNT, parameters.get(COUNT), 1, MAX_COUNT);
    checkNames(parameters, count);
    final List<NewBreakout> groups = new ArrayList<>(count);
    for (int number = 1; number <= count; number++) {
      groups.add(group(parameters, number));
    }
    checkOnce(groups);
    return groups;
  }

  private static NewBreakout group(final Parameters parameters, final int number) {
    final String end = number == 0 ? "" : Integer.toString(number);
    final String uid = BREAKOUT_UID + end;
    final String name = NAME + end;
    return new NewBreakout(
        parameters.find(uid).map(text -> Values.chosenUid(uid, text)).orElse(""),
        Values.text(name, parameters.text(name), Values.MAX_NAME),
        parameters.flag(PRIVATE + end),
        Values.uids(CALLERS + end, parameters.get(CALLERS + end)),
        number);
  }

  /** Beside a count every parameter of a group has a number up to it. */
  private static void checkNames(final Parameters parameters, final int count) {
    for (final String name : parameters.names()) {
      if (BASES.contains(name)) {
        throw Refusal.parameter(name, "not beside count");
      }
      final String number = numberOf(name);
      if (number != null && !isIn(number, count)) {
        throw Refusal.parameter(name, "its number is not in 1.." + count);
      }
    }
  }

  private static boolean isIn(final String number, final int count) {
    return number.charAt(0) != '0'
        && number.length() <= Integer.toString(MAX_COUNT).length()
        && Integer.parseInt(number) <= count;
  }

  /** The digits after one of the groups' parameters, null for any other name. */
  private static String numberOf(final String name) {
    for (final String base : BASES) {
      if (name.startsWith(base) && name.length() > base.length()) {
        return name.substring(base.length());
      }
    }
    return null;
  }

  private static void checkOnce(final List<NewBreakout> groups) {
    final Map<String, String> callers = new HashMap<>();
    final Map<String, String> uids = new HashMap<>();
    for (final NewBreakout group : groups) {
      final String here = group.parameter(CALLERS);
      for (final String caller : group.callers()) {
        final String before = callers.put(caller, here);
        if (before != null) {
          throw Refusal.parameter(here, Values.shown(caller) + " is in " + before + " too");
        }
      }
      final String chosen = group.parameter(BREAKOUT_UID);
      final String before = group.uid().isEmpty() ? null : uids.put(group.uid(), chosen);
      if (before != null) {
        throw Refusal.parameter(chosen, group.uid() + " is " + before + " too");
      }
    }
  }
}
