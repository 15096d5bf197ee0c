package dev.conductor.signaling.sip;

import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sip.InvalidArgumentException;
import javax.sip.ObjectInUseException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.header.Header;
import javax.sip.message.Response;

/**
 * Answers to requests of peers; each leaves on its sender lane. When the lane is full the answer is
 * dropped and counted, and the stack forgets that it was asked: the peer asks again.
 *
 * <p>Threads: any.
 */
final class Replies {
  private static final int MOST_RETRY_S = 10;

  private final SipCore core;

  Replies(final SipCore core) {
    this.core = core;
  }

  /** 200. */
  void ok(final Incoming incoming) {
    ok(incoming, List.of());
  }

  /** 200, with these headers. */
  void ok(final Incoming incoming, final List<Header> extra) {
    final Response response = core.messages().response(incoming.request(), 200, null);
    extra.forEach(response::addHeader);
    send(incoming, response);
  }

  /** A refusal, counted by its status. */
  void refuse(final Incoming incoming, final int status, final String reason) {
    refuse(incoming, status, reason, List.of());
  }

  /** A refusal with these headers. */
  void refuse(
      final Incoming incoming, final int status, final String reason, final List<Header> extra) {
    final Response response = core.messages().response(incoming.request(), status, reason);
    extra.forEach(response::addHeader);
    core.counters().refused(status);
    send(incoming, response);
  }

  /** 503 with Retry-After. */
  void busy(final Incoming incoming) {
    refuse(incoming, 503, null, List.of(retryAfter()));
  }

  /**
   * 500 with Retry-After of up to ten seconds at random: an offer is not answered yet (RFC 3261,
   * section 14.2; RFC 3311, section 5.2).
   */
  void later(final Incoming incoming) {
    final int waitS = ThreadLocalRandom.current().nextInt(MOST_RETRY_S + 1);
    refuse(
        incoming,
        500,
        null,
        List.of(core.messages().header("Retry-After", Integer.toString(waitS))));
  }

  /** What a 503 of ours says. */
  Header retryAfter() {
    return core.messages()
        .header("Retry-After", Integer.toString(core.config().retryAfterSeconds()));
  }

  private void send(final Incoming incoming, final Response response) {
    final boolean ends = "BYE".equals(incoming.method()) || "CANCEL".equals(incoming.method());
    if (!core.senders().offer(incoming.lane(), ends, () -> sendNow(incoming, response))) {
      abandon(incoming.transaction());
    }
  }

  private void sendNow(final Incoming incoming, final Response response) {
    if (incoming.transaction() == null) {
      sendStatelessNow(incoming.provider(), response);
    } else {
      sendNow(incoming.transaction(), response);
    }
  }

  /** Sends a response that no transaction keeps, on this thread, a sender's. */
  void sendStatelessNow(final SipProvider provider, final Response response) {
    try {
      provider.sendResponse(response);
    } catch (final SipException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  /**
   * Sends on this thread, a sender's.
   *
   * @return false when the stack could not
   */
  boolean sendNow(final ServerTransaction transaction, final Response response) {
    try {
      transaction.sendResponse(response);
      return true;
    } catch (final SipException | InvalidArgumentException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
      abandon(transaction);
      return false;
    }
  }

  /** Gives up a request's transaction unless it is answered, or its answer waits in the lane. */
  void abandonUnanswered(final Incoming incoming) {
    final ServerTransaction transaction = incoming.transaction();
    core.senders()
        .afterWaiting(
            incoming.lane(),
            () -> {
              if (transaction != null && TransactionSweep.isUnanswered(transaction)) {
                abandon(transaction);
              }
            });
  }

  /**
   * Gives up a transaction that gets no answer from us: the stack would keep it, and what the peer
   * sends again, for ever.
   *
   * @param transaction null for none
   */
  void abandon(final ServerTransaction transaction) {
    if (transaction instanceof SIPServerTransaction unanswered) {
      core.counters().increment(SipCounter.TRANSACTIONS_ABANDONED);
      try {
        unanswered.terminate();
      } catch (final ObjectInUseException inUse) {
        core.counters().increment(SipCounter.UNEXPECTED);
      }
      unanswered.getSIPStack().removeTransaction(unanswered);
    }
  }
}
