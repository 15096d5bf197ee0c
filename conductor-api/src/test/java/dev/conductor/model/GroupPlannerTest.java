package dev.conductor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.model.Grouping.By;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupPlannerTest {
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<String, Breakout> breakouts = new LinkedHashMap<>();
  private final List<List<String>> together = new ArrayList<>();

  private String caller(final Role role, final Place place, final String group) {
    return caller(role, new Caller.Seat(place, group, Times.NONE), List.of(), Caller.Hand.DOWN, "");
  }

  private String caller(
      final Role role,
      final Caller.Seat seat,
      final List<CallTag> tags,
      final Caller.Hand hand,
      final String previousUid) {
    final String uid = "U" + callers.size();
    callers.put(
        uid,
        new Caller(
            new Caller.Identity(uid, "C", "", "", "", "", "", 0, previousUid),
            role,
            seat,
            Caller.Sound.of(RoleFlag.open(role)),
            hand,
            new Caller.Texts("", "", "", "", "", tags, Custom.none()),
            Caller.Presence.HERE,
            false));
    if (seat.place() == Place.BREAKOUT) {
      final Breakout there =
          breakouts.computeIfAbsent(
              seat.breakoutUid(), key -> Breakout.empty(key, "C", "Name of " + key, false));
      final List<String> uids = new ArrayList<>(there.callers());
      uids.add(uid);
      breakouts.put(seat.breakoutUid(), there.withCallers(uids));
    }
    return uid;
  }

  private String participant() {
    return caller(Role.PARTICIPANT, Place.MAIN, "");
  }

  private String tagged(final long... tagIds) {
    final List<CallTag> tags = new ArrayList<>();
    for (final long id : tagIds) {
      tags.add(new CallTag(id, "t" + id, 0));
    }
    final Caller.Seat main = new Caller.Seat(Place.MAIN, "", Times.NONE);
    return caller(Role.PARTICIPANT, main, tags, Caller.Hand.DOWN, "");
  }

  private String hand(final int level) {
    final Caller.Seat main = new Caller.Seat(Place.MAIN, "", Times.NONE);
    return caller(Role.PARTICIPANT, main, List.of(), new Caller.Hand(level, 1), "");
  }

  private CallSnapshot call() {
    final Call call =
        new Call(
            "C",
            "CONF",
            0,
            Times.NONE,
            true,
            List.copyOf(callers.keySet()),
            List.copyOf(breakouts.keySet()),
            List.of(),
            List.of(),
            new Call.Flags(true, false, false, false, false, true, false, false),
            new Call.Texts("", "", "", "", "", "", "", Custom.none()),
            "",
            Times.NONE);
    return new CallSnapshot(
        call,
        Collections.unmodifiableMap(new HashMap<>(callers)),
        Collections.unmodifiableMap(new HashMap<>(breakouts)),
        1,
        List.copyOf(together));
  }

  private static Grouping groups(final int groups, final By by, final int seed) {
    return new Grouping(groups, 0, by, Role.PARTICIPANT, false, false, true, "", seed);
  }

  private GroupPlan plan(final Grouping wish) {
    assertThat(GroupPlanner.refusal(call(), wish)).isEmpty();
    return GroupPlanner.plan(call(), wish);
  }

  private static List<Integer> sizes(final GroupPlan plan) {
    return plan.groups().stream().map(group -> group.callers().size()).toList();
  }

  private static void assertDivided(final GroupPlan plan, final Set<String> whom) {
    final List<String> all = plan.groups().stream().flatMap(g -> g.callers().stream()).toList();
    assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(whom);
    final List<Integer> sizes = sizes(plan);
    assertThat(Collections.max(sizes) - Collections.min(sizes)).isLessThanOrEqualTo(1);
    assertThat(Collections.min(sizes)).as("nobody sits alone").isGreaterThanOrEqualTo(2);
    assertThat(plan.groups().stream().map(GroupPlan.Group::name)).doesNotHaveDuplicates();
  }

  /** How often two of a group sat together before, counted the slow way. */
  private int repeats(final GroupPlan plan) {
    final List<List<String>> before = new ArrayList<>(together);
    breakouts.values().forEach(there -> before.add(there.callers()));
    int repeats = 0;
    for (final GroupPlan.Group group : plan.groups()) {
      for (final List<String> met : before) {
        final int n = (int) group.callers().stream().filter(met::contains).count();
        repeats += n * (n - 1) / 2;
      }
    }
    return repeats;
  }

  @RepeatedTest(300)
  void shouldDivideWhomItShouldIntoGroupsOfOneSizeWhateverIsAsked() {
    final int seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
    final SplittableRandom random = new SplittableRandom(seed);
    final Set<String> whom = new HashSet<>();
    final boolean everywhere = random.nextBoolean();
    final boolean spread = random.nextBoolean();
    final int n = random.nextInt(60);
    int participants = 0;
    for (int i = 0; i < n; i++) {
      final Role role = Role.values()[random.nextInt(4) > 0 ? 0 : random.nextInt(4)];
      final Place place = Place.values()[random.nextInt(3)];
      final String group = place == Place.BREAKOUT ? "B" + random.nextInt(5) : "";
      final String uid =
          caller(
              role,
              new Caller.Seat(place, group, Times.NONE),
              random.nextBoolean() ? List.of() : List.of(new CallTag(random.nextInt(1, 5), "", 0)),
              random.nextBoolean() ? Caller.Hand.DOWN : new Caller.Hand(random.nextInt(1, 6), 1),
              "");
      final boolean isIn = place == Place.MAIN || place == Place.BREAKOUT && everywhere;
      if (isIn && (role == Role.PARTICIPANT || spread && role == Role.ASSISTANT)) {
        whom.add(uid);
        participants += role == Role.PARTICIPANT ? 1 : 0;
      }
    }
    final boolean bySize = random.nextBoolean();
    final Grouping wish =
        new Grouping(
            bySize ? 0 : random.nextInt(1, 20),
            bySize ? random.nextInt(2, 20) : 0,
            By.values()[random.nextInt(4)],
            Role.PARTICIPANT,
            everywhere,
            spread,
            random.nextBoolean(),
            "",
            seed);

    if (participants < 2) {
      assertThat(GroupPlanner.refusal(call(), wish)).as("seed %d", seed).isPresent();
      return;
    }
    final GroupPlan plan = plan(wish);

    assertThat(plan.seed()).isEqualTo(seed);
    assertThat(plan).as("seed %d divides alike", seed).isEqualTo(plan(wish));
    try {
      assertDivided(plan, whom);
    } catch (final AssertionError wrong) {
      throw new AssertionError("seed " + seed + ": " + wish, wrong);
    }
  }

  @ParameterizedTest(name = "{0} callers by size {1}: {2}")
  @CsvSource({
    "2, 2, 1",
    "3, 2, 1",
    "5, 2, 2",
    "6, 4, 1",
    "10, 4, 2",
    "11, 4, 3",
    "14, 4, 3",
    "15, 4, 4",
    "2, 100, 1",
    "40, 7, 6",
    "7, 3, 2",
    "8, 3, 3"
  })
  void shouldRoundTheNumberOfGroupsAHalfDown(final int n, final int size, final int groups) {
    IntStream.range(0, n).forEach(i -> participant());

    final GroupPlan plan =
        plan(new Grouping(0, size, By.RANDOM, Role.PARTICIPANT, false, false, true, "", 1));

    assertThat(plan.groups()).hasSize(groups);
  }

  @Test
  void shouldMakeFewerGroupsThanAskedForRatherThanSeatSomebodyAlone() {
    IntStream.range(0, 7).forEach(i -> participant());
    assertThat(sizes(plan(groups(10, By.RANDOM, 3)))).containsExactly(3, 2, 2);
  }

  @Test
  void shouldSayWhyNobodyCanBeDivided() {
    caller(Role.PRESENTER, Place.MAIN, "");
    caller(Role.PARTICIPANT, Place.ENTRYWAY, "");
    assertThat(GroupPlanner.refusal(call(), groups(2, By.RANDOM, 1)))
        .contains(new GroupPlan.Refused("role", "no PARTICIPANT is in the main room"));
    participant();
    assertThat(GroupPlanner.refusal(call(), groups(2, By.RANDOM, 1)))
        .contains(new GroupPlan.Refused("role", "one PARTICIPANT alone is in the main room"));
  }

  @Test
  void shouldRefuseMoreBreakoutsThanACallHasRoomFor() {
    IntStream.range(0, 990).forEach(i -> caller(Role.PRESENTER, Place.BREAKOUT, "B" + i));
    IntStream.range(0, 22).forEach(i -> participant());

    assertThat(GroupPlanner.refusal(call(), groups(10, By.RANDOM, 1))).isEmpty();
    assertThat(GroupPlanner.refusal(call(), groups(11, By.RANDOM, 1)))
        .contains(
            new GroupPlan.Refused("groups", "a call has no room for more than 1000 breakouts"));
  }

  @Test
  void shouldLetEverySeedDivideOtherwise() {
    IntStream.range(0, 20).forEach(i -> participant());
    final Set<List<GroupPlan.Group>> seen = new HashSet<>();
    for (int seed = 0; seed < 20; seed++) {
      seen.add(plan(groups(4, By.RANDOM, seed)).groups());
    }
    assertThat(seen).hasSize(20);
  }

  @RepeatedTest(20)
  void shouldSeatEachTagTogetherAndTheUntaggedBetween() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    final Map<String, Long> tagOf = new HashMap<>();
    for (long tag = 1; tag <= 3; tag++) {
      for (int i = 0; i < 3; i++) {
        tagOf.put(tagged(9, tag), tag); // the lowest ID counts
      }
    }
    IntStream.range(0, 3).forEach(i -> participant());

    final GroupPlan plan = plan(groups(3, By.TAG_SAME, seed));

    for (final GroupPlan.Group group : plan.groups()) {
      assertThat(group.callers()).as("seed %d", seed).hasSize(4);
      assertThat(group.callers().stream().filter(tagOf::containsKey).map(tagOf::get).distinct())
          .as("seed %d", seed)
          .hasSize(1);
    }
  }

  @RepeatedTest(20)
  void shouldSeatWhoRaisedTheSameHandTogether() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    final Map<String, Integer> levelOf = new HashMap<>();
    for (final int level : new int[] {1, 1, 1, 1, 4, 4, 4, 5, 5, 5}) {
      levelOf.put(hand(level), level);
    }

    final GroupPlan plan = plan(groups(3, By.ATTENTION, seed));

    assertThat(sizes(plan)).containsExactlyInAnyOrder(4, 3, 3);
    for (final GroupPlan.Group group : plan.groups()) {
      assertThat(group.callers().stream().map(levelOf::get).distinct())
          .as("seed %d", seed)
          .hasSize(1);
    }
  }

  @RepeatedTest(50)
  void shouldDealEachTagOverAllGroupsAlsoWhenItAvoidsRepeats() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    final SplittableRandom random = new SplittableRandom(seed);
    final Map<String, Long> tagOf = new HashMap<>();
    final int n = random.nextInt(8, 60);
    for (int i = 0; i < n; i++) {
      final long tag = random.nextInt(4);
      tagOf.put(tag == 0 ? participant() : tagged(tag), tag);
    }
    together.add(List.copyOf(tagOf.keySet()).subList(0, n / 2));

    final GroupPlan plan = plan(groups(4, By.TAG_MIXED, seed));

    for (long tag = 0; tag < 4; tag++) {
      final long wanted = tag;
      final List<Long> counts =
          plan.groups().stream()
              .map(g -> g.callers().stream().filter(uid -> tagOf.get(uid) == wanted).count())
              .toList();
      assertThat(Collections.max(counts) - Collections.min(counts))
          .as("tag %d, seed %d", tag, seed)
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void shouldDealAssistantsOverTheGroups() {
    IntStream.range(0, 10).forEach(i -> participant());
    final Set<String> helpers = new HashSet<>();
    IntStream.range(0, 4).forEach(i -> helpers.add(caller(Role.ASSISTANT, Place.MAIN, "")));
    caller(Role.ASSISTANT, Place.BREAKOUT, "B");

    final GroupPlan plan =
        plan(new Grouping(3, 0, By.RANDOM, Role.PARTICIPANT, false, true, true, "", 5));

    assertThat(sizes(plan)).containsExactlyInAnyOrder(5, 5, 4);
    assertThat(plan.groups())
        .allSatisfy(
            group ->
                assertThat(group.callers().stream().filter(helpers::contains).count())
                    .isBetween(1L, 2L));
  }

  @Test
  void shouldNumberTheNamesAndLeaveOutThoseThatStay() {
    IntStream.range(0, 4).forEach(i -> participant());
    caller(Role.PARTICIPANT, Place.BREAKOUT, "B");
    breakouts.put("B", breakouts.get("B").withName("Table 1"));

    assertThat(
            plan(new Grouping(2, 0, By.RANDOM, Role.PARTICIPANT, false, false, true, "Table", 5))
                .groups())
        .extracting(GroupPlan.Group::name)
        .containsExactly("Table 2", "Table 3");
    assertThat(
            plan(new Grouping(2, 0, By.RANDOM, Role.PARTICIPANT, true, false, true, "Table", 5))
                .groups())
        .extracting(GroupPlan.Group::name)
        .containsExactly("Table 1", "Table 2"); // the old one is emptied, so its name is free
  }

  /** 16 who sat in fours, then again and again: for four rounds more nobody need meet anybody. */
  @RepeatedTest(10)
  void shouldKeepApartWhoSatTogetherWhereThatCanBe() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    IntStream.range(0, 16).forEach(i -> participant());
    for (int round = 0; round < 2; round++) {
      final GroupPlan plan = plan(groups(4, By.RANDOM, seed + round));
      assertThat(repeats(plan)).as("round %d, seed %d", round, seed).isZero();
      assertThat(plan.repeats()).isZero();
      plan.groups().forEach(group -> together.add(group.callers()));
    }
  }

  @RepeatedTest(30)
  void shouldCountWhatCannotBeHelpedAndBeatChance() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    final SplittableRandom random = new SplittableRandom(seed);
    final int n = random.nextInt(12, 80);
    IntStream.range(0, n)
        .forEach(i -> caller(Role.PARTICIPANT, Place.BREAKOUT, "B" + random.nextInt(3)));
    final int count = random.nextInt(2, 6);
    final GroupPlan avoiding =
        plan(new Grouping(count, 0, By.RANDOM, Role.PARTICIPANT, true, false, true, "", seed));
    final GroupPlan chance =
        plan(new Grouping(count, 0, By.RANDOM, Role.PARTICIPANT, true, false, false, "", seed));

    assertThat(avoiding.repeats()).as("seed %d", seed).isEqualTo(repeats(avoiding));
    assertThat(chance.repeats()).as("seed %d", seed).isEqualTo(repeats(chance));
    assertThat(avoiding.repeats()).as("seed %d", seed).isLessThanOrEqualTo(chance.repeats());
  }

  /** Six in three pairs: every way to pair them is tried to know the fewest repeats. */
  @RepeatedTest(50)
  void shouldFindTheFewestRepeatsOfSix() {
    final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
    final SplittableRandom random = new SplittableRandom(seed);
    final List<String> six = IntStream.range(0, 6).mapToObj(i -> participant()).toList();
    for (int i = 0; i < 7; i++) {
      final int one = random.nextInt(6);
      together.add(List.of(six.get(one), six.get((one + random.nextInt(1, 6)) % 6)));
    }

    final GroupPlan plan = plan(groups(3, By.RANDOM, seed));

    assertThat(plan.repeats()).as("seed %d", seed).isEqualTo(fewest(new ArrayList<>(six)));
  }

  private int fewest(final List<String> left) {
    if (left.isEmpty()) {
      return 0;
    }
    int fewest = Integer.MAX_VALUE;
    for (int i = 1; i < left.size(); i++) {
      final List<String> rest = new ArrayList<>(left);
      final List<String> pair = List.of(left.get(0), left.get(i));
      rest.removeAll(pair);
      final int met = (int) together.stream().filter(t -> t.containsAll(pair)).count();
      fewest = Math.min(fewest, met + fewest(rest));
    }
    return fewest;
  }

  @Test
  void shouldKnowWhoRedialledAsTheOneHeWas() {
    final String ann = participant();
    final String bob = participant();
    final Caller.Seat main = new Caller.Seat(Place.MAIN, "", Times.NONE);
    callers.put(ann, callers.get(ann).gone(5, "BYE"));
    final String again = caller(Role.PARTICIPANT, main, List.of(), Caller.Hand.DOWN, ann);
    participant();
    participant();
    together.add(List.of(ann, bob));

    for (int seed = 0; seed < 20; seed++) {
      final GroupPlan plan = plan(groups(2, By.RANDOM, seed));
      assertThat(plan.repeats()).isZero();
      assertThat(plan.groups()).noneMatch(g -> g.callers().containsAll(List.of(again, bob)));
    }
  }

  @Test
  void shouldDivideFiveThousandThatMetForTenRounds() {
    IntStream.range(0, 5_000).forEach(i -> participant());
    final List<String> all = new ArrayList<>(callers.keySet());
    final SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 10; round++) {
      for (int i = all.size() - 1; i > 0; i--) {
        Collections.swap(all, i, random.nextInt(i + 1));
      }
      IntStream.range(0, 1_000)
          .forEach(i -> together.add(List.copyOf(all.subList(5 * i, 5 * i + 5))));
    }
    final CallSnapshot call = call();
    final Grouping wish = groups(1_000, By.RANDOM, 1);
    GroupPlanner.plan(call, wish);
    final long beginNs = System.nanoTime();
    final GroupPlan plan = GroupPlanner.plan(call, wish);
    System.out.printf(
        "5,000 callers, 10 rounds: planned the second time in %d ms, %d repeats%n",
        (System.nanoTime() - beginNs) / 1_000_000, plan.repeats());

    assertDivided(plan, callers.keySet());
    assertThat(plan.repeats()).isLessThan(20); // by chance it would be about 80
  }
}
