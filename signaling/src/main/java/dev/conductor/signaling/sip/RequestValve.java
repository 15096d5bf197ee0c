package dev.conductor.signaling.sip;

import dev.conductor.config.NatRule;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.guard.SourceGuard;
import gov.nist.javax.sip.header.RAck;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPMessageValve;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Set;
import javax.sip.Dialog;
import javax.sip.SipStack;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Looks at each request before the stack spends anything on it: answers go to where it came from
 * and nowhere else, what comes from ourselves is dropped, a stranger gets what {@link SourceGuard}
 * grants him, inside dialogs too (each request there is kept for half a minute, which would
 * otherwise let one caller fill the room of all), and what needs nothing of the stack is answered
 * at once: log-ins that fail, REGISTERs, methods we do not know, CANCELs and PRACKs of nothing, a
 * re-INVITE on top of another.
 *
 * <p>Threads: the stack's receiving threads.
 */
final class RequestValve implements SIPMessageValve {
  /** What a call begins with: the stack is to see it. */
  private static final Set<String> CALLS = Set.of(Request.INVITE, Request.ACK, Request.CANCEL);

  /** What brings something to its end finds room when nothing else does. */
  private static final Set<String> ENDS =
      Set.of(Request.ACK, Request.BYE, Request.CANCEL, Request.PRACK);

  private final SipCore core;
  private final Replies replies;
  private final UnknownMethodHandler unknown;
  private final MethodHandler options;
  private final Outbound outbound;
  private final MethodHandler register;
  private final LoginGate login;
  private final int mostTransactions;
  private volatile SIPTransactionStack stack;
  private volatile Set<InetSocketAddress> own = Set.of();

  RequestValve(
      final SipCore core,
      final Replies replies,
      final LoginGate login,
      final Outbound outbound,
      final int mostTransactions) {
    this.outbound = outbound;
    this.mostTransactions = mostTransactions;
    this.core = core;
    this.replies = replies;
    this.unknown = new UnknownMethodHandler(core, replies);
    this.options = new OptionsHandler(core, replies);
    this.register = new RegisterHandler(core, replies);
    this.login = login;
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
    final boolean isFirst = !isOfTransaction(request);
    final boolean isNew = dialog == null && isFirst;
    if (isNew && isRepeated(request)) {
      core.counters().increment(SipCounter.INVITES_REPEATED);
      return false;
    }
    if (isNew ? !admits(request, channel) : isFirst && !admitsWithin(request, dialog)) {
      return false;
    }
    if (Request.REGISTER.equals(request.getMethod())) {
      register.handle(stateless(request, channel));
      return false;
    }
    if (dialog != null && Request.REFER.equals(request.getMethod())) {
      unknown.declineTransfer(stateless(request, channel));
      return false;
    }
    if (!Messages.ALLOW.contains(request.getMethod())) {
      unknown.handle(stateless(request, channel));
      return false;
    }
    if (isNew && !CALLS.contains(request.getMethod())) {
      answerStray(stateless(request, channel));
      return false;
    }
    if (dialog == null && !Request.ACK.equals(request.getMethod()) && hasPassedUs(request)) {
      replies.refuse(stateless(request, channel), Response.LOOP_DETECTED, null);
      return false;
    }
    if (isFirst && !ENDS.contains(request.getMethod()) && isFull(isNew)) {
      core.counters().increment(SipCounter.TRANSACTIONS_FULL);
      replies.busy(stateless(request, channel));
      return false;
    }
    if (strayCancel(request)) {
      core.counters().increment(SipCounter.CANCELS);
      replies.refuse(
          stateless(request, channel), Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, null);
      return false;
    }
    return dialog == null || fits(request, dialog, channel);
  }

  /** Whether the stack may go on with a request inside a dialog; if not it has been answered. */
  private boolean fits(
      final SIPRequest request, final Dialog dialog, final MessageChannel channel) {
    if (overlaps(request, dialog)) {
      core.counters().increment(SipCounter.REINVITES);
      replies.later(stateless(request, channel));
      return false;
    }
    if (strayPrack(request, dialog)) {
      core.counters().increment(SipCounter.PRACKS);
      replies.refuse(
          stateless(request, channel), Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, null);
      return false;
    }
    return true;
  }

  /**
   * Whether it is the INVITE of a dialog that is up. Its transaction ended with the 200, so that
   * the stack would take it for one that came by two ways; the dialog repeats the 200 until its ACK
   * comes (RFC 6026, section 7.1).
   */
  private boolean isRepeated(final SIPRequest request) {
    return Request.INVITE.equals(request.getMethod())
        && core.dialogs().isBegunBy(request.getTransactionId());
  }

  /**
   * Whether there is no room for one more transaction; new dialogs leave a quarter of it to those
   * that are up. Of the answer, 503, nothing is kept.
   */
  private boolean isFull(final boolean isNew) {
    final int kept = stack.getServerTransactionTableSize() + stack.getClientTransactionTableSize();
    return kept >= (isNew ? mostTransactions / 4 * 3 : mostTransactions);
  }

  /**
   * What belongs to no dialog is answered without a transaction, which would last half a minute.
   */
  private void answerStray(final Incoming incoming) {
    if (Request.OPTIONS.equals(incoming.method())) {
      options.handle(incoming);
    } else {
      core.counters().increment(SipCounter.STRAYS);
      replies.refuse(incoming, Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, null);
    }
  }

