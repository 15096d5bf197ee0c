package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.sdp.KeyAgreement;
import java.util.Objects;
import java.util.function.Function;
import javax.sip.Dialog;
import javax.sip.ServerTransaction;

/**
 * One dialog of ours: its state, JAIN-SIP's dialog, and the transaction that waits for our answer.
 *
 * <p>Threads: any; one at a time is let to the state, for a moment, and never calls the stack or
 * the focus from there.
 */
final class SipDialog {
  private final DialogId id;
  private final Peer peer;
  private final UasDialog state;
  private final Dialog stackDialog;
  private final KeyAgreement keys;
  private ServerTransaction inHand;

  SipDialog(
      final DialogId id,
      final Peer peer,
      final UasDialog state,
      final KeyAgreement keys,
      final ServerTransaction invite) {
    this.id = id;
    this.peer = peer;
    this.state = state;
    this.stackDialog = Objects.requireNonNull(invite.getDialog(), "dialog");
    this.keys = keys;
    this.inHand = invite;
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

  /** A re-INVITE came; on GLARE the one in hand stays in hand. */
  synchronized Step onReinvite(
      final Function<UasDialog, Step> event, final ServerTransaction reinvite) {
    final Step step = event.apply(state);
    if (step != Step.GLARE && step != Step.OVER) {
      inHand = reinvite;
    }
    return step;
  }

  /** Takes the transaction that waits for an answer, once; null when none does. */
  synchronized ServerTransaction takeInHand() {
    final ServerTransaction taken = inHand;
    inHand = null;
    return taken;
  }

  /** CSeq of the INVITE or re-INVITE that waits for our answer; -1 for none. */
  synchronized long inHandSequence() {
    return inHand == null ? -1 : Messages.sequence(inHand.getRequest());
  }
}
