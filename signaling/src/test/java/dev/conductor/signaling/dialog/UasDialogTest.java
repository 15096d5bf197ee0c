package dev.conductor.signaling.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.sdp.Agreement;
import dev.conductor.signaling.sdp.SessionDescription;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class UasDialogTest {
  private static final InetSocketAddress RTP = new InetSocketAddress("127.0.0.1", 30_000);
  private static final Agreement OFFER =
      new Agreement(
          said("one"),
          0,
          new MediaDescription(RTP, List.of(), Direction.SENDRECV, false, false, null, null));

  private static final Agreement OTHER =
      new Agreement(
          said("two"),
          0,
          new MediaDescription(RTP, List.of(), Direction.SENDONLY, false, false, null, null));

  private static SessionDescription said(final String origin) {
    return new SessionDescription(origin, null, List.of(), List.of());
  }

  private static UasDialog confirmed() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    assertThat(dialog.accept(RTP)).isEqualTo(Step.SEND_ANSWER);
    assertThat(dialog.onAck(false)).isEqualTo(Step.CONFIRMED);
    return dialog;
  }

  @Test
  void shouldAskForAnAnswerWhenTheOfferIsOurs() {
    final UasDialog dialog = new UasDialog(1, null);
    assertThat(dialog.accept(RTP)).isEqualTo(Step.SEND_OFFER);
    assertThat(dialog.awaitsAnswer()).isTrue();
    assertThat(dialog.onAck(true)).isEqualTo(Step.CONFIRMED);
    assertThat(dialog.awaitsAnswer()).isFalse();
  }

  @Test
  void shouldHangUpWhenTheAnswerIsUnusable() {
    final UasDialog dialog = new UasDialog(1, null);
    dialog.accept(RTP);
    assertThat(dialog.onAck(false)).isEqualTo(Step.SEND_BYE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.BAD_ANSWER);
  }

  @Test
  void shouldWaitForTheAckWhenEndIsAskedBeforeIt() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    dialog.accept(RTP);
    assertThat(dialog.end("x")).isEqualTo(Step.NOTHING);
    assertThat(dialog.onAck(false)).isEqualTo(Step.SEND_BYE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.ENDED_BY_US);
    assertThat(dialog.endReason()).isEqualTo("x");
  }

  @Test
  void shouldHangUpWhenEndIsAskedAndTheAckNeverComes() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    dialog.accept(RTP);
    dialog.end("x");
    assertThat(dialog.onAckTimeout()).isEqualTo(Step.SEND_BYE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.ENDED_BY_US);
  }

  @Test
  void shouldEndWhenNoAckComes() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    dialog.accept(RTP);
    assertThat(dialog.onAckTimeout()).isEqualTo(Step.SEND_BYE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.NO_ACK);
    assertThat(confirmed().onAckTimeout()).isEqualTo(Step.NOTHING);
  }

  @Test
  void shouldTakeOneOfTwoWhenCancelAndAcceptRace() {
    final UasDialog cancelled = new UasDialog(1, OFFER);
    assertThat(cancelled.onCancel()).isEqualTo(Step.CANCEL_INVITE);
    assertThat(cancelled.accept(RTP)).isEqualTo(Step.NOTHING);
    final UasDialog accepted = new UasDialog(1, OFFER);
    accepted.accept(RTP);
    assertThat(accepted.onCancel()).isEqualTo(Step.NOTHING);
    assertThat(accepted.onAck(false)).isEqualTo(Step.CONFIRMED);
  }

  @Test
  void shouldGlareUntilTheReinviteIsAcknowledged() {
    final UasDialog dialog = confirmed();
    assertThat(dialog.onReinvite(OTHER)).isEqualTo(Step.ASK_FOCUS);
    assertThat(dialog.onReinvite(OFFER)).isEqualTo(Step.GLARE);
    assertThat(dialog.accept(RTP)).isEqualTo(Step.SEND_ANSWER);
    assertThat(dialog.onReinvite(OTHER)).isEqualTo(Step.GLARE);
    assertThat(dialog.onAck(false)).isEqualTo(Step.NOTHING);
    assertThat(dialog.onReinvite(OFFER)).isEqualTo(Step.ASK_FOCUS);
  }

  @Test
  void shouldOfferForTheSamePlaceWhenAReinviteHasNoOffer() {
    final UasDialog dialog = confirmed();
    assertThat(dialog.onReinvite(null)).isEqualTo(Step.SEND_OFFER);
    assertThat(dialog.localRtp()).isEqualTo(RTP);
    assertThat(dialog.origin().version()).isEqualTo(2);
    assertThat(dialog.onAck(true)).isEqualTo(Step.RENEGOTIATED);
  }

  @Test
  void shouldStayWhenAReinviteIsRefusedOrCancelledOrItsAnswerIsBad() {
    final UasDialog dialog = confirmed();
    dialog.onReinvite(OTHER);
    assertThat(dialog.refuse()).isEqualTo(Step.REFUSE_CHANGE);
    dialog.onReinvite(OTHER);
    assertThat(dialog.onCancel()).isEqualTo(Step.CANCEL_CHANGE);
    dialog.onReinvite(null);
    assertThat(dialog.onAck(false)).isEqualTo(Step.NOTHING);
    assertThat(dialog.state()).isEqualTo(UasDialog.State.CONFIRMED);
  }

  @Test
  void shouldHoldThe200BackUntilThePrackComes() {
    final UasDialog early = new UasDialog(1, OFFER);
    early.ring();
    assertThat(early.accept(RTP)).isEqualTo(Step.NOTHING);
    assertThat(early.onUpdate(null)).as("a refresh").isEqualTo(Step.SEND_OK);
    assertThat(early.onUpdate(OFFER)).as("the offer stands").isEqualTo(Step.RETRY_LATER);
    assertThat(early.onPrack()).isEqualTo(Step.SEND_ANSWER);
    assertThat(early.onPrack()).as("again").isEqualTo(Step.NOTHING);
    assertThat(early.onAck(false)).isEqualTo(Step.CONFIRMED);
    final UasDialog late = new UasDialog(1, OFFER);
    late.ring();
    assertThat(late.onPrack()).isEqualTo(Step.NOTHING);
    assertThat(late.accept(RTP)).isEqualTo(Step.SEND_ANSWER);
  }

  @Test
  void shouldGiveUpWhenNoPrackComes() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    assertThat(dialog.onPrackTimeout()).as("none awaited").isEqualTo(Step.NOTHING);
    dialog.ring();
    dialog.accept(RTP);
    assertThat(dialog.onPrackTimeout()).isEqualTo(Step.REFUSE_INVITE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.NO_ACK);
    assertThat(dialog.onPrack()).isEqualTo(Step.NOTHING);
    assertThat(dialog.accept(RTP)).isEqualTo(Step.NOTHING);
  }

  @Test
  void shouldCancelWhatRingsWhenByeOrCancelComesFirst() {
    final UasDialog left = new UasDialog(1, OFFER);
    left.ring();
    assertThat(left.onBye()).isEqualTo(Step.CANCEL_CHANGE);
    final UasDialog cancelled = new UasDialog(1, OFFER);
    cancelled.ring();
    cancelled.accept(RTP);
    assertThat(cancelled.onCancel()).isEqualTo(Step.CANCEL_INVITE);
    assertThat(cancelled.onPrack()).isEqualTo(Step.NOTHING);
  }

  @Test
  void shouldAnswerAnUpdateWithoutWaitingForAnAck() {
    final UasDialog dialog = confirmed();
    assertThat(dialog.onUpdate(OTHER)).isEqualTo(Step.ASK_FOCUS);
    assertThat(dialog.onUpdate(null))
        .as("before the first is answered")
        .isEqualTo(Step.RETRY_LATER);
    assertThat(dialog.onReinvite(OFFER)).isEqualTo(Step.GLARE);
    assertThat(dialog.accept(RTP)).isEqualTo(Step.SEND_ANSWER);
    assertThat(dialog.onUpdate(OFFER)).isEqualTo(Step.ASK_FOCUS);
    assertThat(dialog.refuse()).isEqualTo(Step.REFUSE_CHANGE);
    assertThat(dialog.onUpdate(OTHER)).as("the last accepted").isEqualTo(Step.SEND_SAME);
  }

  @Test
  void shouldRefuseAnUpdateWhileOurOfferIsOut() {
    final UasDialog dialog = new UasDialog(1, null);
    dialog.accept(RTP);
    assertThat(dialog.onUpdate(OFFER)).isEqualTo(Step.GLARE);
    assertThat(dialog.onUpdate(null)).isEqualTo(Step.SEND_OK);
    dialog.onAck(true);
    assertThat(dialog.onUpdate(OFFER)).isEqualTo(Step.ASK_FOCUS);
  }

  @Test
  void shouldAnswerTheSameWhenNothingChanged() {
    final UasDialog dialog = confirmed();
    final long version = dialog.origin().version();
    assertThat(dialog.onReinvite(OFFER)).isEqualTo(Step.SEND_SAME);
    assertThat(dialog.onReinvite(OFFER)).as("its ACK is awaited").isEqualTo(Step.GLARE);
    assertThat(dialog.onAck(false)).isEqualTo(Step.NOTHING);
    assertThat(dialog.onUpdate(OFFER)).isEqualTo(Step.SEND_SAME);
    assertThat(dialog.origin().version()).isEqualTo(version);
    assertThat(dialog.onReinvite(OTHER)).isEqualTo(Step.ASK_FOCUS);
  }

  @Test
  void shouldGlareWhenARefreshOfOursIsOut() {
    final UasDialog dialog = confirmed();
    assertThat(dialog.refresh(false)).isEqualTo(Step.SEND_REINVITE);
    assertThat(dialog.refresh(false)).as("one at a time").isEqualTo(Step.NOTHING);
    assertThat(dialog.onReinvite(OTHER)).isEqualTo(Step.GLARE);
    assertThat(dialog.onUpdate(OTHER)).isEqualTo(Step.GLARE);
    assertThat(dialog.refreshAnswered()).isTrue();
    assertThat(dialog.refreshAnswered()).isFalse();
    assertThat(dialog.refresh(true)).isEqualTo(Step.SEND_UPDATE);
    assertThat(dialog.onReinvite(OTHER)).as("it holds no offer").isEqualTo(Step.ASK_FOCUS);
    assertThat(dialog.onSessionExpired()).isEqualTo(Step.SEND_BYE);
    assertThat(dialog.endCause()).isEqualTo(DialogEnd.SESSION_EXPIRED);
  }

  @Test
  void shouldNotRefreshBeforeTheAckOrWhileSomethingIsInHand() {
    final UasDialog dialog = new UasDialog(1, OFFER);
    assertThat(dialog.refresh(true)).isEqualTo(Step.NOTHING);
    dialog.accept(RTP);
    assertThat(dialog.refresh(true)).isEqualTo(Step.NOTHING);
    dialog.onAck(false);
    dialog.onReinvite(OTHER);
    assertThat(dialog.refresh(true)).isEqualTo(Step.NOTHING);
  }

  @RepeatedTest(200)
  void shouldEndExactlyOnceWhateverComesInWhicheverOrder(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final UasDialog dialog = new UasDialog(1, random.nextBoolean() ? OFFER : null);
    long version = 0;
    for (int i = 0; i < 40; i++) {
      final boolean before = dialog.state() == UasDialog.State.OVER;
      final DialogEnd cause = dialog.endCause();
      final Step step = any(dialog, random);
      assertThat(dialog.origin().version()).isBetween(version, version + 1);
      version = dialog.origin().version();
      if (before) {
        assertThat(step).isIn(Step.NOTHING, Step.OVER);
        assertThat(dialog.endCause()).isEqualTo(cause);
      }
      assertThat(dialog.endCause() != null).isEqualTo(dialog.state() == UasDialog.State.OVER);
    }
  }

  private static Step any(final UasDialog dialog, final SplittableRandom random) {
    return switch (random.nextInt(14)) {
      case 0, 1 -> dialog.accept(RTP);
      case 2, 3 -> dialog.onAck(random.nextBoolean());
      case 4, 5 -> dialog.onReinvite(random.nextBoolean() ? OFFER : null);
      case 6 -> dialog.onCancel();
      case 7 -> random.nextInt(4) == 0 ? dialog.refuse() : Step.NOTHING;
      case 8 -> dialog.onUpdate(random.nextBoolean() ? OTHER : null);
      case 9 -> dialog.onPrack();
      case 10 -> dialog.refresh(random.nextBoolean());
      case 11 -> dialog.refreshAnswered() ? Step.NOTHING : dialog.onPrackTimeout();
      case 12 -> random.nextInt(4) == 0 ? dialog.end("x") : Step.NOTHING;
      default -> random.nextInt(4) == 0 ? dialog.onBye() : Step.NOTHING;
    };
  }
}