  /** Whether it is a request of ours that came back by way of others: a loop. */
  private boolean hasPassedUs(final SIPRequest request) {
    return Messages.all(request, Via.NAME).stream()
        .skip(1)
        .map(Via.class::cast)
        .anyMatch(
            via -> {
              final InetAddress host = Addresses.literal(via.getHost());
              final int port = via.getPort() <= 0 ? 5060 : via.getPort();
              return host != null && own.contains(new InetSocketAddress(host, port));
            });
  }

  /** The stack answers these too, but prints to the console when it cannot. */
  private boolean strayCancel(final SIPRequest request) {
    return Request.CANCEL.equals(request.getMethod())
        && stack.findCancelTransaction(request, true) == null;
  }

  private static Incoming stateless(final SIPRequest request, final MessageChannel channel) {
    return new Incoming(
        request,
        null,
        null,
        new InetSocketAddress(
            request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort()),
        channel.getMessageProcessor().getListeningPoint().getProvider());
  }

  private boolean isOfTransaction(final SIPRequest request) {
    return Request.CANCEL.equals(request.getMethod())
        ? stack.findCancelTransaction(request, true) != null
        : stack.findTransaction(request, true) != null;
  }

  /** Whether its source may send a request that belongs to nothing. */
  private boolean admits(final SIPRequest request, final MessageChannel channel) {
    final InetAddress source = request.getPeerPacketSourceAddress();
    if (Request.ACK.equals(request.getMethod())) {
      // It is never answered, so it costs nothing.
      return !core.guard().isDeafTo(source);
    }
    switch (core.guard().treat(source, request.getMethod(), System.nanoTime())) {
      case SERVE:
        return true;
      case CHALLENGE:
        return login.admits(stateless(request, channel));
      case OVER_RATE:
        core.counters().increment(SipCounter.GUARD_DROPS);
        return false;
      default:
        core.counters().increment(SipCounter.UNLISTED_DROPS);
        return false;
    }
  }

  /**
   * Whether one more request within this dialog is heard. One that is not is not answered: it comes
   * again, and with it whatever ends the dialog.
   */
  private boolean admitsWithin(final SIPRequest request, final Dialog stackDialog) {
    final long nowNs = System.nanoTime();
    final boolean admitted =
        Request.ACK.equals(request.getMethod())
            || core.guard().admitInDialog(request.getPeerPacketSourceAddress(), nowNs)
                && (!(stackDialog.getApplicationData() instanceof SipDialog dialog)
                    || dialog.admits(core.config(), nowNs));
    if (!admitted) {
      core.counters().increment(SipCounter.GUARD_DROPS);
    }
    return admitted;
  }

  /**
   * A Via must not send our answers elsewhere (RFC 3261, section 18.2.2; RFC 3581). Who names a
   * private address that is not where his packets come from sits behind a NAT: he is answered to
   * the port they come from, as if he had asked for it.
   */
  private static boolean answerToSource(final SIPRequest request, final InetAddress source) {
    final Via via = request.getTopmostVia();
    via.removeParameter(Via.MADDR);
    try {
      via.setReceived(source.getHostAddress());
      final InetAddress sentBy = Addresses.literal(via.getHost());
      if (!via.hasParameter(Via.RPORT)
          && sentBy != null
          && !sentBy.equals(source)
          && NatRule.isPrivate(sentBy)) {
        via.setParameter(Via.RPORT, Integer.toString(request.getPeerPacketSourcePort()));
      }
      return true;
    } catch (final ParseException e) {
      return false;
    }
  }

  /** Whether this is a re-INVITE while what came before in the dialog is not answered. */
  private static boolean overlaps(final SIPRequest request, final Dialog stackDialog) {
    if (!Request.INVITE.equals(request.getMethod())
        || !(stackDialog.getApplicationData() instanceof SipDialog dialog)) {
      return false;
    }
    final InHand inHand = dialog.inHand();
    return inHand != null
        && Messages.sequence(request) > Messages.sequence(inHand.transaction().getRequest())
        && dialog.read(UasDialog::busy);
  }

  /** Whether this is a PRACK of no 180 that waits for one; the stack would drop it silently. */
  private boolean strayPrack(final SIPRequest request, final Dialog stackDialog) {
    if (!Request.PRACK.equals(request.getMethod())
        || stack.findTransaction(request, true) != null) {
      return false;
    }
    final InHand inHand =
        stackDialog.getApplicationData() instanceof SipDialog dialog ? dialog.inHand() : null;
    return inHand == null
        || !(inHand.transaction() instanceof SIPServerTransaction ringing)
        || !(request.getHeader(RAck.NAME) instanceof RAck ack)
        || ringing.getReliableProvisionalResponse() == null
        || ack.getRSequenceNumber() != ringing.getPendingReliableRSeqNumber()
        || ack.getCSequenceNumber() != ringing.getPendingReliableCSeqNumber()
        || !Request.INVITE.equals(ack.getMethod());
  }

  @Override
  public boolean processResponse(final Response response, final MessageChannel channel) {
    if (stack == null) {
      return false;
    }
    final boolean ok =
        response.getStatusCode() / 100 == 2 && Request.INVITE.equals(Messages.method(response));
    return !ok || outbound.onOkSeen((SIPResponse) response, stack);
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
