package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.dialog.SessionTimer;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.guard.TokenBucket;
import dev.conductor.signaling.sdp.KeyAgreement;
import java.util.Objects;
import java.util.function.Function;
import javax.sip.Dialog;

/**
 * One dialog of ours: its state, its session timer, JAIN-SIP's dialog, and the request that waits
 * for our answer.
 *
 * <p>Threads: any; one at a time is let to the state, for a moment, and never calls the stack or
 * the focus from there.
 */
final class SipDialog {
  /** No alarm is set. */
  private static final long NEVER = Long.MAX_VALUE;

  private final DialogId id;
  private final Peer peer;
  private final UasDialog state;
  private final SessionTimer session = new SessionTimer();
  private final Dialog stackDialog;
  private final KeyAgreement keys;
  private final boolean peerKnowsUpdate;
  private InHand inHand;
  private TokenBucket requests;
  private String lastDescription = "";
  private String farReason = "";
  private volatile long alarmNs = NEVER;

  /**
   * A dialog whose INVITE waits for the focus.
   *
   * @param peerKnowsUpdate whether the far end allows UPDATE (RFC 3311, section 4)
   */
  SipDialog(
      final DialogId id,
      final Peer peer,
      final UasDialog state,
      final KeyAgreement keys,
      final InHand invite,
      final boolean peerKnowsUpdate) {
    this.id = id;
    this.peer = peer;
    this.state = state;
    this.keys = keys;
    this.stackDialog = Objects.requireNonNull(invite.transaction().getDialog(), "dialog");
    this.inHand = invite;
    this.peerKnowsUpdate = peerKnowsUpdate;
  }

  /** A dialog we began. */
  SipDialog(
      final DialogId id,
      final Peer peer,
      final UasDialog state,
      final KeyAgreement keys,
      final Dialog answered) {
    this.keys = keys;
    this.id = id;
    this.peer = peer;
    this.state = state;
    this.stackDialog = answered;
    this.peerKnowsUpdate = false;
  }

  DialogId id() {
    return id;
  }

  Peer peer() {
    return peer;
  }

  Dialog stackDialog() {
    return stackDialog;
  }

  /** What its sound is protected with. */
  KeyAgreement keys() {
    return keys;
  }

  boolean peerKnowsUpdate() {
    return peerKnowsUpdate;
  }

  /** The sender lane of this dialog. */
  int lane() {
    return SenderPool.lane(peer.tcp(), Long.hashCode(id.value()));
  }

  /** Tells the state what happened, and what to do now. */
  synchronized Step step(final Function<UasDialog, Step> event) {
    return event.apply(state);
  }

  /** Reads something of the state. */
  synchronized <T> T read(final Function<UasDialog, T> question) {
    return question.apply(state);
  }

  /** Tells the session timer something, or asks it. */
  synchronized <T> T session(final Function<SessionTimer, T> what) {
    return what.apply(session);
  }

  /**
   * Whether its far end may send one more request within it: what a source may send outside dialogs
   * is enough for one dialog.
   */
  synchronized boolean admits(final SipConfig config, final long nowNs) {
    if (requests == null) {
      requests = new TokenBucket(config.requestsPerSecond(), config.requestBurst(), nowNs);
    }
    return requests.take(nowNs);
  }

  /**
   * A re-INVITE or UPDATE came. It is the one in hand only if somebody has yet to answer it with a
   * description: whatever was in hand before stays so otherwise.
   */
  synchronized Step onChange(final Function<UasDialog, Step> event, final InHand request) {
    final Step step = event.apply(state);
    if (step == Step.ASK_FOCUS || step == Step.SEND_OFFER || step == Step.SEND_SAME) {
      inHand = request;
    }
    return step;
  }

  /** Takes the request that waits for an answer, once; null when none does. */
  synchronized InHand takeInHand() {
    final InHand taken = inHand;
    inHand = null;
    return taken;
  }

  /** The request that waits for an answer; null when none does. */
  synchronized InHand inHand() {
    return inHand;
  }

  /** The description we sent last; empty before. */
  synchronized String lastDescription() {
    return lastDescription;
  }

  /** A description goes out. */
  synchronized void lastDescription(final String sdp) {
    lastDescription = sdp;
  }

  /** Why the far end hung up, as it said itself; empty where it did not. */
  synchronized String farReason() {
    return farReason;
  }

  /** The far end says why it hangs up; what it said first counts. */
  synchronized void farReason(final String reason) {
    if (farReason.isEmpty()) {
      farReason = reason;
    }
  }

  /** Asks to be looked at then. */
  void alarmAt(final long whenNs) {
    alarmNs = whenNs;
  }

  /** Whether it asked to be looked at by now; asking takes the alarm off. */
  boolean takeAlarm(final long nowNs) {
    if (alarmNs == NEVER || nowNs - alarmNs < 0) {
      return false;
    }
    alarmNs = NEVER;
    return true;
  }
}
