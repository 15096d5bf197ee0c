package dev.conductor.signaling.sip;

import gov.nist.javax.sip.DialogTimeoutEvent;
import gov.nist.javax.sip.SipListenerExt;
import java.util.Map;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.TransactionUnavailableException;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JAIN-SIP tells us, handed to one handler a method. Nothing a handler throws gets into the
 * stack: one that kills the UDP thread would end the server.
 *
 * <p>Threads: JAIN-SIP's.
 */
final class StackListener implements SipListenerExt {
  private static final Logger LOG = LoggerFactory.getLogger(StackListener.class);

  private final LogLimit limit = new LogLimit(1);
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;
  private final SessionWork sessions;
  private final Outbound outbound;
  private final Map<String, MethodHandler> handlers;

  StackListener(
      final SipCore core,
      final Replies replies,
      final DialogWork work,
      final SessionWork sessions,
      final InviteHandler invite,
      final UpdateHandler update,
      final Outbound outbound) {
    this.outbound = outbound;
    this.core = core;
    this.replies = replies;
    this.work = work;
    this.sessions = sessions;
    this.handlers =
        Map.of(
            Request.INVITE, invite,
            Request.ACK, new AckHandler(core, work),
            Request.BYE, new ByeHandler(core, replies, work),
            Request.CANCEL, new CancelHandler(core, replies, work),
            Request.OPTIONS, new OptionsHandler(core, replies),
            Request.INFO, new InfoHandler(core, replies),
            Request.PRACK, new PrackHandler(core, replies, work),
            Request.UPDATE, update);
  }

  @Override
  public void processRequest(final RequestEvent event) {
    guarded(() -> dispatch(event));
  }

  private void dispatch(final RequestEvent event) {
    final String method = event.getRequest().getMethod();
    final MethodHandler handler = handlers.get(method);
    ServerTransaction transaction = event.getServerTransaction();
    if (transaction == null && !Request.ACK.equals(method)) {
      transaction = begin(event);
    }
    if (handler != null && (transaction != null || Request.ACK.equals(method))) {
      handle(handler, Incoming.of(event, transaction));
    } else {
      replies.abandon(transaction);
    }
  }

  /** Who cannot handle a request leaves no transaction behind that nobody answers. */
  private void handle(final MethodHandler handler, final Incoming incoming) {
    try {
      handler.handle(incoming);
    } catch (final RuntimeException | StackOverflowError e) {
      replies.abandonUnanswered(incoming);
      throw e;
    }
  }

  /** A transaction for a request outside dialogs; null when there is nothing left to do. */
  private ServerTransaction begin(final RequestEvent event) {
    try {
      return ((SipProvider) event.getSource()).getNewServerTransaction(event.getRequest());
    } catch (final TransactionAlreadyExistsException e) {
      return null;
    } catch (final TransactionUnavailableException e) {
      replies.refuse(Incoming.of(event, null), 400, "Bad Request - the stack cannot take it");
      return null;
    }
  }

  @Override
  public void processResponse(final ResponseEvent event) {
    guarded(
        () -> {
          if (isOutbound(event)) {
            return;
          }
          final int status = event.getResponse().getStatusCode();
          final boolean gone =
              status == Response.REQUEST_TIMEOUT
                  || status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
          final SipDialog dialog = ours(event.getDialog());
          if (gone && dialog != null) {
            work.peerGone(dialog);
          } else if (dialog != null) {
            sessions.onAnswer(dialog, event.getResponse());
          }
        });
  }

  /** Whether it answers a request of ours outside dialogs. */
  private boolean isOutbound(final ResponseEvent event) {
    final ClientTransaction transaction = event.getClientTransaction();
    if (transaction != null) {
      if (transaction.getApplicationData() instanceof ClientExchange exchange) {
        exchange.onResponse(event);
        return true;
      }
      return false;
    }
    final boolean late =
        event.getResponse().getStatusCode() / 100 == 2
            && Request.INVITE.equals(Messages.method(event.getResponse()))
            && ours(event.getDialog()) == null;
    if (late) {
      outbound.onLateOk(event);
    }
    return late;
  }

  @Override
  public void processTimeout(final TimeoutEvent event) {
    guarded(
        () -> {
          if (!event.isServerTransaction()
              && event.getClientTransaction().getApplicationData()
                  instanceof ClientExchange exchange) {
            exchange.onSilence();
            return;
          }
          final SipDialog dialog =
              event.isServerTransaction() ? null : ours(event.getClientTransaction().getDialog());
          if (dialog != null) {
            work.peerGone(dialog);
          }
        });
  }

  @Override
  public void processDialogTimeout(final DialogTimeoutEvent event) {
    guarded(
        () -> {
          final SipDialog dialog = ours(event.getDialog());
          if (dialog != null && event.getReason() == DialogTimeoutEvent.Reason.AckNotReceived) {
            work.ackTimeout(dialog);
          }
        });
  }

  @Override
  public void processDialogTerminated(final DialogTerminatedEvent event) {
    guarded(
        () -> {
          final SipDialog dialog = ours(event.getDialog());
          if (dialog != null) {
            work.stackGone(dialog);
          }
        });
  }

  @Override
  public void processIOException(final IOExceptionEvent event) {
    core.counters().increment(SipCounter.SEND_FAILURES);
  }

  @Override
  public void processTransactionTerminated(final TransactionTerminatedEvent event) {
    // Dialogs tell what we need to know.
  }

  private static SipDialog ours(final Dialog dialog) {
    return dialog != null && dialog.getApplicationData() instanceof SipDialog own ? own : null;
  }

  private void guarded(final Runnable work) {
    try {
      work.run();
    } catch (final RuntimeException | StackOverflowError e) {
      core.counters().increment(SipCounter.UNEXPECTED);
      if (limit.admit()) {
        LOG.warn("a message could not be handled", e);
      }
    }
  }
}
