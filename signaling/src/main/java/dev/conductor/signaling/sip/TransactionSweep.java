package dev.conductor.signaling.sip;

import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sip.ServerTransaction;
import javax.sip.TransactionState;

/**
 * Gives up requests that were not answered for so long that nobody waits for the answer any more.
 * The stack keeps one without a timer, so for ever, when it never hands it to us: as where two of
 * one branch come over two transports in the same moment. An INVITE that a dialog of ours has in
 * hand is left alone.
 *
 * <p>Threads: the UDP sender's tick.
 */
final class TransactionSweep {
  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(10);

  /** 64 times T1: who sent it has given it up by then (RFC 3261, section 17.1.2.2). */
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(32);

  private final Supplier<Collection<SIPServerTransaction>> kept;
  private final Replies replies;
  private Map<SIPServerTransaction, Long> unanswered = new IdentityHashMap<>();
  private long lastNs;

  TransactionSweep(
      final Supplier<Collection<SIPServerTransaction>> kept,
      final Replies replies,
      final long nowNs) {
    this.kept = kept;
    this.replies = replies;
    lastNs = nowNs;
  }

  /** Looks, if it is time to. */
  synchronized void tick(final long nowNs) {
    if (nowNs - lastNs < EVERY_NS) {
      return;
    }
    lastNs = nowNs;
    final Map<SIPServerTransaction, Long> still = new IdentityHashMap<>();
    for (final SIPServerTransaction transaction : kept.get()) {
      if (isUnanswered(transaction) && !isInHand(transaction)) {
        final long sinceNs = unanswered.getOrDefault(transaction, nowNs);
        if (nowNs - sinceNs < PATIENCE_NS) {
          still.put(transaction, sinceNs);
        } else {
          replies.abandon(transaction);
        }
      }
    }
    unanswered = still;
  }

  /** Whether no final response was sent yet. */
  static boolean isUnanswered(final ServerTransaction transaction) {
    final TransactionState state = transaction.getState();
    return state == null
        || state == TransactionState.TRYING
        || state == TransactionState.PROCEEDING;
  }

  private static boolean isInHand(final SIPServerTransaction transaction) {
    final InHand inHand =
        transaction.getDialog() != null
                && transaction.getDialog().getApplicationData() instanceof SipDialog dialog
            ? dialog.inHand()
            : null;
    return inHand != null && inHand.transaction() == transaction;
  }
}
