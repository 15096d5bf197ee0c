package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.API;
import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.GroupPlan;
import dev.conductor.model.GroupPlanner;
import dev.conductor.model.Grouping;
import dev.conductor.model.Grouping.By;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** autoBreakout and undoMove. */
class BulkMovesTest {
  private HandDrivenFocus focus;
  private String host;
  private List<String> people;

  @BeforeEach
  void enter() {
    enter(new HandDrivenFocus(TestConference.open()), 6);
  }

  private void enter(final HandDrivenFocus into, final int count) {
    focus = into;
    host = focus.enter(TestConference.HOST, "7900");
    people = new ArrayList<>();
    IntStream.range(0, count)
        .forEach(i -> people.add(focus.enter(TestConference.PIN_1, "7100" + i)));
    focus.log.takeNames();
  }

  private static Grouping groups(final int groups) {
    return new Grouping(groups, 0, By.RANDOM, Role.PARTICIPANT, false, false, true, "", 3);
  }

  private static Grouping everywhere(final int groups) {
    return new Grouping(groups, 0, By.RANDOM, Role.PARTICIPANT, true, false, true, "", 4);
  }

  private Accepted auto(final Grouping grouping) {
    return auto(grouping, false);
  }

  private Accepted auto(final Grouping grouping, final boolean follow) {
    return focus.ask(new Command.AutoBreakout(API, focus.callUid(), grouping, false, follow));
  }

  private Accepted undo() {
    return focus.ask(new Command.UndoMove(API, focus.callUid()));
  }

  private Accepted recall(final String... uids) {
    return focus.ask(new Command.RecallBreakouts(API, focus.callUid(), List.of(uids), 0, false));
  }

  private List<String> breakouts() {
    return focus.call().call().breakouts();
  }

  private Set<List<String>> seating() {
    return focus.call().breakoutsInOrder().stream()
        .map(Breakout::callers)
        .collect(Collectors.toSet());
  }

  private Place placeOf(final String uid) {
    return focus.caller(uid).seat().place();
  }

  private static List<String> times(final int count, final String name) {
    return Collections.nCopies(count, name);
  }

  @Test
  void shouldDivideParticipantsOfTheMainRoomAndTellInOrder() {
    final int plansBefore = focus.media.plansMade;
    final Accepted answer = auto(groups(2));

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(placeOf(host)).isEqualTo(Place.MAIN);
    assertThat(focus.call().breakoutsInOrder())
        .allSatisfy(there -> assertThat(there.callers()).hasSize(3))
        .extracting(Breakout::name)
        .containsExactly("Breakout 1", "Breakout 2");
    final List<String> names = new ArrayList<>(times(2, "CALL NEWBREAKOUT"));
    names.addAll(times(6, "CALLER BREAKOUT"));
    names.addAll(times(2, "CONFERENCE NEWBREAKOUT"));
    assertThat(focus.log.takeNames()).containsExactlyElementsOf(names);
    final String one = focus.breakout(breakouts().get(0)).callers().get(0);
    final String mate = focus.breakout(breakouts().get(0)).callers().get(1);
    final String stranger = focus.breakout(breakouts().get(1)).callers().get(0);
    assertThat(focus.hears(one, mate)).isTrue();
    assertThat(focus.hears(one, stranger)).isFalse();
    assertThat(focus.hears(one, host)).isTrue();
  }

  @Test
  void shouldDoWhatThePreviewOfTheSameCallShows() {
    final GroupPlan shown = GroupPlanner.plan(focus.call(), groups(2));
    auto(groups(2));
    assertThat(focus.call().breakoutsInOrder())
        .extracting(there -> new GroupPlan.Group(there.name(), there.callers()))
        .containsExactlyElementsOf(shown.groups());
  }

  @Test
  void shouldTakePrivateAndNames() {
    focus.ask(
        new Command.AutoBreakout(
            API,
            focus.callUid(),
            new Grouping(2, 0, By.RANDOM, Role.PARTICIPANT, false, false, true, "Table", 3),
            true,
            false));
    assertThat(focus.call().breakoutsInOrder())
        .allMatch(Breakout::isPrivate)
        .extracting(Breakout::name)
        .containsExactly("Table 1", "Table 2");
  }

