package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.Refresher;
import dev.conductor.signaling.dialog.SessionAsk;
import dev.conductor.signaling.dialog.SessionTerms;
import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import javax.sip.header.SupportedHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** Session timers in header fields (RFC 4028). Any thread; stateless. */
final class SessionHeaders {
  /** 422 Session Interval Too Small (section 6). */
  static final int TOO_SMALL = 422;

  /** A day: longer is as good as no timer. */
  private static final int MOST_S = 86_400;

  private SessionHeaders() {}

  /** What a request says of session timers. */
  static SessionAsk ask(final Request request) {
    final SessionExpires expires = expires(request);
    return new SessionAsk(
        supports(request),
        expires == null ? 0 : seconds(expires.getExpires()),
        minSe(request),
        expires == null ? Refresher.NONE : refresher(expires));
  }

  private static boolean supports(final Message message) {
    return Messages.all(message, SupportedHeader.NAME).stream()
        .anyMatch(header -> "timer".equalsIgnoreCase(((SupportedHeader) header).getOptionTag()));
  }

  private static SessionExpires expires(final Message message) {
    return message.getHeader(SessionExpires.NAME) instanceof SessionExpires expires
        ? expires
        : null;
  }

  private static Refresher refresher(final SessionExpires expires) {
    final String who = expires.getRefresher();
    if ("uac".equalsIgnoreCase(who)) {
      return Refresher.UAC;
    }
    return "uas".equalsIgnoreCase(who) ? Refresher.UAS : Refresher.NONE;
  }

  /** {@code Min-SE}; 0 for none. */
  static int minSe(final Message message) {
    return message.getHeader(MinSE.NAME) instanceof MinSE least ? seconds(least.getExpires()) : 0;
  }

  private static int seconds(final int value) {
    return Math.max(0, Math.min(MOST_S, value));
  }

  /** Says in a 200 of ours what was agreed (section 9). */
  static void write(final Messages messages, final Response ok, final SessionTerms terms) {
    if (terms.expiresS() > 0) {
      final String who = terms.weRefresh() ? "uas" : "uac";
      ok.addHeader(messages.header("Session-Expires", terms.expiresS() + ";refresher=" + who));
      if (terms.peerSupports()) {
        ok.addHeader(messages.header("Require", "timer"));
      }
    }
  }

  /**
   * What a 200 to a refresh of ours says; where it says nothing, we go on as we asked. Less than
   * our Min-SE it may not say (section 9): else it would have us refresh on and on.
   */
  static SessionTerms answered(final Response ok, final int askedS, final int minSeS) {
    final SessionExpires expires = expires(ok);
    if (expires == null) {
      return new SessionTerms(askedS, true, false, true);
    }
    final boolean weRefresh = refresher(expires) != Refresher.UAS;
    return new SessionTerms(
        Math.max(minSeS, seconds(expires.getExpires())), weRefresh, false, true);
  }
}
