package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallerCommandsTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String ann;
  private String bob;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
    focus.log.takeNames();
  }

  /** Each field: its change, its event, and how it then reads. */
  static Stream<Arguments> fields() {
    return Stream.of(
        field(new CallerChange.Mike(false), "MIKE", c -> !c.sound().mic()),
        field(new CallerChange.Mute(true), "MUTE", c -> c.sound().mute()),
        field(new CallerChange.Deaf(true), "DEAF", c -> c.sound().deaf()),
        field(new CallerChange.Tag("Ann"), "UPDATE", c -> c.texts().tag().equals("Ann")),
        field(new CallerChange.Tag(""), "UPDATE", c -> c.texts().tag().equals("7001")),
        field(new CallerChange.Attention(4), "ATTENTION", c -> c.hand().attention() == 4),
        field(new CallerChange.Data("{}"), "UPDATE", c -> c.texts().data().equals("{}")),
        field(new CallerChange.Notes("new"), "UPDATE", c -> c.texts().notes().equals("new")),
        field(
            new CallerChange.Note(" more"),
            "UPDATE",
            c -> c.texts().notes().equals("notes of 100001 more")),
        field(new CallerChange.Custom1("x"), "UPDATE", c -> c.texts().custom1().equals("x")),
        field(new CallerChange.Custom2(""), "UPDATE", c -> c.texts().custom2().isEmpty()),
        field(new CallerChange.VolumeIn(-4), "UPDATE", c -> c.sound().volumeIn() == -4),
        field(new CallerChange.VolumeOut(4), "UPDATE", c -> c.sound().volumeOut() == 4),
        field(new CallerChange.Energy(0), "UPDATE", c -> c.sound().energy() == 0),
        field(new CallerChange.ToRole(Role.ASSISTANT), "UPDATE", c -> c.role() == Role.ASSISTANT),
        field(new CallerChange.ToBreakout(""), "BREAKOUT", c -> c.seat().place() == Place.MAIN),
        field(new CallerChange.ToBreakout("MAIN"), "BREAKOUT", c -> true),
        field(new CallerChange.Drop(), "UPDATE", c -> !c.active()));
  }

  private static Arguments field(final CallerChange change, final String event, final Reads then) {
    return Arguments.of(change, event, then);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldChangeTheFieldAndRaiseItsOneEvent(
      final CallerChange change, final String event, final Reads then) {
    final Accepted answer = focus.update(change, ann);

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(then.as(focus.caller(ann))).isTrue();
    assertThat(focus.log.events).hasSize(1);
    final Event raised = focus.log.events.get(0);
    assertThat(raised.target()).isEqualTo(focus.caller(ann));
    assertThat(raised.cause()).isEqualTo(new Event.Cause("API", "test", "request-1", "Ann"));
    assertThat(focus.log.takeNames()).containsExactly("CALLER " + event);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldRaiseTheEventAgainWhenItIsSoAlready(
      final CallerChange change, final String event, final Reads then) {
    if (change instanceof CallerChange.Drop || change instanceof CallerChange.Note) {
      return;
    }
    focus.update(change, ann);
    focus.log.takeNames();
    final Accepted again = focus.update(change, ann);

    assertThat(again.isTrue()).isTrue();
    assertThat(then.as(focus.caller(ann))).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CALLER " + event);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldChangeOnlyTextsOfSomebodyWhoLeft(
      final CallerChange change, final String event, final Reads then) {
    focus.bye(ann);
    focus.log.takeNames();
    final Accepted answer = focus.update(change, ann);

    if (TextChanges.isText(change)) {
      assertThat(answer.isTrue()).isTrue();
      assertThat(then.as(focus.caller(ann))).isTrue();
    } else {
      assertThat(answer).isEqualTo(Accepted.no("UID: " + ann + " has left"));
      assertThat(focus.log.takeNames()).isEmpty();
    }
  }

  static Stream<Arguments> refusedValues() {
    return Stream.of(
        Arguments.of(new CallerChange.VolumeIn(5), "value: 5 is not in -4..4"),
        Arguments.of(new CallerChange.VolumeOut(-5), "value: -5 is not in -4..4"),
        Arguments.of(new CallerChange.Energy(1_801), "value: 1801 is not in 0..1800"),
        Arguments.of(new CallerChange.Attention(6), "value: 6 is not in 0..5"),
        Arguments.of(new CallerChange.ToBreakout("B"), "value: no breakout B in this call"));
  }

  @ParameterizedTest
  @MethodSource("refusedValues")
  void shouldChangeNobodyWhenTheValueIsWrong(final CallerChange change, final String message) {
    assertThat(focus.update(change, ann, bob)).isEqualTo(Accepted.no(message));
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldChangeWhomItCanAndNameTheOthers() {
    focus.bye(bob);
    focus.log.takeNames();

    final Accepted answer = focus.update(new CallerChange.Mute(true), "X", ann, bob, host);

    assertThat(answer.isTrue()).isFalse();
    assertThat(answer.message()).isEqualTo("UID: no caller X in this call; " + bob + " has left");
    assertThat(answer.seq()).isEqualTo(focus.call().seq());
    assertThat(focus.caller(ann).sound().mute()).isTrue();
    assertThat(focus.caller(host).sound().mute()).isTrue();
    assertThat(focus.log.events.stream().map(e -> ((Caller) e.target()).uid()))
        .containsExactly(ann, host);
  }

  @Test
  void shouldNotLetTheAnswerGrowWithoutEnd() {
    final List<String> many =
        Stream.iterate(1, n -> n + 1).limit(10_000).map(n -> "NOBODY" + n).toList();

    final Accepted answer =
        focus.ask(
            new Command.UpdateCaller(
                HandDrivenFocus.API, focus.callUid(), many, new CallerChange.Mute(true)));

    assertThat(answer.message()).hasSizeLessThan(8_192).contains("NOBODY1 ").endsWith(" more");
  }

  @Test
  void shouldRefuseACallThatIsNotUp() {
    final String callUid = focus.callUid();
    final Command unknown =
        new Command.UpdateCaller(
            HandDrivenFocus.API, "NOSUCH", List.of(ann), new CallerChange.Mute(true));
    assertThat(focus.ask(unknown)).isEqualTo(Accepted.no("callUID: no call NOSUCH"));

    focus.ask(new Command.CloseCall(HandDrivenFocus.API, callUid));
    final Command late =
        new Command.UpdateCaller(
            HandDrivenFocus.API, callUid, List.of(ann), new CallerChange.Notes("x"));
    assertThat(focus.ask(late)).isEqualTo(Accepted.no("callUID: call " + callUid + " is closed"));
  }

  @Test
  void shouldRefuseNotesThatGrowTooLong() {
    focus.update(new CallerChange.Notes("n".repeat(65_536)), ann);

    final Accepted answer = focus.update(new CallerChange.Note("x"), ann);

    assertThat(answer.message()).isEqualTo("UID: notes of " + ann + " would be longer than 65536");
  }

  @Test
  void shouldNotTakeTheMicFromAnOperator() {
    final String operator = focus.enter(TestConference.OPERATOR, "7008");

    assertThat(focus.update(new CallerChange.Mike(false), operator).message())
        .isEqualTo("UID: " + operator + " is OPERATOR, whose mic is always on");
    assertThat(focus.caller(operator).sound().mic()).isTrue();
  }

  @Test
  void shouldGiveANewOperatorTheMic() {
    focus.update(new CallerChange.Mike(false), ann);
    focus.update(new CallerChange.ToRole(Role.OPERATOR), ann);

    assertThat(focus.caller(ann).sound().mic()).isTrue();
  }

  @Test
  void shouldUpdateAllActiveCallersInOrderOfEntry() {
    focus.bye(ann);
    focus.log.takeNames();

    final Accepted answer =
        focus.ask(
            new Command.UpdateActiveCaller(
                HandDrivenFocus.API,
                focus.callUid(),
                Optional.empty(),
                new CallerChange.Deaf(true)));

    assertThat(answer.isTrue()).isTrue();
    assertThat(focus.log.events.stream().map(e -> ((Caller) e.target()).uid()))
        .containsExactly(host, bob);
  }

  @Test
  void shouldUpdateActiveCallersOfOneRole() {
    focus.ask(
        new Command.UpdateActiveCaller(
            HandDrivenFocus.API,
            focus.callUid(),
            Optional.of(Role.PARTICIPANT),
            new CallerChange.Mute(true)));

    assertThat(focus.caller(host).sound().mute()).isFalse();
    assertThat(focus.caller(ann).sound().mute()).isTrue();
    assertThat(focus.caller(bob).sound().mute()).isTrue();
  }

  @Test
  void shouldAnswerTrueWhenNobodyMatches() {
    final Accepted answer =
        focus.ask(
            new Command.UpdateActiveCaller(
                HandDrivenFocus.API,
                focus.callUid(),
                Optional.of(Role.OPERATOR),
                new CallerChange.Mute(true)));

    assertThat(answer).isEqualTo(Accepted.yes(0));
  }

  @Test
  void shouldDropEachNamedAndNameTheOthers() {
    final Accepted answer =
        focus.ask(
            new Command.DropCaller(
                HandDrivenFocus.API, focus.callUid(), List.of(ann, "X", bob), false));

    assertThat(answer.message()).isEqualTo("UID: no caller X in this call");
    assertThat(focus.caller(ann).presence().reason()).isEqualTo("DROPPED");
    assertThat(focus.control.asked)
        .contains(
            "end " + focus.dialogOf(ann) + " dropped", "end " + focus.dialogOf(bob) + " dropped");
    assertThat(focus.media.closed).containsExactly(focus.sessionOf(ann), focus.sessionOf(bob));
  }

  @Test
  void shouldCloseTheCallForEveryone() {
    focus.breakouts(HandDrivenFocus.group("B", ann));
    focus.log.takeNames();
    final String callUid = focus.callUid();

    final Accepted answer = focus.ask(new Command.CloseCall(HandDrivenFocus.API, callUid));

    assertThat(answer.isTrue()).isTrue();
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALLER UPDATE", "CALLER UPDATE", "CALLER UPDATE", "CALL UPDATE", "SYSTEM END");
    assertThat(focus.snapshots.call(callUid).orElseThrow().callersInOrder())
        .allMatch(caller -> caller.presence().reason().equals("CLOSED"));
    assertThat(focus.snapshots.conference("CONF").orElseThrow().conference().activeCallUid())
        .isEmpty();
    assertThat(focus.media.closed).hasSize(3);
    assertThat(focus.media.endedCalls).containsExactly(1L);
  }

  @Test
  void shouldPutAMuteIntoAPlanInTheSameTurn() {
    focus.commits = false;
    final int plansBefore = focus.media.plansMade;
    focus.agent.offer(
        new Command.UpdateCaller(
            HandDrivenFocus.API, focus.callUid(), List.of(ann), new CallerChange.Mute(true)),
        answer -> {});
    focus.agent.doWork();

    assertThat(focus.media.plansMade).isEqualTo(plansBefore + 1);
    assertThat(focus.hears(host, ann)).isFalse();
    assertThat(focus.hears(host, bob)).isTrue();
  }

  @Test
  void shouldMakeOnePlanForAllThatATurnChanged() {
    final int plansBefore = focus.media.plansMade;
    focus.update(new CallerChange.Mute(true), host, ann, bob);

    assertThat(focus.media.plansMade).isEqualTo(plansBefore + 1);
  }

  @Test
  void shouldLetAWaitingCallerInByMoveOrByRole() {
    final HandDrivenFocus green = new HandDrivenFocus(TestConference.greenroom());
    final String first = green.enter(TestConference.PIN_1, "7001");
    final String second = green.enter(TestConference.PIN_2, "7002");

    green.update(new CallerChange.ToBreakout(""), first);
    green.update(new CallerChange.ToRole(Role.PRESENTER), second);
    assertThat(green.caller(first).seat().place()).isEqualTo(Place.MAIN);
    assertThat(green.caller(second).seat().place()).isEqualTo(Place.MAIN);

    green.update(new CallerChange.ToRole(Role.PARTICIPANT), second);
    assertThat(green.caller(second).seat().place()).isEqualTo(Place.ENTRYWAY);
  }

  /** How a field then reads. */
  private interface Reads {
    boolean as(Caller caller);
  }

  @Test
  void shouldListNoMoreThanFiveThousandWhoLeft() {
    final List<String> uids = new ArrayList<>();
    for (int i = 0; i < 5_002; i++) {
      focus.store.committed.clear();
      focus.log.events.clear();
      uids.add(focus.enter(TestConference.PIN_2, "8" + i));
      focus.bye(uids.get(i));
    }

    assertThat(focus.caller(uids.get(0))).as("left first").isNull();
    assertThat(focus.caller(uids.get(1))).isNull();
    assertThat(focus.caller(uids.get(2)).active()).isFalse();
    assertThat(focus.call().call().callers())
        .doesNotContain(uids.get(0), uids.get(1))
        .contains(ann, uids.get(2), uids.get(5_001));
    assertThat(focus.caller(ann).active()).as("still here, however long").isTrue();
    assertThat(focus.log.takeNames()).endsWith("CALLER UPDATE", "CALL UPDATE");
  }

  @Test
  void shouldHearOneWhoWasLetIntoTheGreenRoomByHisMicAlone() {
    final HandDrivenFocus green = new HandDrivenFocus(TestConference.greenroom());
    final String host = green.enter(TestConference.HOST, "7001");
    final String guest = green.enter(TestConference.PIN_1, "7002");
    green.update(new CallerChange.ToBreakout(""), guest);
    assertThat(green.hears(host, guest)).isTrue();

    green.update(new CallerChange.Mike(false), guest);
    green.update(new CallerChange.Mike(false), host);
    assertThat(green.hears(host, guest)).isFalse();
    assertThat(green.hears(guest, host)).isTrue();
  }
}
