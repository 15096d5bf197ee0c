package dev.conductor.signaling.sip;

/** Every method we do not know: 405 with what we do (RFC 3261, section 8.2.1). */
final class UnknownMethodHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;

  UnknownMethodHandler(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.OTHER_REQUESTS);
    replies.refuse(incoming, 405, null, core.messages().headers("Allow", Messages.ALLOW));
  }
}
