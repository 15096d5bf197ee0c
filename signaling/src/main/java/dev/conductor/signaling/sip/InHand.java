package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.SessionTerms;
import javax.sip.ServerTransaction;

/**
 * A request that waits for our answer. Any thread; immutable.
 *
 * @param transaction an INVITE's or an UPDATE's
 * @param terms of the session timer, if the answer is 200
 */
record InHand(ServerTransaction transaction, SessionTerms terms) {
  /** Whether an ACK will follow the 200. */
  boolean isInvite() {
    return "INVITE".equals(transaction.getRequest().getMethod());
  }
}