  @Test
  void shouldMixAllAnewAndRemoveWhatItEmptied() {
    auto(groups(2));
    final List<String> old = breakouts();
    focus.breakouts(group("EMPTY"));
    focus.update(new CallerChange.ToBreakout(old.get(0)), host); // a host stays in his group
    focus.log.takeNames();
    final int plansBefore = focus.media.plansMade;

    assertThat(auto(everywhere(3)).isTrue()).isTrue();

    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(breakouts()).hasSize(5).contains(old.get(0), "EMPTY").doesNotContain(old.get(1));
    assertThat(focus.breakout(old.get(0)).callers()).containsExactly(host);
    final List<String> names = new ArrayList<>(times(3, "CALL NEWBREAKOUT"));
    names.addAll(times(6, "CALLER BREAKOUT"));
    names.addAll(times(2, "BREAKOUT UPDATE"));
    names.addAll(times(3, "CONFERENCE NEWBREAKOUT"));
    names.add("CALL UPDATE");
    assertThat(focus.log.takeNames()).containsExactlyElementsOf(names);
  }

  @Test
  void shouldRememberWhoSatTogetherHoweverTheyCameAndWent() {
    final List<String> four = people.subList(0, 4);
    focus.bye(people.get(4));
    focus.bye(people.get(5));
    focus.breakouts(group("A", four.get(0), four.get(1)), group("B", four.get(2), four.get(3)));
    focus.update(new CallerChange.ToBreakout(""), four.get(0)); // by hand, one by one
    focus.update(new CallerChange.ToBreakout(""), four.get(1));
    focus.updateBreakout("B", new BreakoutChange.RemoveCallers(four.subList(2, 4)));
    assertThat(focus.call().together()).containsExactly(four.subList(0, 2), four.subList(2, 4));

    for (int round = 0; round < 2; round++) {
      auto(groups(2));
      assertThat(focus.call().breakoutsInOrder().stream().map(Breakout::callers).map(Set::copyOf))
          .doesNotContain(Set.copyOf(four.subList(0, 2)), Set.copyOf(four.subList(2, 4)));
      recall();
    }
    assertThat(focus.call().together().stream().map(Set::copyOf).collect(Collectors.toSet()))
        .as("three rounds, no pair twice")
        .hasSize(6);
  }

