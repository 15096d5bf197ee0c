package dev.conductor.model;

import dev.conductor.model.Grouping.By;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Divides the callers of a call into groups. Their sizes differ by one at most and nobody sits
 * alone: fewer groups are made than were asked for when there are not two callers for each. With a
 * size their number is callers by size, rounded, a half down, at least one. Pure: takes no clock
 * and no chance but the seed; any thread; reads a snapshot, allocates the plan.
 */
public final class GroupPlanner {
  private static final String DEFAULT_PREFIX = "Breakout";
  private static final int NO_KIND = 0;

  private final CallSnapshot call;
  private final Grouping wish;
  private final SplittableRandom random;
  private final List<Caller> callers = new ArrayList<>();
  private final List<Caller> assistants = new ArrayList<>();

  private GroupPlanner(final CallSnapshot call, final Grouping wish) {
    this.call = call;
    this.wish = wish;
    this.random = new SplittableRandom(wish.seed());
    for (final Caller caller : call.callersInOrder()) {
      if (caller.active() && isIn(caller.seat().place())) {
        if (caller.role() == wish.role()) {
          callers.add(caller);
        } else if (wish.spread() && caller.role() == Role.ASSISTANT) {
          assistants.add(caller);
        }
      }
    }
  }

  /** Why nobody can be divided so, empty when they can. */
  public static Optional<GroupPlan.Refused> refusal(final CallSnapshot call, final Grouping wish) {
    return Optional.ofNullable(new GroupPlanner(call, wish).refusal());
  }

  private GroupPlan.Refused refusal() {
    if (callers.size() < 2) {
      final String who = callers.isEmpty() ? "no " + wish.role() : "one " + wish.role() + " alone";
      final String where =
          wish.everywhere() ? " is in the main room or a breakout" : " is in the main room";
      return new GroupPlan.Refused("role", who + where);
    }
    return staying().size() + sizes().length > Call.MAX_BREAKOUTS
        ? new GroupPlan.Refused(
            wish.groups() > 0 ? "groups" : "size",
            "a call has no room for more than " + Call.MAX_BREAKOUTS + " breakouts")
        : null;
  }

  /** The plan; there must be no {@link #refusal}. */
  public static GroupPlan plan(final CallSnapshot call, final Grouping wish) {
    return new GroupPlanner(call, wish).plan();
  }

  private boolean isIn(final Place place) {
    return place == Place.MAIN || place == Place.BREAKOUT && wish.everywhere();
  }

