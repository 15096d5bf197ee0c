package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.dialog.SessionTerms;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.function.BiConsumer;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
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
  private volatile BiConsumer<SipDialog, SessionTerms> agreed = (dialog, terms) -> {};

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

  /** The way to tell that a session begins or was refreshed; set once, before anything comes in. */
  void onAgreed(final BiConsumer<SipDialog, SessionTerms> told) {
    agreed = told;
  }

  /** Sends the 200 that the state decided on to what is in hand. */
  void okNow(final SipDialog dialog, final Step step) {
    final InHand asked = dialog.takeInHand();
    if (asked != null) {
      okNow(dialog, asked, step);
    }
  }

  /** Sends the 200 that the state decided on to this request. */
  void okNow(final SipDialog dialog, final InHand asked, final Step step) {
    final Peer peer = dialog.peer();
    final Response ok = response(dialog, asked.transaction(), Response.OK, null);
    ok.addHeader(core.messages().contact(peer));
    core.messages().headers("Allow", Messages.ALLOW).forEach(ok::addHeader);
    core.messages().headers("Supported", Messages.SUPPORTED).forEach(ok::addHeader);
    SessionHeaders.write(core.messages(), ok, asked.terms());
    if (step != Step.SEND_OK) {
      core.messages().describe(ok, description(dialog, step));
    }
    agreed.accept(dialog, asked.terms());
    if (asked.isInvite()) {
      acks.add(dialog, System.nanoTime());
    }
    if (!replies.sendNow(asked.transaction(), ok)) {
      final Step failed = dialog.step(UasDialog::onTransportFailure);
      if (failed == Step.OVER) {
        dialog.stackDialog().delete();
        finished(dialog);
      }
    }
  }

  /** A response with the dialog's tag, where it has one already. */
  private Response response(
      final SipDialog dialog,
      final ServerTransaction transaction,
      final int status,
      final String reason) {
    return core.messages()
        .response(transaction.getRequest(), status, reason, dialog.stackDialog().getLocalTag());
  }

  private String description(final SipDialog dialog, final Step step) {
    if (step == Step.SEND_SAME) {
      return dialog.lastDescription();
    }
    final String sdp = dialog.read(state -> description(dialog, state, step));
    dialog.lastDescription(sdp);
    return sdp;
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

  /** Sends a reliable 180 (RFC 3262, section 3). */
  void ring(final SipDialog dialog) {
    core.senders().offer(dialog.lane(), false, () -> ringNow(dialog));
  }

  private void ringNow(final SipDialog dialog) {
    try {
      final Response ringing =
          dialog.stackDialog().createReliableProvisionalResponse(Response.RINGING);
      final ToHeader to = (ToHeader) ringing.getHeader(ToHeader.NAME);
      if (to.getTag() == null) {
        to.setTag(Tags.next());
      }
      final Peer peer = dialog.peer();
      ringing.setHeader(core.messages().contact(peer));
      core.messages().headers("Allow", Messages.ALLOW).forEach(ringing::addHeader);
      dialog.stackDialog().sendReliableProvisionalResponse(ringing);
    } catch (final SipException | InvalidArgumentException | ParseException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  /** The PRACK for our 180 came. */
  void onPrack(final SipDialog dialog) {
    final Step step = dialog.step(UasDialog::onPrack);
    if (step != Step.NOTHING) {
      core.senders().offer(dialog.lane(), true, () -> okNow(dialog, step));
    }
  }

  /** Nobody acknowledged our 180: the state has given the INVITE up. */
  void refuseUnacknowledged(final SipDialog dialog) {
    core.senders()
        .offer(dialog.lane(), true, () -> answerInHandNow(dialog, Response.SERVER_TIMEOUT, null));
    finished(dialog);
  }

  /** The focus refuses what is in hand. */
  void refuseNow(final SipDialog dialog, final int status, final String reason) {
    final Step step = dialog.step(UasDialog::refuse);
    if (step == Step.REFUSE_INVITE || step == Step.REFUSE_CHANGE) {
      answerInHandNow(dialog, status, reason);
    }
    if (step == Step.REFUSE_INVITE) {
      finished(dialog);
    }
  }

  /** The focus has no room for the INVITE in hand: 503. */
  void busy(final SipDialog dialog) {
    core.senders()
        .offer(
            dialog.lane(), true, () -> answerInHandNow(dialog, Response.SERVICE_UNAVAILABLE, null));
  }

  /** Answers the INVITE, re-INVITE or UPDATE in hand with a refusal, if one is in hand. */
  private void answerInHandNow(final SipDialog dialog, final int status, final String reason) {
    final InHand asked = dialog.takeInHand();
    if (asked == null) {
      return;
    }
    final Response refusal = response(dialog, asked.transaction(), status, reason);
    if (status == 486 || status == 503) {
      final Header retryAfter = replies.retryAfter();
      refusal.addHeader(retryAfter);
    }
    core.counters().refused(status);
    replies.sendNow(asked.transaction(), refusal);
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

  /** Answers 487 to the INVITE, re-INVITE or UPDATE in hand (RFC 3261, section 9.2). */
  void cancelInHand(final SipDialog dialog) {
    core.senders()
        .offer(
            dialog.lane(), true, () -> answerInHandNow(dialog, Response.REQUEST_TERMINATED, null));
  }

  /** Removes the dialog and tells the focus; the caller's step was the one that ended it. */
  void finished(final SipDialog dialog) {
    tellEnd(dialog, dialog.read(UasDialog::endCause));
  }

  private void abandonInHand(final SipDialog dialog) {
    final InHand unanswered = dialog.takeInHand();
    if (unanswered != null) {
      replies.abandon(unanswered.transaction());
    }
  }

  private void tellEnd(final SipDialog dialog, final DialogEnd cause) {
    if (dialog.inHand() != null) {
      // An answer to it may wait in the lane already.
      core.senders().afterWaiting(dialog.lane(), () -> abandonInHand(dialog));
    }
    core.dialogs().remove(dialog);
    LOG.debug("dialog {} is over: {}", dialog.id().value(), cause);
    core.events().onEnded(dialog.id(), cause, dialog.farReason());
  }
}
