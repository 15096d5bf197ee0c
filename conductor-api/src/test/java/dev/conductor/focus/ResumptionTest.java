package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.TimerChange;
import dev.conductor.event.Event;
import dev.conductor.model.Breakout;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.store.Change;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A server that finds the calls of one that was killed goes on with them. */
class ResumptionTest {
  private static final String PIN = TestConference.PIN_2;

  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  /** What a kill leaves: the store alone. */
  private void crash() {
    focus = new HandDrivenFocus(Map.of(), focus.store);
    focus.commits = true;
  }

  @Test
  void shouldGoOnWithTheSameCallItsCallersGoneAndItsNumbersRisingOn() {
    final String host = focus.enter(TestConference.HOST, "7009");
    final String guest = focus.enter(PIN, "7002");
    focus.breakouts(group("A", guest), group("B"));
    final CallSnapshot before = focus.call();

    crash();

    assertThat(focus.log.calls)
        .containsExactly("resumed " + before.call().uid() + " after " + before.seq());
    assertThat(focus.callUid()).as("at once").isEqualTo(before.call().uid());
    assertThat(focus.call()).as("as it was committed last").isEqualTo(before);
    focus.turn();
    assertThat(focus.callUid()).isEqualTo(before.call().uid());
    assertThat(focus.call().call().breakouts()).containsExactly("A", "B");
    assertThat(focus.caller(host).active()).isFalse();
    assertThat(focus.caller(host).presence().reason()).isEqualTo("CRASH");
    assertThat(focus.caller(guest).seat().place()).isEqualTo(Place.MAIN);
    assertThat(focus.breakout("A").callers()).isEmpty();
    assertThat(focus.log.events.stream().map(Event::seq))
        .containsExactlyElementsOf(
            LongStream.rangeClosed(before.seq() + 1, before.seq() + 3).boxed().toList());
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER UPDATE", "CALLER UPDATE", "BREAKOUT UPDATE");
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
  }

  @Test
  void shouldGiveARedialTheSeatOfOneWhoWasOnTheLine() {
    focus.enter(TestConference.HOST, "7009");
    final String old = focus.enter(PIN, "7002");
    focus.breakouts(group("A", old));
    focus.update(new CallerChange.Mike(false), old);
    focus.update(new CallerChange.Mute(true), old);
    focus.update(new CallerChange.Attention(3), old);
    focus.update(new CallerChange.Tag("Bob"), old);
    focus.update(new CallerChange.Note("!"), old);
    focus.update(new CallerChange.VolumeIn(-2), old);
    final Caller before = focus.caller(old);

    crash();
    focus.turn();
    final Caller now = focus.caller(focus.enter(PIN, "7002"));

    assertThat(now.identity().previousUid()).isEqualTo(old);
    assertThat(now.seat().breakoutUid()).isEqualTo("A");
    assertThat(now.sound()).isEqualTo(before.sound());
    assertThat(now.hand()).isEqualTo(before.hand());
    assertThat(now.texts()).isEqualTo(before.texts());
    assertThat(focus.breakout("A").attention()).isTrue();
    assertThat(focus.control.asked).noneMatch(asked -> asked.startsWith("end"));
  }

  @Test
  void shouldKeepTheSeatsOfThoseWhoDroppedOffBeforeTheCrash() {
    focus.enter(TestConference.HOST, "7009");
    final String away = focus.enter(PIN, "7002");
    final String dropped = focus.enter(TestConference.PIN_3, "7003");
    focus.breakouts(group("A", away, dropped));
    focus.bye(away);
    focus.update(new CallerChange.Drop(), dropped);

    crash();
    focus.jump(1_000);

    assertThat(focus.caller(focus.enter(PIN, "7002")).seat().breakoutUid()).isEqualTo("A");
    assertThat(focus.caller(away).presence().reason()).as("he had left before").isEqualTo("BYE");
    assertThat(focus.caller(focus.enter(TestConference.PIN_3, "7003")).identity().previousUid())
        .isEmpty();
  }

  @Test
  void shouldNotGiveBackASeatThatWasForgottenOrTakenBeforeTheCrash() {
    focus.enter(TestConference.HOST, "7009");
    final String first = focus.enter(PIN, "7002");
    focus.bye(first);
    focus.jump(301_000);
    focus.bye(focus.enter(TestConference.PIN_3, "7003"));
    final String taken = focus.enter(TestConference.PIN_3, "7003");
    focus.update(new CallerChange.Drop(), taken);

    crash();
    focus.jump(1_000);

    assertThat(previousOf(focus.enter(PIN, "7002"))).isEmpty();
    assertThat(previousOf(focus.enter(TestConference.PIN_3, "7003"))).isEmpty();
  }

  private String previousOf(final String uid) {
    return focus.caller(uid).identity().previousUid();
  }