  private GroupPlan plan() {
    shuffle(callers);
    shuffle(assistants);
    final int[] sizes = sizes();
    final int[] kinds = callers.stream().mapToInt(this::kind).toArray();
    final int[] groupOf =
        wish.by() == By.TAG_SAME || wish.by() == By.ATTENTION
            ? together(kinds, sizes)
            : dealt(kinds, sizes.length);
    final Meetings meetings = new Meetings(call, callers, sizes.length);
    meetings.seat(groupOf);
    if (wish.avoidRepeats()) {
      new RepeatAvoider(meetings, kinds, random).run(groupOf);
    }
    final List<List<Caller>> groups = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      groups.add(new ArrayList<>());
    }
    for (int i = 0; i < groupOf.length; i++) {
      groups.get(groupOf[i]).add(callers.get(i));
    }
    addAssistants(groups);
    return new GroupPlan(wish.seed(), meetings.repeats(), named(groups));
  }

  private int[] sizes() {
    final int n = callers.size();
    final int wanted = wish.groups() > 0 ? wish.groups() : rounded(n, wish.size());
    final int count = Math.max(1, Math.min(wanted, n / 2));
    final int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = n / count + (i < n % count ? 1 : 0);
    }
    return sizes;
  }

  /** A half is rounded down. */
  private static int rounded(final int dividend, final int divisor) {
    return dividend / divisor + (2 * (dividend % divisor) > divisor ? 1 : 0);
  }

  /** What a caller has in common with others of his kind. */
  private int kind(final Caller caller) {
    return switch (wish.by()) {
      case RANDOM -> NO_KIND;
      case ATTENTION -> caller.hand().attention();
      case TAG_SAME, TAG_MIXED ->
          (int) caller.texts().tags().stream().mapToLong(CallTag::id).min().orElse(NO_KIND);
    };
  }

  /** Deals one kind after the other, one caller to each group in turn. */
  private int[] dealt(final int[] kinds, final int groups) {
    final int[] groupOf = new int[kinds.length];
    int turn = 0;
    for (final List<Integer> members : byKind(kinds).values()) {
      for (final int member : members) {
        groupOf[member] = turn++ % groups;
      }
    }
    return groupOf;
  }

  /**
   * Seats the largest kind first, each whole where there is room for it, else in as few groups as
   * can be; those of no kind fill what is left.
   */
  private int[] together(final int[] kinds, final int[] sizes) {
    final int[] groupOf = new int[kinds.length];
    final int[] room = sizes.clone();
    final Map<Integer, List<Integer>> byKind = byKind(kinds);
    final List<Integer> others = byKind.remove(NO_KIND);
    final List<List<Integer>> largestFirst = new ArrayList<>(byKind.values());
    largestFirst.sort(Comparator.comparingInt(members -> -members.size()));
    if (others != null) {
      largestFirst.add(others);
    }
    for (final List<Integer> members : largestFirst) {
      int seated = 0;
      while (seated < members.size()) {
        final int group = bestFit(room, members.size() - seated);
        while (room[group] > 0 && seated < members.size()) {
          groupOf[members.get(seated++)] = group;
          room[group]--;
        }
      }
    }
    return groupOf;
  }

  /** The least room that is enough, else the most there is. */
  private static int bestFit(final int[] room, final int count) {
    int best = 0;
    for (int i = 1; i < room.length; i++) {
      final boolean isEnough = room[i] >= count;
      final boolean wasEnough = room[best] >= count;
      if (isEnough ? !wasEnough || room[i] < room[best] : !wasEnough && room[i] > room[best]) {
        best = i;
      }
    }
    return best;
  }

  private static Map<Integer, List<Integer>> byKind(final int[] kinds) {
    final Map<Integer, List<Integer>> byKind = new LinkedHashMap<>();
    for (int i = 0; i < kinds.length; i++) {
      byKind.computeIfAbsent(kinds[i], kind -> new ArrayList<>()).add(i);
    }
    return byKind;
  }

  /** One to each group in turn, the smaller groups first. */
  private void addAssistants(final List<List<Caller>> groups) {
    final List<List<Caller>> smallFirst = new ArrayList<>(groups);
    smallFirst.sort(Comparator.comparingInt(List::size));
    for (int i = 0; i < assistants.size(); i++) {
      smallFirst.get(i % smallFirst.size()).add(assistants.get(i));
    }
  }

  /** Numbers the groups from 1, leaving out names of breakouts that stay. */
  private List<GroupPlan.Group> named(final List<List<Caller>> groups) {
    final Set<String> taken = staying().stream().map(Breakout::name).collect(Collectors.toSet());
    final String prefix = wish.prefix().isEmpty() ? DEFAULT_PREFIX : wish.prefix();
    final List<GroupPlan.Group> named = new ArrayList<>();
    int number = 0;
    for (final List<Caller> group : groups) {
      String name;
      do {
        name = prefix + " " + ++number;
      } while (taken.contains(name));
      named.add(new GroupPlan.Group(name, group.stream().map(Caller::uid).toList()));
    }
    return named;
  }

  /** The breakouts that are there afterwards too: those not emptied by this. */
  private List<Breakout> staying() {
    final Map<String, Integer> leaving = new HashMap<>();
    callers.forEach(caller -> leaving.merge(caller.seat().breakoutUid(), 1, Integer::sum));
    assistants.forEach(caller -> leaving.merge(caller.seat().breakoutUid(), 1, Integer::sum));
    return call.breakouts().values().stream()
        .filter(
            there ->
                there.callers().isEmpty()
                    || leaving.getOrDefault(there.uid(), 0) < there.callers().size())
        .toList();
  }

  private <T> void shuffle(final List<T> list) {
    for (int i = list.size() - 1; i > 0; i--) {
      final int other = random.nextInt(i + 1);
      final T swapped = list.set(i, list.get(other));
      list.set(other, swapped);
    }
  }
}
