package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.API;
import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.TimerChange;
import dev.conductor.command.TimerChange.Spoken;
import dev.conductor.event.Event;
import dev.conductor.model.Call;
import dev.conductor.model.Place;
import dev.conductor.model.Times;
import dev.conductor.store.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** recallBreakouts and breakoutTimer. */
class BreakoutTimersTest {
  private static final Spoken DEFAULT = new Spoken(Optional.empty(), Optional.empty());
  private static final Spoken SILENT = new Spoken(Optional.of(List.of(0)), Optional.empty());

  private HandDrivenFocus focus;
  private String host;
  private String ann;
  private String bob;
  private String cem;

  @BeforeEach
  void enter() {
    enter(new HandDrivenFocus(Map.of("entry.spoken-moves", "false"), TestConference.open()));
    focus.breakouts(group("A", ann, bob), group("B", cem));
    focus.log.takeNames();
  }

  private void enter(final HandDrivenFocus into) {
    focus = into;
    host = focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
    cem = focus.enter(TestConference.PIN_3, "7003");
    focus.pass(10);
    focus.media.prompts.clear();
  }

  private Accepted recall(final int countdownS, final String... uids) {
    return focus.ask(
        new Command.RecallBreakouts(API, focus.callUid(), List.of(uids), countdownS, false));
  }

  private Accepted cancelRecall() {
    return focus.ask(new Command.RecallBreakouts(API, focus.callUid(), List.of(), 0, true));
  }

  private Accepted timer(final TimerChange change) {
    return focus.ask(new Command.BreakoutTimer(API, focus.callUid(), change));
  }

  private Accepted start(final int seconds, final Spoken spoken, final String... uids) {
    return timer(new TimerChange.Start(seconds, List.of(uids), spoken));
  }

  private Accepted extend(final int seconds) {
    return timer(new TimerChange.Extend(seconds, List.of(), DEFAULT));
  }

  private Call call() {
    return focus.call().call();
  }

  private boolean isOut(final String uid) {
    return focus.caller(uid).seat().place() == Place.BREAKOUT;
  }

  private List<String> heard(final String uid) {
    final List<String> clips = focus.media.promptsOf(focus.sessionOf(uid));
    focus.media.prompts.clear();
    return clips;
  }

