package dev.conductor.signaling.sip;

import java.util.ArrayList;
import java.util.List;
import javax.sip.header.Header;

/**
 * OPTIONS: what we can, inside a dialog or outside (RFC 3261, section 11.2), without saying which
 * software we are. Threads: JAIN-SIP's.
 */
final class OptionsHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final InviteChecks checks;

  OptionsHandler(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
    this.checks = new InviteChecks(core.messages());
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.OPTIONS);
    if (incoming.dialog() == null && Messages.toTag(incoming.request()) != null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    final InviteChecks.Refusal refusal = checks.checkHead(incoming.request());
    if (refusal != null) {
      replies.refuse(incoming, refusal.status(), null, refusal.extra());
      return;
    }
    final List<Header> abilities =
        new ArrayList<>(core.messages().headers("Allow", Messages.ALLOW));
    abilities.addAll(core.messages().headers("Accept", Messages.ACCEPT));
    abilities.addAll(core.messages().headers("Supported", Messages.SUPPORTED));
    replies.ok(incoming, abilities);
  }
}
