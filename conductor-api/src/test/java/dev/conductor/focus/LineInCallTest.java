package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Caller;
import dev.conductor.model.Times;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineInCallTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String guest;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    guest = focus.enter(TestConference.PIN_1, "7001");
    focus.pass(1_000);
    focus.log.takeNames();
    focus.control.asked.clear();
  }

  private void offer(final MediaDescription offer) {
    focus.sip.onOffer(new DialogId(focus.dialogOf(guest)), offer);
    focus.turn();
  }

  private void talking(final String uid, final boolean on) {
    focus.media.tell(to -> to.onTalking(focus.sessionOf(uid), on));
    focus.turn();
  }

  @Test
  void shouldHoldAndResumeByReInvite() {
    offer(HandDrivenFocus.description(Direction.SENDONLY, 40_000));

    assertThat(focus.control.asked).containsExactly("accept " + focus.dialogOf(guest));
    assertThat(focus.caller(guest).sound().hold()).isTrue();
    assertThat(focus.place(guest).feedsFirst()).isEqualTo(MixPlan.NO_MIX);
    assertThat(focus.place(guest).hearsFirst()).isEqualTo(MixPlan.NO_MIX);
    assertThat(focus.media.sessions.get(focus.sessionOf(guest)).sends()).isFalse();
    assertThat(focus.log.events.get(0).cause().by()).isEqualTo("PHONE");
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE");

    offer(HandDrivenFocus.description(Direction.SENDRECV, 40_000));

    assertThat(focus.caller(guest).sound().hold()).isFalse();
    assertThat(focus.hears(host, guest)).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE");
  }

  @Test
  void shouldNotCallReceiveOnlyHold() {
    offer(HandDrivenFocus.description(Direction.RECVONLY, 40_000));

    assertThat(focus.caller(guest).sound().hold()).isFalse();
    assertThat(focus.media.sessions.get(focus.sessionOf(guest)).sends()).isTrue();
    assertThat(focus.media.sessions.get(focus.sessionOf(guest)).receives()).isFalse();
  }

  @Test
  void shouldFollowANewAddressWithoutAnEvent() {
    offer(HandDrivenFocus.description(Direction.SENDRECV, 41_234));

    assertThat(focus.media.sessions.get(focus.sessionOf(guest)).remoteRtp().getPort())
        .isEqualTo(41_234);
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldLeaveTheLineAsItWasWhenTheOfferCannotBe() {
    offer(
        new MediaDescription(
            new InetSocketAddress(HandDrivenFocus.HERE, 9),
            List.of(new PayloadFormat(18, "G729", 8_000, 1, "")),
            Direction.SENDONLY,
            false,
            false,
            null,
            null));

    assertThat(focus.control.asked).containsExactly("refuse " + focus.dialogOf(guest) + " 488");
    assertThat(focus.caller(guest).sound().hold()).isFalse();
    assertThat(focus.media.sessions.get(focus.sessionOf(guest)).remoteRtp().getPort())
        .isEqualTo(40_000);
  }

  @Test
  void shouldOfferInAReInviteWithoutOne() {
    offer(null);
    assertThat(focus.control.asked).containsExactly("accept " + focus.dialogOf(guest));

    focus.sip.onConfirmed(
        new DialogId(focus.dialogOf(guest)),
        HandDrivenFocus.description(Direction.INACTIVE, 40_002));
    focus.turn();

    assertThat(focus.caller(guest).sound().hold()).isTrue();
  }

  @Test
  void shouldEndALineHeldTooLong() {
    offer(HandDrivenFocus.description(Direction.INACTIVE, 40_000));
    focus.jump(focus.config.media().holdEndMs() + 1_000L);

    assertThat(focus.caller(guest).presence().reason()).isEqualTo("HOLD_TIMEOUT");
    assertThat(focus.control.asked).contains("end " + focus.dialogOf(guest) + " hold-timeout");
  }

  @Test
  void shouldProbeASilentLineThenGiveItUp() {
    focus.media.tell(to -> to.onSilentLine(focus.sessionOf(guest), 30_000));
    focus.turn();
    assertThat(focus.control.asked).containsExactly("probe " + focus.dialogOf(guest));
    assertThat(focus.caller(guest).active()).isTrue();

    focus.media.tell(to -> to.onSilentLine(focus.sessionOf(guest), 300_000));
    focus.turn();

    assertThat(focus.control.asked).contains("end " + focus.dialogOf(guest) + " media-timeout");
    assertThat(focus.caller(guest).presence().reason()).isEqualTo("MEDIA_TIMEOUT");
    assertThat(focus.log.events.get(0).cause().by()).isEqualTo("TIMER");
    assertThat(focus.media.closed).containsExactly(focus.sessionOf(guest));
  }

  @ParameterizedTest
  @EnumSource(DialogEnd.class)
  void shouldLetHimLeaveForWhateverReasonTheDialogEnds(final DialogEnd end) {
    focus.sip.onEnded(new DialogId(focus.dialogOf(guest)), end, "");
    focus.turn();

    final Caller gone = focus.caller(guest);
    assertThat(gone.active()).isFalse();
    assertThat(gone.presence().reason()).isEqualTo(end.name());
    assertThat(gone.presence().endMs()).isEqualTo(focus.nowMs());
    assertThat(focus.call().call().callers()).containsExactly(host, guest);
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE");
    assertThat(focus.media.closed).containsExactly(focus.sessionOf(guest));
    assertThat(focus.media.plans.get(1L).places()).hasSize(1);
    assertThat(focus.control.asked).isEmpty();
  }

  @Test
  void shouldLetHimLeaveWhenMediaLosesTheSession() {
    focus.media.tell(to -> to.onClosed(focus.sessionOf(guest)));
    focus.turn();

    assertThat(focus.caller(guest).presence().reason()).isEqualTo("MEDIA_FAULT");
    assertThat(focus.media.closed).isEmpty();
    assertThat(focus.control.asked)
        .containsExactly("end " + focus.dialogOf(guest) + " media-fault");
  }

  @Test
  void shouldRaiseTheHandByKeyAndKeepItsTimeWhenTheLevelChanges() {
    focus.key(focus.dialogOf(guest), "3");
    final long raisedMs = focus.nowMs();
    focus.pass(500);
    focus.key(focus.dialogOf(guest), "5");

    assertThat(focus.caller(guest).hand()).isEqualTo(new Caller.Hand(5, raisedMs));
    assertThat(focus.log.events.get(0).cause().by()).isEqualTo("KEYPAD");
    assertThat(focus.log.takeNames()).containsExactly("CALLER ATTENTION", "CALLER ATTENTION");
    assertThat(focus.media.promptsOf(focus.sessionOf(guest))).contains("hand-raised");

    focus.key(focus.dialogOf(guest), "0");

    assertThat(focus.caller(guest).hand()).isEqualTo(new Caller.Hand(0, Times.NONE));
    assertThat(focus.media.promptsOf(focus.sessionOf(guest))).contains("hand-lowered");
  }

  @Test
  void shouldIgnoreKeysRightAfterEntering() {
    final String late = focus.enter(TestConference.PIN_3, "7003");
    focus.pass(980);
    focus.key(focus.dialogOf(late), "1#");
    assertThat(focus.caller(late).hand().attention()).isZero();

    focus.pass(20);
    focus.key(focus.dialogOf(late), "1");
    assertThat(focus.caller(late).hand().attention()).isEqualTo(1);
  }

  @Test
  void shouldIgnoreKeysThatMeanNothing() {
    focus.key(focus.dialogOf(guest), "6789#ABCD");

    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldMuteHimselfByStar() {
    focus.key(focus.dialogOf(guest), "*");
    assertThat(focus.caller(guest).sound().mute()).isTrue();
    assertThat(focus.caller(guest).sound().mutedBy()).isEqualTo("SELF");
    assertThat(focus.hears(host, guest)).isFalse();

    focus.key(focus.dialogOf(guest), "*");
    assertThat(focus.caller(guest).sound().mute()).isFalse();
    assertThat(focus.caller(guest).sound().mutedBy()).isEmpty();
    assertThat(focus.log.takeNames()).containsExactly("CALLER MUTE", "CALLER MUTE");
    assertThat(focus.media.promptsOf(focus.sessionOf(guest)))
        .contains("you-are-muted", "you-are-unmuted");
  }

  @Test
  void shouldUndoAHostsMuteByStar() {
    focus.update(new CallerChange.Mute(true), guest);
    focus.key(focus.dialogOf(guest), "*");

    assertThat(focus.caller(guest).sound().mute()).isFalse();
  }

  @Test
  void shouldTellTalkingUnderTheLastNumberWithoutStoringIt() {
    final long seq = focus.call().seq();
    final int batches = focus.store.committed.size();
    talking(guest, true);
    talking(guest, true);

    assertThat(focus.log.events).hasSize(1);
    final Event event = focus.log.events.get(0);
    assertThat(event.seq()).isEqualTo(seq);
    assertThat(event.passing()).isTrue();
    assertThat(((Caller) event.target()).talking()).isTrue();
    assertThat(focus.caller(guest).talking()).isTrue();
    assertThat(focus.store.committed).hasSize(batches);

    talking(guest, false);
    assertThat(focus.caller(guest).talking()).isFalse();
  }

  @Test
  void shouldEndTalkingRightAfterTheMute() {
    talking(guest, true);
    focus.log.takeNames();
    focus.update(new CallerChange.Mute(true), guest);
    talking(guest, true); // media had not heard of it yet

    assertThat(focus.log.takeNames()).containsExactly("CALLER MUTE", "CALLER TALKING");
    assertThat(focus.caller(guest).talking()).isFalse();
  }

  @Test
  void shouldEndTalkingFirstOnMoveHoldAndLeave() {
    focus.breakouts(HandDrivenFocus.group("B"));
    talking(guest, true);
    focus.log.takeNames();
    focus.update(new CallerChange.ToBreakout("B"), guest);
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER TALKING", "CALLER BREAKOUT", "BREAKOUT UPDATE");

    final String other = focus.enter(TestConference.PIN_2, "7002");
    focus.update(new CallerChange.ToBreakout("B"), other);
    talking(guest, true);
    focus.log.takeNames();
    offer(HandDrivenFocus.description(Direction.SENDONLY, 40_000));
    assertThat(focus.log.takeNames()).containsExactly("CALLER TALKING", "CALLER UPDATE");

    offer(HandDrivenFocus.sendRecv());
    talking(guest, true);
    focus.log.takeNames();
    focus.bye(guest);
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER TALKING", "CALLER UPDATE", "BREAKOUT UPDATE");
  }

  @Test
  void shouldKeepTalkingThroughALostMicInABreakout() {
    focus.breakouts(HandDrivenFocus.group("B", guest, host));
    talking(guest, true);
    focus.update(new CallerChange.Mike(false), guest);

    assertThat(focus.caller(guest).talking()).isTrue();
    assertThat(focus.hears(host, guest)).isTrue();
  }

  @Test
  void shouldHaveMediaForgetNoCallWhoseSessionsAreStillClosing() {
    focus.media.closesLate = true;
    focus.bye(guest);
    final long lost = focus.sessionOf(host);
    focus.media.tell(to -> to.onClosed(lost)); // by a fault of its own, asked by nobody
    focus.turn();
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, focus.callUid()));
    assertThat(focus.media.endedCalls).isEmpty();

    focus.media.tell(to -> to.onClosed(focus.sessionOf(guest)));
    focus.turn();

    assertThat(focus.media.endedCalls).hasSize(1);
  }

  @Test
  void shouldCloseTheCallAfterItStoodEmpty() {
    focus.bye(guest);
    focus.bye(host);
    final String callUid = focus.callUid();
    focus.log.takeNames();
    focus.jump(29_000);
    assertThat(focus.log.takeNames()).isEmpty();

    focus.jump(1_000);

    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE", "SYSTEM END");
    assertThat(focus.log.calls).endsWith("closed " + callUid);
    assertThat(focus.snapshots.call(callUid).orElseThrow().call().active()).isFalse();
    assertThat(focus.callUids()).isEmpty();
    assertThat(focus.media.endedCalls).containsExactly(1L);

    focus.enter(TestConference.PIN_1, "7001");
    assertThat(focus.callUid()).isNotEqualTo(callUid);
  }

  @Test
  void shouldNotCloseACallThatSomebodyEntersAgain() {
    focus.bye(guest);
    focus.bye(host);
    final String callUid = focus.callUid();
    focus.jump(29_000);
    focus.enter(TestConference.PIN_2, "7002");
    focus.jump(60_000);

    assertThat(focus.callUid()).isEqualTo(callUid);
  }

  @Test
  void shouldForgetAClosedCallAfterADay() {
    final String callUid = focus.callUid();
    focus.ask(new dev.conductor.command.Command.CloseCall(HandDrivenFocus.API, callUid));
    focus.jump(86_399_000);
    assertThat(focus.snapshots.call(callUid)).isPresent();

    focus.jump(2_000);

    assertThat(focus.snapshots.call(callUid)).isEmpty();
  }

  @Test
  void shouldHangUpOnEveryoneWhenTheServerStops() {
    final long lobby = focus.dial("7005");
    focus.agent.onClose();
    focus.store.commitAll();

    assertThat(focus.control.asked)
        .contains(
            "end " + focus.dialogOf(host) + " closed",
            "end " + focus.dialogOf(guest) + " closed",
            "end " + lobby + " shutdown");
    assertThat(focus.media.closed).hasSize(3);
  }

  @Test
  void shouldIgnoreWhatIsToldOfLinesThatAreOver() {
    focus.bye(guest);
    focus.log.takeNames();
    final long session = focus.sessionOf(guest);
    final DialogId dialog = new DialogId(focus.dialogOf(guest));
    focus.media.tell(to -> to.onTalking(session, true));
    focus.media.tell(to -> to.onDigit(session, '1'));
    focus.media.tell(to -> to.onSilentLine(session, 999_999));
    focus.media.tell(to -> to.onFirstRtp(session));
    focus.media.tell(to -> to.onPromptEnded(session, 1));
    focus.media.tell(to -> to.onClosed(session));
    focus.sip.onConfirmed(dialog, null);
    focus.sip.onOffer(dialog, HandDrivenFocus.sendRecv());
    focus.sip.onDigit(dialog, '1');
    focus.turn();

    assertThat(focus.log.takeNames()).isEmpty();
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
    assertThat(Map.copyOf(focus.media.plans)).hasSize(1);
  }
}
