package dev.conductor.signaling.sip;

import java.util.List;

/** INFO: a key (application/dtmf-relay, application/dtmf). Threads: JAIN-SIP's. */
final class InfoHandler implements MethodHandler {
  private static final List<String> KEY_TYPES =
      List.of("application/dtmf-relay", "application/dtmf");

  private final SipCore core;
  private final Replies replies;

  InfoHandler(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.INFOS);
    if (incoming.dialog() == null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    final byte[] body = Messages.body(incoming.request());
    final String type = Messages.contentType(incoming.request());
    if (body.length == 0) {
      replies.ok(incoming);
      return;
    }
    final char key;
    switch (type) {
      case "application/dtmf-relay" -> key = DigitBody.relay(body);
      case "application/dtmf" -> key = DigitBody.bare(body);
      default -> {
        replies.refuse(incoming, 415, null, core.messages().headers("Accept", KEY_TYPES));
        return;
      }
    }
    if (key == 0) {
      core.counters().increment(SipCounter.BAD_DIGITS);
      replies.refuse(incoming, 400, "Bad Request - no key in the body");
      return;
    }
    replies.ok(incoming);
    core.events().onDigit(incoming.dialog().id(), key);
  }
}