  @Test
  void shouldRefuseNamingTheParameter() {
    recall();
    for (final String uid : people.subList(1, 6)) {
      focus.bye(uid);
    }
    focus.log.takeNames();
    assertThat(auto(groups(2)).message())
        .isEqualTo("role: one PARTICIPANT alone is in the main room");
    assertThat(undo().message()).isEqualTo("callUID: no bulk move in the last 60 s");
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldLetLateComersFollowIntoTheSmallestGroupUntilRecalled() {
    auto(groups(2), true);
    final List<String> made = breakouts();
    focus.bye(focus.breakout(made.get(1)).callers().get(0));
    focus.log.takeNames();

    final String late = focus.enter(TestConference.PIN_2, "7200");
    assertThat(focus.log.takeNames()).containsExactly("CALL NEWCALLER", "BREAKOUT UPDATE");
    assertThat(focus.caller(late).seat().breakoutUid()).isEqualTo(made.get(1));
    final String later = focus.enter(TestConference.PIN_2, "7201");
    final String last = focus.enter(TestConference.PIN_2, "7202");
    assertThat(List.of(later, last))
        .extracting(uid -> focus.caller(uid).seat().breakoutUid())
        .containsExactlyElementsOf(made);
    final String helper = focus.enter(TestConference.ASSISTANT, "7203");
    assertThat(placeOf(helper)).as("only late-comers of the role").isEqualTo(Place.MAIN);

    recall();
    assertThat(placeOf(focus.enter(TestConference.PIN_3, "7204"))).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldLetThoseLetInLaterFollowToo() {
    enter(new HandDrivenFocus(TestConference.greenroom()), 4);
    focus.update(new CallerChange.ToBreakout("main"), people.toArray(String[]::new));
    auto(groups(2), true);
    final String waiting = focus.enter(TestConference.PIN_2, "7300");
    assertThat(placeOf(waiting)).isEqualTo(Place.ENTRYWAY);

    focus.update(new CallerChange.ToBreakout(""), waiting);

    assertThat(placeOf(waiting)).isEqualTo(Place.BREAKOUT);
  }

  @Test
  void shouldLetAllFollowWhenTheGreenRoomIsOver() {
    enter(new HandDrivenFocus(TestConference.greenroom()), 4);
    focus.update(new CallerChange.ToBreakout("main"), people.toArray(String[]::new));
    auto(groups(2), true);
    final List<String> waiting =
        List.of(
            focus.enter(TestConference.PIN_2, "7300"), focus.enter(TestConference.PIN_3, "7301"));
    final int plansBefore = focus.media.plansMade;
    focus.log.takeNames();

    focus.ask(
        new Command.UpdateCall(
            API, focus.callUid(), new CallChange.Flag(CallChange.FlagField.GREENROOM, false)));

    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(focus.call().breakoutsInOrder())
        .allSatisfy(there -> assertThat(there.callers()).hasSize(3).containsAnyElementsOf(waiting));
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALL UPDATE",
            "CALLER UPDATE",
            "CALLER UPDATE",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "BREAKOUT UPDATE",
            "BREAKOUT UPDATE");
    assertThat(lastPrompt(waiting.get(0))).isEqualTo("entered-breakout");
  }

  @Test
  void shouldNotMakeARedialFollowWhoWasLeftInTheMainRoom() {
    auto(groups(2), true);
    final String one = people.get(0);
    focus.update(new CallerChange.ToBreakout(""), one);
    final String ani = focus.caller(one).identity().ani();
    focus.bye(one);

    assertThat(placeOf(focus.enter(TestConference.PIN_1, ani))).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldUndoADivisionAndRemoveItsGroups() {
    final List<Caller.Seat> before = people.stream().map(uid -> focus.caller(uid).seat()).toList();
    auto(groups(2), true);
    focus.log.takeNames();
    final int plansBefore = focus.media.plansMade;

    assertThat(undo().isTrue()).isTrue();

    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(breakouts()).isEmpty();
    assertThat(people).extracting(this::placeOf).containsOnly(before.get(0).place());
    final List<String> names = new ArrayList<>(times(6, "CALLER BREAKOUT"));
    names.addAll(times(2, "BREAKOUT UPDATE"));
    names.add("CALL UPDATE");
    assertThat(focus.log.takeNames()).containsExactlyElementsOf(names);
    assertThat(placeOf(focus.enter(TestConference.PIN_2, "7200"))).isEqualTo(Place.MAIN);
    assertThat(focus.call().together()).as("what was undone is no meeting").isEmpty();
    assertThat(undo().isTrue()).as("once").isFalse();
  }

  @Test
  void shouldUndoARecallWithItsBreakoutsAsTheyWere() {
    focus.breakouts(group("A", people.get(0), people.get(1)), group("B", people.get(2)));
    focus.updateBreakout("A", new BreakoutChange.Data("kept"));
    final Set<List<String>> before = seating();
    recall();
    assertThat(breakouts()).isEmpty();
    focus.log.takeNames();
    focus.pass(59_000);

    assertThat(undo().isTrue()).isTrue();

    assertThat(seating()).isEqualTo(before);
    assertThat(focus.breakout("A").data()).isEqualTo("kept");
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALL NEWBREAKOUT",
            "CALL NEWBREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CONFERENCE NEWBREAKOUT",
            "CONFERENCE NEWBREAKOUT",
            "CALL UPDATE");
  }

  @Test
  void shouldUndoACreationAndEveryMoveOfTwoOrMore() {
    focus.breakouts(group("A", people.get(0)));
    undo();
    assertThat(breakouts()).isEmpty();
    focus.breakouts(group("A", people.get(0), people.get(1)));

    focus.update(new CallerChange.ToBreakout("A"), people.get(2), people.get(3));
    focus.update(new CallerChange.ToBreakout("A"), people.get(4)); // one alone is no bulk move
    undo();

    assertThat(focus.breakout("A").callers())
        .containsExactly(people.get(0), people.get(1), people.get(4));
  }

  @Test
  void shouldLeaveWhoHasLeftOrWasMovedSince() {
    focus.breakouts(group("A", people.get(0), people.get(1), people.get(2)), group("B"));
    focus.bye(people.get(0));
    focus.update(new CallerChange.ToBreakout("B"), people.get(1));

    assertThat(undo().isTrue()).isTrue();

    assertThat(focus.caller(people.get(0)).active()).isFalse();
    assertThat(focus.caller(people.get(1)).seat().breakoutUid()).isEqualTo("B");
    assertThat(placeOf(people.get(2))).isEqualTo(Place.MAIN);
    assertThat(breakouts()).containsExactly("B");
  }

  @Test
  void shouldNotUndoAfterAMinute() {
    auto(groups(2));
    focus.pass(59_990);
    focus.jump(20);
    assertThat(undo().message()).isEqualTo("callUID: no bulk move in the last 60 s");
    assertThat(breakouts()).hasSize(2);
  }

  @Test
  void shouldPutWaitersBackIntoTheEntryway() {
    enter(new HandDrivenFocus(TestConference.greenroom()), 2);
    focus.breakouts(group("A", people.get(0), people.get(1)));
    undo();
    assertThat(people).extracting(this::placeOf).containsOnly(Place.ENTRYWAY);
  }

  @Test
  void shouldTellCallersWhereTheyWereMoved() {
    auto(groups(2));
    assertThat(lastPrompt(people.get(0))).isEqualTo("entered-breakout");
    recall();
    assertThat(lastPrompt(people.get(0))).isEqualTo("returned-to-main");
    final int said = focus.media.prompts.size();
    focus.update(new CallerChange.ToBreakout(""), people.get(0)); // he is there already
    assertThat(focus.media.prompts).hasSize(said);
  }

  @Test
  void shouldSayNothingOfMovesWhereThatIsSetOff() {
    enter(
        new HandDrivenFocus(java.util.Map.of("entry.spoken-moves", "false"), TestConference.open()),
        4);
    final int said = focus.media.prompts.size();
    auto(groups(2));
    recall();
    assertThat(focus.media.prompts).hasSize(said);
  }

  private String lastPrompt(final String uid) {
    final List<String> clips = focus.media.lastPrompt(focus.sessionOf(uid)).clips();
    return clips.get(clips.size() - 1);
  }

  @Test
  void shouldMoveFiveHundredIntoSixtyBreakoutsInOnePlan() {
    enter(new HandDrivenFocus(TestConference.open()), 500);
    final Command.NewBreakout[] sixty =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    new Command.NewBreakout(
                        "G" + i, "", false, people.subList(i * 25 / 3, (i + 1) * 25 / 3), i + 1))
            .toArray(Command.NewBreakout[]::new);
    inOnePlan(() -> focus.breakouts(sixty));
    assertThat(seatedInBreakouts()).isEqualTo(500);
    inOnePlan(() -> undo());
    assertThat(seatedInBreakouts()).isZero();
    inOnePlan(() -> auto(groups(60)));
    assertThat(seatedInBreakouts()).isEqualTo(500);
    inOnePlan(() -> auto(everywhere(50)));
    assertThat(seatedInBreakouts()).isEqualTo(500);
    assertThat(breakouts()).hasSize(50);
    inOnePlan(() -> recall());
    assertThat(seatedInBreakouts()).isZero();
    inOnePlan(() -> undo());
    assertThat(seatedInBreakouts()).isEqualTo(500);
  }

