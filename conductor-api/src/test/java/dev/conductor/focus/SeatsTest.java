package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallerChange;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeatsTest {
  private static final String PIN = TestConference.PIN_2;

  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  @BeforeEach
  void enterHost() {
    focus.enter(TestConference.HOST, "7009");
  }

  private String previousOf(final String uid) {
    return focus.caller(uid).identity().previousUid();
  }

  @Test
  void shouldGiveARedialItsSeatBack() {
    final String old = focus.enter(PIN, "7002");
    focus.breakouts(group("A", old));
    focus.update(new CallerChange.Mike(false), old);
    focus.update(new CallerChange.Mute(true), old);
    focus.update(new CallerChange.Attention(3), old);
    focus.update(new CallerChange.Tag("Bob"), old);
    focus.update(new CallerChange.Note("!"), old);
    focus.update(new CallerChange.VolumeIn(-2), old);
    focus.update(new CallerChange.VolumeOut(1), old);
    final Caller before = focus.caller(old);
    focus.bye(old);
    focus.log.takeNames();
    focus.pass(1_000);

    final String uid = focus.enter(PIN, "7002");

    final Caller now = focus.caller(uid);
    assertThat(uid).isNotEqualTo(old);
    assertThat(previousOf(uid)).isEqualTo(old);
    assertThat(now.seat().breakoutUid()).isEqualTo("A");
    assertThat(now.sound()).isEqualTo(before.sound());
    assertThat(now.hand()).isEqualTo(before.hand());
    assertThat(now.texts().tag()).isEqualTo("Bob");
    assertThat(now.texts().notes()).isEqualTo("notes of " + PIN + "!");
    assertThat(focus.breakout("A").callers()).containsExactly(uid);
    assertThat(focus.breakout("A").attention()).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CALL NEWCALLER", "BREAKOUT UPDATE");
  }

  @Test
  void shouldSeatHimInTheMainRoomWhenHisBreakoutIsGone() {
    final String old = focus.enter(PIN, "7002");
    focus.breakouts(group("A", old));
    focus.bye(old);
    focus.breakouts(group("A")); // another one under the same UID

    final String uid = focus.enter(PIN, "7002");

    assertThat(previousOf(uid)).isEqualTo(old);
    assertThat(focus.caller(uid).seat().place()).isEqualTo(Place.MAIN);
    assertThat(focus.breakout("A").callers()).isEmpty();
  }

  @Test
  void shouldTakeTheSeatFromADialogThatIsStillUp() {
    final String old = focus.enter(PIN, "7002");
    focus.breakouts(group("A", old));
    focus.log.takeNames();

    final String uid = focus.enter(PIN, "7002");

    assertThat(focus.caller(old).presence().reason()).isEqualTo("REDIALLED");
    assertThat(focus.control.asked).contains("end " + focus.dialogOf(old) + " redialled");
    assertThat(previousOf(uid)).isEqualTo(old);
    assertThat(focus.breakout("A").callers()).containsExactly(uid);
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER UPDATE", "BREAKOUT UPDATE", "CALL NEWCALLER", "BREAKOUT UPDATE");
  }

  @Test
  void shouldLetSeveralCallersWithDifferentNumbersUseOnePin() {
    final String one = focus.enter(PIN, "7002");
    final String two = focus.enter(PIN, "7003");

    assertThat(focus.caller(one).active()).isTrue();
    assertThat(previousOf(two)).isEmpty();
  }

  @Test
  void shouldNeverTakeTheSeatOfAnActiveCallerWithoutANumber() {
    final String one = focus.enter(PIN, "");
    final String two = focus.enter(PIN, "");

    assertThat(focus.caller(one).active()).isTrue();
    assertThat(previousOf(two)).isEmpty();
  }

  @Test
  void shouldGiveACallerWithoutANumberTheOnlySeatLeft() {
    final String one = focus.enter(PIN, "7002");
    focus.bye(one);

    assertThat(previousOf(focus.enter(PIN, ""))).isEqualTo(one);
  }

  @Test
  void shouldGiveACallerWithoutANumberNoneOfSeveralSeats() {
    final String one = focus.enter(PIN, "7002");
    final String two = focus.enter(PIN, "7003");
    focus.bye(one);
    focus.bye(two);

    assertThat(previousOf(focus.enter(PIN, ""))).isEmpty();
  }

  @Test
  void shouldNotGiveOneSeatTwice() {
    final String one = focus.enter(PIN, "");
    focus.bye(one);
    final String two = focus.enter(PIN, "");
    final String three = focus.enter(PIN, "");

    assertThat(previousOf(two)).isEqualTo(one);
    assertThat(previousOf(three)).isEmpty();
  }

  @Test
  void shouldNotGiveASeatToAnotherPin() {
    final String one = focus.enter(PIN, "7002");
    focus.bye(one);

    assertThat(previousOf(focus.enter(TestConference.PIN_3, "7002"))).isEmpty();
  }

  @Test
  void shouldKeepNoSeatOfSomebodyDropped() {
    final String one = focus.enter(PIN, "7002");
    focus.update(new CallerChange.Drop(), one);

    assertThat(previousOf(focus.enter(PIN, "7002"))).isEmpty();
  }

  @Test
  void shouldKeepASeatAfterATimeOut() {
    final String one = focus.enter(PIN, "7002");
    focus.sip.onEnded(new DialogId(focus.dialogOf(one)), DialogEnd.PEER_GONE, "");
    focus.turn();

    assertThat(previousOf(focus.enter(PIN, "7002"))).isEqualTo(one);
  }

  @Test
  void shouldForgetASeatAfterFiveMinutes() {
    final String one = focus.enter(PIN, "7002");
    focus.bye(one);
    focus.jump(299_000);
    final String soon = focus.enter(PIN, "7002");
    assertThat(previousOf(soon)).isEqualTo(one);

    focus.bye(soon);
    focus.jump(301_000);
    assertThat(previousOf(focus.enter(PIN, "7002"))).isEmpty();
  }

  @Test
  void shouldKeepWhatWasWrittenAboutHimWhileHeWasAway() {
    final String old = focus.enter(PIN, "7002");
    focus.bye(old);
    focus.update(new CallerChange.Note(" called back"), old);
    focus.update(new CallerChange.Tag("Bob"), old);

    final String uid = focus.enter(PIN, "7002");

    assertThat(previousOf(uid)).isEqualTo(old);
    assertThat(focus.caller(uid).texts().notes()).isEqualTo("notes of " + PIN + " called back");
    assertThat(focus.caller(uid).texts().tag()).isEqualTo("Bob");
  }

  @Test
  void shouldGiveHisSeatBackInAFullCallWhenHisOldLineIsStillUp() {
    final HandDrivenFocus small =
        new HandDrivenFocus(Map.of("entry.max-callers-per-call", "2"), TestConference.open());
    small.enter(TestConference.HOST, "7009");
    final String old = small.enter(PIN, "7002");

    final String uid = small.enter(PIN, "7002");

    assertThat(small.caller(uid).identity().previousUid()).isEqualTo(old);
    assertThat(small.caller(old).active()).isFalse();
  }

  @Test
  void shouldGiveAnOperatorHisMicThoughHeHadNoneInAnotherRole() {
    final String old = focus.enter(TestConference.OPERATOR, "7002");
    focus.update(new CallerChange.ToRole(Role.PARTICIPANT), old);
    focus.update(new CallerChange.Mike(false), old);
    focus.bye(old);

    final Caller now = focus.caller(focus.enter(TestConference.OPERATOR, "7002"));

    assertThat(now.role()).isEqualTo(Role.OPERATOR);
    assertThat(now.sound().mic()).isTrue();
  }

  @Test
  void shouldNotHoldARedialThatTheOneBeforeItWas() {
    final String old = focus.enter(PIN, "7002");
    focus.sip.onOffer(
        new DialogId(focus.dialogOf(old)), HandDrivenFocus.description(Direction.SENDONLY, 40_000));
    focus.turn();
    assertThat(focus.caller(old).sound().hold()).isTrue();

    final String uid = focus.enter(PIN, "7002");

    assertThat(previousOf(uid)).isEqualTo(old);
    assertThat(focus.caller(uid).sound().hold()).isFalse();
  }

  @Test
  void shouldEnterOnHoldWhenThePhoneHeldAlready() {
    final long dialog = focus.dial("7002");
    focus.sip.onOffer(
        new DialogId(dialog), HandDrivenFocus.description(Direction.SENDONLY, 40_000));
    focus.turn();

    focus.key(dialog, PIN);

    final String uid = focus.call().call().callers().get(1);
    assertThat(focus.caller(uid).sound().hold()).isTrue();
  }
}