  @Test
  void shouldMoveTheSeatKeptWithItsRoomBeforeTheCrash() {
    focus.enter(TestConference.HOST, "7009");
    final String away = focus.enter(PIN, "7002");
    focus.bye(away);
    focus.set(FlagField.GREENROOM, true);

    crash();
    focus.turn();

    assertThat(focus.caller(focus.enter(PIN, "7002")).seat().place()).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldWaitForItsCallersAsLongAsTheirSeatsAreKeptAndThenAsUsual() {
    focus.enter(TestConference.HOST, "7009");
    final String callUid = focus.callUid();

    crash();
    focus.turn();
    focus.jump(298_000);
    assertThat(focus.callUids()).as("before the seats are forgotten").containsExactly(callUid);
    focus.bye(focus.enter(TestConference.HOST, "7009"));
    focus.jump(32_000);

    assertThat(focus.callUids()).as("empty for the usual grace").isEmpty();
    assertThat(focus.snapshots.call(callUid).orElseThrow().call().active()).isFalse();
  }

  @Test
  void shouldCloseACallThatNobodyComesBackTo() {
    focus.enter(TestConference.HOST, "7009");

    crash();
    focus.turn();
    focus.jump(302_000);

    assertThat(focus.callUids()).isEmpty();
    assertThat(focus.store.loadOpenCalls()).isEmpty();
  }

  @Test
  void shouldKeepOutWhoWasBannedAndKeepTheNamesOfTagsAndBreakoutsApart() {
    focus.enter(TestConference.HOST, "7009");
    final String bad = focus.enter(PIN, "7002");
    focus.ask(new Command.DropCaller(HandDrivenFocus.API, focus.callUid(), List.of(bad), true));
    focus.breakouts(group("A"), group("B"));
    focus.ask(new Command.CreateCallTag(HandDrivenFocus.API, focus.callUid(), 0, "x"));
    final long tag = focus.call().call().tags().get(0).id();

    crash();
    focus.turn();
    focus.enter(TestConference.HOST, "7009");
    focus.key(focus.dial("7002"), PIN);
    focus.breakouts(group("C"));
    focus.ask(new Command.CreateCallTag(HandDrivenFocus.API, focus.callUid(), 0, "y"));

    assertThat(focus.call().callers().values().stream().filter(Caller::active)).hasSize(1);
    assertThat(focus.call().call().tags().get(1).id()).isGreaterThan(tag);
    assertThat(focus.call().breakoutsInOrder().stream().map(Breakout::name))
        .containsExactly("Breakout 1", "Breakout 2", "Breakout 3");
  }

  @Test
  void shouldEndTheBreakoutTimerWhenItWouldHaveEnded() {
    focus.enter(TestConference.HOST, "7009");
    final String guest = focus.enter(PIN, "7002");
    focus.breakouts(group("A", guest));
    focus.ask(
        new Command.BreakoutTimer(
            HandDrivenFocus.API,
            focus.callUid(),
            new TimerChange.Start(
                100, List.of(), new TimerChange.Spoken(Optional.empty(), Optional.empty()))));
    final long endMs = focus.call().call().breakoutEndMs();

    crash();
    focus.turn();
    final String back = focus.enter(PIN, "7002");
    assertThat(focus.call().call().breakoutEndMs()).isEqualTo(endMs);
    assertThat(focus.caller(back).seat().breakoutUid()).isEqualTo("A");
    focus.jump(endMs - focus.nowMs() - 1_000);
    assertThat(focus.caller(back).seat().breakoutUid()).isEqualTo("A");
    focus.jump(2_000);

    assertThat(focus.caller(back).seat().place()).isEqualTo(Place.MAIN);
    assertThat(focus.call().call().breakoutEndMs()).isEqualTo(-1);
  }

  @Test
  void shouldSaveOnlyWhatATurnChangedAndNothingOfTalking() {
    final String host = focus.enter(TestConference.HOST, "7009");
    final String guest = focus.enter(PIN, "7002");
    focus.breakouts(group("A"), group("B"));
    focus.store.committed.clear();

    focus.talks(guest, true);
    focus.talks(guest, false);
    assertThat(focus.store.committed).as("talking").isEmpty();

    focus.update(new CallerChange.Mute(true), guest);
    focus.updateBreakout("B", new BreakoutChange.Name("Bees"));
    assertThat(saved()).containsExactly("caller " + guest, "breakout " + focus.callUid() + " B");
    assertThat(host).isNotEqualTo(guest);
  }

  private List<String> saved() {
    return focus.store.committed.stream()
        .flatMap(batch -> batch.changes().stream())
        .filter(Change.Saved.class::isInstance)
        .map(change -> ((Change.Saved) change).key())
        .toList();
  }

  @Test
  void shouldNoteHowLongACallerTalked() {
    focus.enter(TestConference.HOST, "7009");
    final String guest = focus.enter(PIN, "7002");
    focus.talks(guest, true);
    focus.pass(3_000);
    focus.talks(guest, false);
    focus.pass(5_000);
    focus.talks(guest, true);
    focus.pass(2_000);
    focus.bye(guest);

    final long talkMs =
        focus.store.committed.stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(Change.CallerSaved.class::isInstance)
            .map(Change.CallerSaved.class::cast)
            .filter(of -> of.caller().uid().equals(guest))
            .reduce((first, last) -> last)
            .orElseThrow()
            .attendance()
            .talkMs();
    assertThat(talkMs).isBetween(5_000L, 5_100L);
  }
}
