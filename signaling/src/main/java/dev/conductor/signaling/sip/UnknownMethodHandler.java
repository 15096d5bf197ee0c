package dev.conductor.signaling.sip;

import java.util.Set;

/**
 * Every method we do not take (RFC 3261, sections 8.2.1 and 21.5.2): 405 where it is one of SIP's,
 * 501 where nobody knows it, each with what we do take. REFER in a call of ours is declined: who is
 * in a conference is up to its host.
 */
final class UnknownMethodHandler implements MethodHandler {
  private static final Set<String> KNOWN =
      Set.of("REGISTER", "SUBSCRIBE", "NOTIFY", "MESSAGE", "PUBLISH", "REFER");

  private final SipCore core;
  private final Replies replies;

  UnknownMethodHandler(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.OTHER_REQUESTS);
    final int status = KNOWN.contains(incoming.method()) ? 405 : 501;
    replies.refuse(incoming, status, null, core.messages().headers("Allow", Messages.ALLOW));
  }

  /** REFER within a call. */
  void declineTransfer(final Incoming incoming) {
    core.counters().increment(SipCounter.OTHER_REQUESTS);
    replies.refuse(incoming, 603, null);
  }
}
