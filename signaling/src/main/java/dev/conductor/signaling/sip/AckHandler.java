package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.sdp.SdpException;
import dev.conductor.signaling.sdp.SessionDescription;

/** ACK: our 200 has arrived (RFC 3261, section 13.3.1.4). Threads: JAIN-SIP's. */
final class AckHandler implements MethodHandler {
  private final SipCore core;
  private final DialogWork work;

  AckHandler(final SipCore core, final DialogWork work) {
    this.core = core;
    this.work = work;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.ACKS);
    final SipDialog dialog = incoming.dialog();
    if (dialog == null) {
      return;
    }
    final MediaDescription answer =
        dialog.read(UasDialog::awaitsAnswer) ? answer(incoming, dialog) : null;
    core.dialogs().acknowledged(dialog);
    final Step step = dialog.step(state -> state.onAck(answer != null));
    switch (step) {
      case CONFIRMED, RENEGOTIATED -> core.events().onConfirmed(dialog.id(), answer);
      case SEND_BYE -> work.bye(dialog);
      default -> {
        // An ACK for what was over or confirmed before.
      }
    }
  }

  private MediaDescription answer(final Incoming incoming, final SipDialog dialog) {
    try {
      final MediaDescription answer =
          core.offerAnswer()
              .readAnswer(
                  SessionDescription.parse(Bodies.description(incoming.request())),
                  dialog.peer().local(),
                  dialog.keys());
      dialog.keys().took(answer);
      return answer;
    } catch (final SdpException e) {
      core.counters().increment(SipCounter.BAD_DESCRIPTIONS);
      return null;
    }
  }
}
