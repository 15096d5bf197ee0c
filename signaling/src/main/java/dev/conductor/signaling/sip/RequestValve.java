package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.guard.RequestGuard;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Set;
import javax.sip.Dialog;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Looks at each request before the stack spends anything on it: answers go to where it came from
 * and nowhere else, what comes from ourselves is dropped, a source may send so much outside
 * dialogs, and a re-INVITE on top of another is answered 491.
 *
 * <p>Threads: the stack's receiving threads.
 */
final class RequestValve implements SIPMessageValve {
  private final SipCore core;
  private final RequestGuard guard;
  private volatile SIPTransactionStack stack;
  private volatile Set<InetSocketAddress> own = Set.of();

  RequestValve(final SipCore core, final RequestGuard guard) {
    this.core = core;
    this.guard = guard;
  }

  /** What it looks dialogs up in, and which addresses are ours. */
  void watch(final SIPTransactionStack sipStack, final Set<InetSocketAddress> ownAddresses) {
    own = Set.copyOf(ownAddresses);
    stack = sipStack;
  }

  @Override
  public boolean processRequest(final SIPRequest request, final MessageChannel channel) {
    if (stack == null) {
      return false;
    }
    final InetAddress source = request.getPeerPacketSourceAddress();
    if (own.contains(new InetSocketAddress(source, request.getPeerPacketSourcePort()))
        || !answerToSource(request, source)) {
      core.counters().increment(SipCounter.GUARD_DROPS);
      return false;
    }
    final Dialog dialog = stack.getDialog(request.getDialogId(true));
    if (dialog == null && counts(request) && !guard.admit(source, System.nanoTime())) {
      core.counters().increment(SipCounter.GUARD_DROPS);
      return false;
    }
    return !(dialog != null && glares(request, dialog));
  }

  /** Whether the request is one that a source may send only so often. */
  private boolean counts(final SIPRequest request) {
    return switch (request.getMethod()) {
      case Request.ACK -> false;
      case Request.CANCEL -> stack.findCancelTransaction(request, true) == null;
      default -> stack.findTransaction(request, true) == null;
    };
  }

  /** A Via must not send our answers elsewhere (RFC 3261, section 18.2.2; RFC 3581). */
  private static boolean answerToSource(final SIPRequest request, final InetAddress source) {
    final Via via = request.getTopmostVia();
    via.removeParameter(Via.MADDR);
    try {
      via.setReceived(source.getHostAddress());
      return true;
    } catch (final ParseException e) {
      return false;
    }
  }

  /** Answers 491 to a re-INVITE while another INVITE of the dialog is not through. */
  private boolean glares(final SIPRequest request, final Dialog stackDialog) {
    if (!Request.INVITE.equals(request.getMethod())
        || !(stackDialog.getApplicationData() instanceof SipDialog dialog)
        || dialog.inHandSequence() < 0
        || Messages.sequence(request) <= dialog.inHandSequence()
        || !dialog.read(UasDialog::busy)) {
      return false;
    }
    core.counters().increment(SipCounter.REINVITES);
    core.counters().refused(Response.REQUEST_PENDING);
    final Response pending = core.messages().response(request, Response.REQUEST_PENDING, null);
    core.senders().offer(dialog.lane(), false, () -> sendNow(dialog, pending));
    return true;
  }

  private void sendNow(final SipDialog dialog, final Response response) {
    try {
      dialog.peer().provider().sendResponse(response);
    } catch (final SipException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  @Override
  public boolean processResponse(final Response response, final MessageChannel channel) {
    return stack != null;
  }

  @Override
  public void init(final SipStack sipStack) {
    // Told by watch.
  }

  @Override
  public void destroy() {
    stack = null;
  }
}
