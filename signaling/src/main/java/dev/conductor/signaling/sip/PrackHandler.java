package dev.conductor.signaling.sip;

/**
 * PRACK: our 180 has arrived (RFC 3262, section 3). One for anything else does not get here: the
 * valve has answered it. Threads: JAIN-SIP's.
 */
final class PrackHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;

  PrackHandler(final SipCore core, final Replies replies, final DialogWork work) {
    this.core = core;
    this.replies = replies;
    this.work = work;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.PRACKS);
    final SipDialog dialog = incoming.dialog();
    if (dialog == null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    if (Messages.body(incoming.request()).length == 0) {
      replies.ok(incoming);
    } else {
      // An offer, while that of the INVITE is not answered (section 5 forbids it).
      replies.later(incoming);
    }
    work.onPrack(dialog);
  }
}