  /** One plan in the turn, in which each caller of the call has one place. */
  private void inOnePlan(final Runnable command) {
    final int plansBefore = focus.media.plansMade;
    command.run();
    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(
            focus.media.plans.values().iterator().next().places().stream()
                .map(place -> place.sessionId()))
        .hasSize(501)
        .doesNotHaveDuplicates();
    for (final Breakout there : focus.call().breakoutsInOrder()) {
      final Set<Integer> heard =
          there.callers().stream()
              .map(uid -> focus.place(uid).hearsFirst())
              .collect(Collectors.toSet());
      assertThat(heard).as("one mix a group").hasSizeLessThanOrEqualTo(1);
    }
  }

  private long seatedInBreakouts() {
    return people.stream().filter(uid -> placeOf(uid) == Place.BREAKOUT).count();
  }

  @Test
  void shouldRefuseToDivideIntoMoreBreakoutsThanThereIsRoomFor() {
    final Command.NewBreakout[] many =
        IntStream.range(0, Call.MAX_BREAKOUTS - 1)
            .mapToObj(i -> group("X" + i))
            .toArray(Command.NewBreakout[]::new);
    focus.breakouts(many);
    assertThat(auto(groups(2)).message())
        .isEqualTo("groups: a call has no room for more than 1000 breakouts");
    assertThat(auto(groups(1)).isTrue()).isTrue();
  }
}
