package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;

/**
 * CANCEL: the far end gives up what it asked (RFC 3261, section 9.2). One that comes too late
 * changes nothing. Threads: JAIN-SIP's.
 */
final class CancelHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;

  CancelHandler(final SipCore core, final Replies replies, final DialogWork work) {
    this.core = core;
    this.replies = replies;
    this.work = work;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.CANCELS);
    final SipDialog dialog = incoming.dialog();
    replies.ok(incoming);
    if (dialog == null) {
      return;
    }
    final Step step = dialog.step(UasDialog::onCancel);
    if (step == Step.CANCEL_INVITE || step == Step.CANCEL_CHANGE) {
      work.cancelInHand(dialog);
    }
    if (step == Step.CANCEL_INVITE) {
      dialog.farReason(FarReason.of(incoming.request()));
      work.finished(dialog);
    }
  }
}
