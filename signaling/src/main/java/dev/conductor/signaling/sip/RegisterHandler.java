package dev.conductor.signaling.sip;

import java.util.ArrayList;
import java.util.List;
import javax.sip.InvalidArgumentException;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.Header;

/**
 * REGISTER of a phone that has logged in (RFC 3261, section 10.3). We call nobody by his binding,
 * so none is kept: each is confirmed with how long the phone may wait before it asks again. Where
 * there are no accounts it is answered 403.
 *
 * <p>Threads: JAIN-SIP's.
 */
final class RegisterHandler implements MethodHandler {
  private static final int LEAST_SECONDS = 60;
  private static final int MOST_SECONDS = 3_600;
  private static final int MAX_CONTACTS = 8;

  private final SipCore core;
  private final Replies replies;

  RegisterHandler(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
  }

  @Override
  public void handle(final Incoming incoming) {
    core.counters().increment(SipCounter.REGISTERS);
    if (!core.config().guard().hasAccounts()) {
      replies.refuse(incoming, 403, null);
      return;
    }
    final ExpiresHeader expires = incoming.request().getExpires();
    final int usualSeconds = expires == null ? MOST_SECONDS : expires.getExpires();
    final List<Header> confirmed = new ArrayList<>();
    for (final Header header : Messages.all(incoming.request(), ContactHeader.NAME)) {
      final ContactHeader contact = (ContactHeader) ((ContactHeader) header).clone();
      final int wished = contact.isWildCard() ? 0 : seconds(contact, usualSeconds);
      if (wished > 0 && wished < LEAST_SECONDS) {
        replies.refuse(incoming, 423, null, tooBrief());
        return;
      }
      if (wished > 0 && confirmed.size() < MAX_CONTACTS) {
        confirmed.add(lasting(contact, Math.min(wished, MOST_SECONDS)));
      }
    }
    replies.ok(incoming, confirmed);
  }

  private static int seconds(final ContactHeader contact, final int usualSeconds) {
    return contact.getParameter("expires") == null ? usualSeconds : contact.getExpires();
  }

  private static ContactHeader lasting(final ContactHeader contact, final int seconds) {
    try {
      contact.setExpires(seconds);
      return contact;
    } catch (final InvalidArgumentException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Header> tooBrief() {
    return core.messages().headers("Min-Expires", List.of(Integer.toString(LEAST_SECONDS)));
  }
}
