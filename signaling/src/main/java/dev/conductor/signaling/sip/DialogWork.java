package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import java.net.InetSocketAddress;
import javax.sip.ServerTransaction;
import javax.sip.header.Header;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the steps of a dialog's state ask for, and tells the focus of its end.
 *
 * <p>Threads: methods named {@code ...Now} on a sender's; the rest on any.
 */
final class DialogWork {
  private static final Logger LOG = LoggerFactory.getLogger(DialogWork.class);

  private final SipCore core;
  private final Replies replies;
  private final Outgoing outgoing;
  private final AckWatch acks;

  DialogWork(
      final SipCore core, final Replies replies, final Outgoing outgoing, final AckWatch acks) {
    this.core = core;
    this.replies = replies;
    this.outgoing = outgoing;
    this.acks = acks;
  }

  /** The focus accepts what is in hand. */
  void acceptNow(final SipDialog dialog, final InetSocketAddress localRtp) {
    final Step step = dialog.step(state -> state.accept(localRtp));
    if (step != Step.NOTHING) {
      okNow(dialog, step);
    }
  }

  /** Sends the 200 that the state decided on. */
  void okNow(final SipDialog dialog, final Step step) {
    final ServerTransaction invite = dialog.takeInHand();
    if (invite == null) {
      return;
    }
    final Peer peer = dialog.peer();
    final String sdp = dialog.read(state -> description(dialog, state, step));
    final Response ok = core.messages().response(invite.getRequest(), 200, null);
    ok.addHeader(core.messages().contact(peer));
    core.messages().headers("Allow", Messages.ALLOW).forEach(ok::addHeader);
    core.messages().describe(ok, sdp);
    acks.add(dialog, System.nanoTime());
    if (!replies.sendNow(invite, ok)) {
      final Step failed = dialog.step(UasDialog::onTransportFailure);
      if (failed == Step.OVER) {
        dialog.stackDialog().delete();
        finished(dialog);
      }
    }
  }

  private String description(final SipDialog dialog, final UasDialog state, final Step step) {
    final InetSocketAddress rtp =
        core.addresses().asSeenBy(dialog.peer().source().getAddress(), state.localRtp());
    if (step == Step.SEND_OFFER) {
      return core.offerAnswer().offer(rtp, state.origin(), dialog.keys());
    }
    dialog.keys().took(state.offer());
    return core.offerAnswer().answer(state.offer(), rtp, state.origin());
  }

  /** The focus refuses what is in hand. */
  void refuseNow(final SipDialog dialog, final int status, final String reason) {
    final Step step = dialog.step(UasDialog::refuse);
    if (step == Step.REFUSE_INVITE || step == Step.REFUSE_REINVITE) {
      answerInHandNow(dialog, status, reason);
    }
    if (step == Step.REFUSE_INVITE) {
      finished(dialog);
    }
  }

  /** Answers the INVITE or re-INVITE in hand with a refusal, if one is in hand. */
  private void answerInHandNow(final SipDialog dialog, final int status, final String reason) {
    final ServerTransaction invite = dialog.takeInHand();
    if (invite == null) {
      return;
    }
    final Response refusal = core.messages().response(invite.getRequest(), status, reason);
    if (status == 486 || status == 503) {
      final Header retryAfter = replies.retryAfter();
      refusal.addHeader(retryAfter);
    }
    core.counters().refused(status);
    replies.sendNow(invite, refusal);
  }

  /** The focus hangs up. */
  void endNow(final SipDialog dialog, final String reason) {
    final Step step = dialog.step(state -> state.end(reason));
    if (step == Step.REFUSE_INVITE) {
      answerInHandNow(dialog, Response.TEMPORARILY_UNAVAILABLE, null);
      finished(dialog);
    } else if (step == Step.SEND_BYE) {
      byeNow(dialog);
    }
  }

  /** Asks whether the far end is still there. */
  void probeNow(final SipDialog dialog) {
    if (dialog.read(UasDialog::state) == UasDialog.State.CONFIRMED && !outgoing.options(dialog)) {
      peerGone(dialog);
    }
  }

  /** A request of ours was answered 408 or 481, or not at all. */
  void peerGone(final SipDialog dialog) {
    if (dialog.step(UasDialog::onPeerGone) == Step.SEND_BYE) {
      bye(dialog);
    }
  }

  /** No ACK came for our 200. */
  void ackTimeout(final SipDialog dialog) {
    if (dialog.step(UasDialog::onAckTimeout) == Step.SEND_BYE) {
      bye(dialog);
    }
  }

  /** What was to be done for the dialog failed where nothing should: it cannot go on. */
  void broken(final SipDialog dialog) {
    dialog.stackDialog().delete();
    stackGone(dialog);
  }

  /** The stack dropped its dialog. */
  void stackGone(final SipDialog dialog) {
    if (dialog.step(UasDialog::onTransportFailure) == Step.OVER) {
      finished(dialog);
    }
  }

  /** Sends the BYE the state decided on, and ends the dialog. */
  void bye(final SipDialog dialog) {
    if (!core.senders().offer(dialog.lane(), true, () -> byeNow(dialog))) {
      dialog.stackDialog().delete();
      finished(dialog);
    }
  }

  private void byeNow(final SipDialog dialog) {
    answerInHandNow(dialog, Response.REQUEST_TERMINATED, null);
    final boolean sent = outgoing.bye(dialog, dialog.read(UasDialog::endReason));
    final DialogEnd cause = dialog.read(UasDialog::endCause);
    tellEnd(dialog, !sent && cause == DialogEnd.ENDED_BY_US ? DialogEnd.TRANSPORT : cause);
  }

  /** Answers 487 to the INVITE or re-INVITE in hand (RFC 3261, section 9.2). */
  void cancelInHand(final SipDialog dialog) {
    core.senders()
        .offer(
            dialog.lane(), true, () -> answerInHandNow(dialog, Response.REQUEST_TERMINATED, null));
  }

  /** Removes the dialog and tells the focus; the caller's step was the one that ended it. */
  void finished(final SipDialog dialog) {
    tellEnd(dialog, dialog.read(UasDialog::endCause));
  }

  private void tellEnd(final SipDialog dialog, final DialogEnd cause) {
    core.dialogs().remove(dialog);
    LOG.debug("dialog {} is over: {}", dialog.id().value(), cause);
    core.events().onEnded(dialog.id(), cause);
  }
}
