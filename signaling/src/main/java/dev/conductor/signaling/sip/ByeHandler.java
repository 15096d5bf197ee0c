package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;

/** BYE: the far end hangs up (RFC 3261, section 15.1.2). Threads: JAIN-SIP's. */
final class ByeHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;

  ByeHandler(final SipCore core, final Replies replies, final DialogWork work) {
    this.core = core;
    this.replies = replies;
    this.work = work;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.BYES);
    final SipDialog dialog = incoming.dialog();
    if (dialog == null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    dialog.farReason(FarReason.of(incoming.request()));
    final Step step = dialog.step(UasDialog::onBye);
    if (step == Step.CANCEL_CHANGE) {
      work.cancelInHand(dialog);
    }
    if (step == Step.NOTHING && dialog.read(UasDialog::endCause) == DialogEnd.BYE) {
      replies.refuse(incoming, 481, null);
      return;
    }
    replies.ok(incoming);
    if (step != Step.NOTHING) {
      work.finished(dialog);
    }
  }
}