  @Test
  void shouldRecallAllAtOnceAndRemoveWhatItEmptied() {
    focus.breakouts(group("EMPTY"));
    focus.log.takeNames();
    final int plansBefore = focus.media.plansMade;

    assertThat(recall(0)).isEqualTo(Accepted.yes(focus.call().seq()));

    assertThat(focus.media.plansMade - plansBefore).isEqualTo(1);
    assertThat(List.of(ann, bob, cem)).noneMatch(this::isOut);
    assertThat(call().breakouts()).containsExactly("EMPTY");
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "BREAKOUT UPDATE",
            "BREAKOUT UPDATE",
            "CALL UPDATE");
  }

  @Test
  void shouldRecallTheBreakoutsNamed() {
    assertThat(recall(0, "A", "X").message()).isEqualTo("UID: no breakout X in this call");
    assertThat(isOut(ann)).isTrue();

    recall(0, "A");

    assertThat(isOut(ann)).isFalse();
    assertThat(isOut(cem)).isTrue();
    assertThat(call().breakouts()).containsExactly("B");
  }

  @Test
  void shouldAnswerTrueAndTellWhenThereIsNothingToRecall() {
    recall(0);
    focus.log.takeNames();
    assertThat(recall(0).isTrue()).isTrue();
    assertThat(cancelRecall().isTrue()).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE", "CALL UPDATE");
  }

  @Test
  void shouldSendParticipantsBackIntoAGreenRoom() {
    enter(new HandDrivenFocus(TestConference.greenroom()));
    focus.breakouts(group("A", ann, host));
    recall(0);
    assertThat(focus.caller(ann).seat().place()).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.caller(host).seat().place()).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldCountDownAloudAndThenRecall() {
    recall(60, "A");
    assertThat(call().breakoutEndMs()).isEqualTo(focus.nowMs() + 60_000);
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "one-minute");
    focus.pass(29_990);
    assertThat(heard(ann)).isEmpty();
    focus.pass(10);
    assertThat(heard(bob)).containsExactly("breakout-ends-in", "thirty-seconds");
    focus.pass(20_000);
    assertThat(heard(bob)).containsExactly("ten-seconds");
    focus.pass(5_000);
    assertThat(heard(bob)).containsExactly("five-seconds");
    focus.pass(4_990);
    assertThat(isOut(ann)).isTrue();
    assertThat(heard(cem)).isEmpty();

    focus.pass(10);

    assertThat(isOut(ann)).isFalse();
    assertThat(isOut(cem)).isTrue();
    assertThat(call().breakoutEndMs()).isEqualTo(Times.NONE);
    assertThat(focus.log.events).allMatch(event -> event.cause().by().equals("TIMER"));
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER BREAKOUT", "CALLER BREAKOUT", "BREAKOUT UPDATE", "CALL UPDATE");
  }

  @Test
  void shouldStopACountdown() {
    recall(20);
    focus.pass(10_000);
    focus.log.takeNames();
    assertThat(cancelRecall().isTrue()).isTrue();
    assertThat(call().breakoutEndMs()).isEqualTo(Times.NONE);
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    focus.pass(20_000);
    assertThat(isOut(ann)).isTrue();
  }

  @Test
  void shouldWarnTwoMinutesAndHalfAMinuteBeforeTheTimersEnd() {
    start(600, DEFAULT);
    assertThat(call().breakoutEndMs()).isEqualTo(focus.nowMs() + 600_000);
    focus.pass(479_990);
    assertThat(focus.media.prompts).isEmpty();
    focus.pass(10);
    assertThat(focus.media.promptsOf(focus.sessionOf(host))).isEmpty();
    assertThat(focus.media.promptsOf(focus.sessionOf(cem)))
        .containsExactly("breakout-ends-in", "two-minutes");
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "two-minutes");
    focus.pass(90_000);
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "thirty-seconds");
    focus.pass(30_000);
    assertThat(focus.media.prompts).isEmpty();
    assertThat(List.of(ann, bob, cem)).noneMatch(this::isOut);
    assertThat(call().breakouts()).isEmpty();
    assertThat(call().breakoutEndMs()).isEqualTo(Times.NONE);
  }

  @Test
  void shouldTakeWarningsAndACountdownOfOnesOwn() {
    start(120, new Spoken(Optional.of(List.of(90, 25)), Optional.of(15)));
    focus.pass(30_000);
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "one-minute", "thirty-seconds");
    focus.pass(65_000);
    assertThat(heard(ann)).as("no words for 25 s").containsExactly("breakout-ends-soon");
    focus.pass(10_000);
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "fifteen-seconds");
    focus.pass(5_000);
    assertThat(heard(ann)).containsExactly("ten-seconds");
    focus.pass(5_000);
    assertThat(heard(ann)).containsExactly("five-seconds");
  }

  @Test
  void shouldMoveTheTimersEnd() {
    start(100, SILENT);
    focus.pass(50_000);
    assertThat(extend(60).isTrue()).isTrue();
    assertThat(call().breakoutEndMs()).isEqualTo(focus.nowMs() + 110_000);
    focus.pass(100_000);
    assertThat(isOut(ann)).isTrue();
    assertThat(extend(-5).isTrue()).isTrue();
    focus.pass(4_990);
    assertThat(isOut(ann)).isTrue();
    focus.pass(10);
    assertThat(isOut(ann)).isFalse();
    assertThat(extend(5).message()).isEqualTo("extend: no breakout timer runs");
  }

  @Test
  void shouldEndAtOnceWhenItIsShortenedBelowNow() {
    start(100, SILENT);
    focus.log.takeNames();
    extend(-200);
    assertThat(isOut(ann)).isFalse();
    assertThat(focus.log.takeNames()).startsWith("CALL UPDATE").endsWith("CALL UPDATE");
  }

  @Test
  void shouldWarnAgainAfterItWasExtended() {
    start(40, DEFAULT);
    focus.pass(15_000);
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "thirty-seconds");
    extend(60);
    focus.pass(55_000);
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "thirty-seconds");
  }

  @Test
  void shouldStopTheTimer() {
    start(10, SILENT);
    focus.log.takeNames();
    assertThat(timer(new TimerChange.Cancel()).isTrue()).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    assertThat(call().breakoutEndMs()).isEqualTo(Times.NONE);
    focus.pass(20_000);
    assertThat(isOut(ann)).isTrue();
  }

  @Test
  void shouldTimeTheBreakoutsNamedAndPassByThoseGoneMeanwhile() {
    assertThat(start(10, SILENT, "X").message()).isEqualTo("UID: no breakout X in this call");
    start(10, SILENT, "A");
    focus.pass(10_000);
    assertThat(isOut(ann)).isFalse();
    assertThat(isOut(cem)).isTrue();

    focus.breakouts(group("C", ann));
    start(10, SILENT, "C");
    recall(0, "C");
    focus.pass(10_000);
    assertThat(isOut(cem)).as("an end that concerns nobody recalls nobody").isTrue();
  }

  @Test
  void shouldRunACountdownApartFromTheTimer() {
    start(100, SILENT);
    final long endMs = call().breakoutEndMs();
    recall(10, "A");
    assertThat(call().breakoutEndMs()).as("the earlier end").isEqualTo(focus.nowMs() + 10_000);
    focus.pass(10_000);
    assertThat(isOut(ann)).isFalse();
    assertThat(isOut(cem)).isTrue();
    assertThat(call().breakoutEndMs()).isEqualTo(endMs);
    focus.pass(90_000);
    assertThat(isOut(cem)).isFalse();
  }

  @Test
  void shouldStopTheTimerWhenNobodyIsLeftInABreakout() {
    start(100, SILENT);
    recall(0);
    assertThat(call().breakoutEndMs()).isEqualTo(Times.NONE);
    focus.breakouts(group("C", ann));
    focus.pass(100_000);
    assertThat(isOut(ann)).isTrue();
  }

  @Test
  void shouldKeepTheEndInTheStore() {
    start(100, SILENT);
    final Change last =
        focus.store.committed.get(focus.store.committed.size() - 1).changes().stream()
            .filter(change -> change instanceof Change.CallSaved)
            .findFirst()
            .orElseThrow();
    assertThat(((Change.CallSaved) last).call().breakoutEndMs()).isEqualTo(focus.nowMs() + 100_000);
  }

  @Test
  void shouldForgetTheTimerOfACallThatIsClosed() {
    start(10, SILENT);
    final String callUid = focus.callUid();
    focus.ask(new Command.CloseCall(API, callUid));
    assertThat(focus.snapshots.call(callUid).orElseThrow().call().breakoutEndMs())
        .isEqualTo(Times.NONE);
    final List<Event> events = List.copyOf(focus.log.events);
    focus.pass(20_000);
    assertThat(focus.log.events).isEqualTo(events);
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
  }

  @Test
  void shouldSpeakOnceAfterAStandstill() {
    start(600, DEFAULT);
    focus.jump(580_000); // past both warnings in one step
    assertThat(heard(ann)).containsExactly("breakout-ends-in", "twenty-seconds");
    focus.pass(5_000);
    assertThat(focus.media.prompts).isEmpty();
  }

  @Test
  void shouldSayWhereToWhereThatIsNotSetOff() {
    enter(new HandDrivenFocus(TestConference.open()));
    focus.breakouts(group("A", ann));
    assertThat(heard(ann)).containsExactly("entered-breakout");
    focus.update(new CallerChange.ToBreakout(""), ann);
    assertThat(heard(ann)).containsExactly("returned-to-main");
  }

  @Test
  void shouldBringBackTheSeatsOfThoseWhoAreGone() {
    focus.bye(cem);

    recall(0);

    final String again = focus.enter(TestConference.PIN_3, "7003");
    assertThat(focus.caller(again).identity().previousUid()).isEqualTo(cem);
    assertThat(isOut(again)).isFalse();
    assertThat(focus.breakout("B").callers()).isEmpty();
  }

  @Test
  void shouldTakeOtherBreakoutsWhenItIsExtended() {
    start(10, SILENT, "A");
    timer(new TimerChange.Extend(0, List.of("B"), SILENT));
    extend(1);
    focus.pass(11_000);

    assertThat(isOut(ann)).isTrue();
    assertThat(isOut(cem)).isFalse();
  }
}
