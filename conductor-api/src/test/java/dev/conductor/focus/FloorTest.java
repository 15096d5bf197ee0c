package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.API;
import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.model.Caller;
import dev.conductor.model.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** nextHand. */
class FloorTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.lecture());
  private String host;
  private String ann;
  private String bob;
  private String cem;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
    cem = focus.enter(TestConference.PIN_3, "7003");
    raise(bob, 2);
    raise(cem, 5);
    raise(ann, 2);
    focus.log.takeNames();
  }

  private void raise(final String uid, final int level) {
    focus.update(new CallerChange.Attention(level), uid);
    focus.pass(10);
  }

  private Accepted next(final int attention, final String uid, final boolean keep) {
    return focus.ask(new Command.NextHand(API, focus.callUid(), attention, uid, keep));
  }

  private String floor() {
    return focus.call().call().floorUid();
  }

  private Caller.Sound sound(final String uid) {
    return focus.caller(uid).sound();
  }

  @Test
  void shouldGiveTheFloorToTheOldestHand() {
    assertThat(focus.hears(host, bob)).isFalse();

    assertThat(next(0, "", false)).isEqualTo(Accepted.yes(focus.call().seq()));

    assertThat(floor()).isEqualTo(bob);
    assertThat(sound(bob).mic()).isTrue();
    assertThat(sound(bob).mute()).isFalse();
    assertThat(focus.caller(bob).hand()).isEqualTo(Caller.Hand.DOWN);
    assertThat(focus.hears(host, bob)).isTrue();
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER MUTE", "CALLER MIKE", "CALLER ATTENTION", "CALL UPDATE");
    assertThat(focus.media.lastPrompt(focus.sessionOf(bob)).clips())
        .containsExactly("you-may-speak");
  }

  @Test
  void shouldTakeTheMicOfTheOneBefore() {
    next(0, "", false);
    focus.log.takeNames();
    focus.update(new CallerChange.Mute(false), cem);
    focus.log.takeNames();

    next(0, "", false);

    assertThat(floor()).isEqualTo(cem);
    assertThat(sound(bob).mic()).isFalse();
    assertThat(focus.log.events.get(0).target()).isEqualTo(focus.caller(bob));
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER MIKE", "CALLER MIKE", "CALLER ATTENTION", "CALL UPDATE");
    assertThat(focus.media.lastPrompt(focus.sessionOf(bob)).clips())
        .containsExactly("you-have-no-microphone");
  }

  @Test
  void shouldLetTheOneBeforeKeepHisMic() {
    next(0, "", false);
    next(0, "", true);
    assertThat(floor()).isEqualTo(cem);
    assertThat(sound(bob).mic()).isTrue();
  }

  @Test
  void shouldTakeHandsOfOneLevelOnly() {
    next(5, "", false);
    assertThat(floor()).isEqualTo(cem);
    assertThat(next(5, "", false).message())
        .isEqualTo("attention: no hand of level 5 is up in the main room");
    next(2, "", false);
    assertThat(floor()).isEqualTo(bob);
  }

  @Test
  void shouldTakeOneOutOfTurn() {
    next(0, ann, false);
    assertThat(floor()).isEqualTo(ann);
    next(0, "", false);
    assertThat(floor()).isEqualTo(bob);
  }

  @Test
  void shouldSayWhyThatOneCannotHaveIt() {
    focus.breakouts(group("A", cem));
    focus.bye(ann);
    focus.log.takeNames();

    assertThat(next(0, "X", false).message()).isEqualTo("UID: no caller X in this call");
    assertThat(next(0, ann, false).message()).isEqualTo("UID: " + ann + " has left");
    assertThat(next(0, cem, false).message()).isEqualTo("UID: " + cem + " is not in the main room");
    assertThat(next(0, host, false).message()).isEqualTo("UID: the hand of " + host + " is not up");
    assertThat(focus.log.takeNames()).isEmpty();
    next(0, "", false);
    assertThat(next(0, "", false).message()).isEqualTo("attention: no hand is up in the main room");
    assertThat(floor()).isEqualTo(bob);
  }

  @Test
  void shouldNotTakeAMicThatIsNotThereToTake() {
    next(0, "", false);
    focus.bye(bob);
    focus.log.takeNames();
    next(0, "", false);
    assertThat(focus.log.takeNames()).filteredOn("CALLER MIKE"::equals).hasSize(1);

    focus.update(new CallerChange.ToRole(Role.OPERATOR), cem);
    next(0, "", false);
    assertThat(floor()).isEqualTo(ann);
    assertThat(sound(cem).mic()).as("an operator's is always on").isTrue();
  }

  @Test
  void shouldGiveItToTheSameOneAgain() {
    next(0, ann, false);
    raise(ann, 1);
    focus.log.takeNames();
    next(0, ann, false);
    assertThat(sound(ann).mic()).isTrue();
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER MIKE", "CALLER ATTENTION", "CALL UPDATE");
  }

  @Test
  void shouldTakeTheMicOfOneWhoRedialledSince() {
    next(0, "", false);
    focus.bye(bob);
    focus.bye(focus.enter(TestConference.PIN_2, "7002"));
    final String again = focus.enter(TestConference.PIN_2, "7002");
    assertThat(sound(again).mic()).isTrue();
    focus.log.takeNames();

    next(0, "", false);

    assertThat(floor()).isEqualTo(cem);
    assertThat(sound(again).mic()).isFalse();
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALLER MIKE", "CALLER MUTE", "CALLER MIKE", "CALLER ATTENTION", "CALL UPDATE");
  }

  @Test
  void shouldShowTheFloorOfNobodyWhoHasLeft() {
    next(0, "", false);
    focus.log.takeNames();

    focus.bye(bob);
    assertThat(floor()).isEmpty();
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE", "CALL UPDATE");

    final String again = focus.enter(TestConference.PIN_2, "7002");
    assertThat(floor()).isEqualTo(again);
    assertThat(focus.log.takeNames()).containsExactly("CALL NEWCALLER", "CALL UPDATE");

    final String callUid = focus.callUid();
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, callUid));
    assertThat(focus.snapshots.call(callUid).orElseThrow().call().floorUid()).isEmpty();
  }

  @Test
  void shouldNotReturnTheFloorToOneWhoComesBackWhenAnotherHasIt() {
    next(0, "", false);
    focus.bye(bob);
    next(0, "", false);

    focus.enter(TestConference.PIN_2, "7002");

    assertThat(floor()).isEqualTo(cem);
  }

  @Test
  void shouldLetOneWhoRedialledHaveItAgain() {
    next(0, "", false);
    focus.bye(bob);
    final String again = focus.enter(TestConference.PIN_2, "7002");
    raise(again, 1);

    next(0, again, false);

    assertThat(floor()).isEqualTo(again);
    assertThat(sound(again).mic()).isTrue();
  }

  @Test
  void shouldTakeTheOneWhoCameInFirstOfTwoHandsRaisedAtOnce() {
    next(0, "", false);
    next(0, "", false);
    next(0, "", false);
    focus.update(new CallerChange.Attention(1), cem, host, ann);

    next(0, "", false);

    assertThat(floor()).isEqualTo(host);
  }
}
