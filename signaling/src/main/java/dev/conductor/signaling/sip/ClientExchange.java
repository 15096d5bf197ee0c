package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.DigestClient;
import dev.conductor.signaling.trunk.Target;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.Optional;
import javax.sip.ClientTransaction;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.header.Header;
import javax.sip.header.WWWAuthenticateHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A request of ours outside dialogs, and what is answered to it. A challenge of the trunk it went
 * to is answered once, and once more where it says that its nonce was stale; no other challenge
 * ever is, so that nobody can have us prove ourselves in the name of somebody else.
 *
 * <p>Threads: {@link #sendNow} on a sender's; the rest on the stack's.
 */
abstract class ClientExchange {
  /** How often one request is sent anew with credentials. */
  private static final int MAX_ANSWERS = 2;

  private final TrunkRequests requests;
  private final TrunkLink link;
  private final String callId = Tags.next() + Tags.next();
  private final String fromTag = Tags.next();
  private volatile Target target;
  private volatile ClientTransaction transaction;
  private long sequence;
  private int challengesAnswered;

  ClientExchange(final TrunkRequests requests, final TrunkLink link) {
    this.requests = requests;
    this.link = link;
  }

  /** The request, but for credentials. */
  abstract Request request(Target to, long cseq);

  /** An answer, challenges that we answer left out. */
  abstract void onAnswer(ResponseEvent event);

  /** No answer came, or nothing could be sent. */
  abstract void onSilence();

  /** Sends to this target from now on; on a sender's thread. */
  final void sendNow(final Target to) {
    target = to;
    challengesAnswered = 0;
    sendNow((Header) null);
  }

  private void sendNow(final Header credentials) {
    sequence++;
    try {
      final Request request = request(target, sequence);
      if (credentials != null) {
        request.addHeader(credentials);
      }
      ((SIPRequest) request).setApplicationData(hop(target, link.transport()));
      final ClientTransaction next =
          requests.provider(target.local()).getNewClientTransaction(request);
      next.setApplicationData(this);
      transaction = next;
      next.sendRequest();
    } catch (final SipException | RuntimeException e) {
      requests.core().counters().increment(SipCounter.SEND_FAILURES);
      onSilence();
    }
  }

  static HopImpl hop(final Target target, final String transport) {
    return new HopImpl(
        target.remote().getAddress().getHostAddress(), target.remote().getPort(), transport);
  }

  /** An answer came. */
  final void onResponse(final ResponseEvent event) {
    final Header credentials = credentials(event.getResponse());
    if (credentials == null) {
      onAnswer(event);
    } else if (!requests.send(this, () -> sendNow(credentials))) {
      onSilence();
    }
  }

  /** What answers this challenge; null where none is to be answered. */
  private Header credentials(final Response response) {
    final int status = response.getStatusCode();
    if (status != Response.UNAUTHORIZED && status != Response.PROXY_AUTHENTICATION_REQUIRED) {
      return null;
    }
    final boolean proxy = status == Response.PROXY_AUTHENTICATION_REQUIRED;
    for (final Header header :
        Messages.all(response, proxy ? "Proxy-Authenticate" : "WWW-Authenticate")) {
      final WWWAuthenticateHeader challenge = (WWWAuthenticateHeader) header;
      if (challengesAnswered >= (challenge.isStale() ? MAX_ANSWERS : 1)) {
        continue;
      }
      final Request asked = transaction.getRequest();
      final Optional<String> answer =
          link.digest()
              .answer(
                  new DigestClient.Challenge(
                      challenge.getRealm(),
                      challenge.getNonce(),
                      challenge.getOpaque(),
                      challenge.getAlgorithm(),
                      challenge.getQop()),
                  asked.getMethod(),
                  asked.getRequestURI().toString());
      if (answer.isPresent()) {
        challengesAnswered++;
        return requests
            .core()
            .messages()
            .header(proxy ? "Proxy-Authorization" : "Authorization", answer.get());
      }
    }
    return null;
  }

  TrunkRequests requests() {
    return requests;
  }

  TrunkLink link() {
    return link;
  }

  /** Where it was sent last. */
  Target target() {
    return target;
  }

  /** The transaction in hand; null before the first. */
  ClientTransaction transaction() {
    return transaction;
  }

  String callId() {
    return callId;
  }

  String fromTag() {
    return fromTag;
  }

  /** The sender lane of its messages. */
  int lane() {
    return SenderPool.lane(link.tcp(), callId.hashCode());
  }
}
