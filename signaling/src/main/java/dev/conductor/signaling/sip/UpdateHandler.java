package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.SessionTerms;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.sdp.Agreement;

/**
 * UPDATE: a refresh of the session, or another offer, before or after the call is up (RFC 3311).
 * Threads: JAIN-SIP's.
 */
final class UpdateHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;
  private final Offers offers;

  UpdateHandler(
      final SipCore core, final Replies replies, final DialogWork work, final Offers offers) {
    this.core = core;
    this.replies = replies;
    this.work = work;
    this.offers = offers;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.UPDATES);
    if (incoming.dialog() == null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    final Offers.Read read = offers.read(incoming);
    if (read != null) {
      change(incoming, read.offer(), read.terms());
    }
  }

  private void change(final Incoming incoming, final Agreement offer, final SessionTerms terms) {
    final SipDialog dialog = incoming.dialog();
    final InHand request = new InHand(incoming.transaction(), terms);
    final Step step = dialog.onChange(state -> state.onUpdate(offer), request);
    switch (step) {
      case SEND_OK ->
          core.senders().offer(incoming.lane(), true, () -> work.okNow(dialog, request, step));
      case SEND_SAME -> core.senders().offer(incoming.lane(), true, () -> work.okNow(dialog, step));
      case ASK_FOCUS -> offers.ask(incoming, offer);
      case GLARE -> replies.refuse(incoming, 491, null);
      case RETRY_LATER -> replies.later(incoming);
      default -> replies.refuse(incoming, 481, null);
    }
  }
}
