package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.Registration;
import dev.conductor.signaling.trunk.Target;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sip.ResponseEvent;
import javax.sip.header.ContactHeader;
import javax.sip.header.ExpiresHeader;
import javax.sip.header.Header;
import javax.sip.header.MinExpiresHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps us registered with a trunk (RFC 3261, section 10.2). Threads: see its parent. */
final class RegisterExchange extends ClientExchange {
  private static final Logger LOG = LoggerFactory.getLogger(RegisterExchange.class);

  private final Registration registration;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean ending;

  RegisterExchange(final TrunkRequests requests, final TrunkLink link) {
    super(requests, link);
    registration =
        new Registration(link.trunk().config().account().registerSeconds(), System.nanoTime());
  }

  /** Gives up what was registered, so that no call is sent here any more. */
  void end() {
    ending = true;
    if (!link().state().isRegistered() || !requests().send(this, () -> sendNow(target()))) {
      ended.countDown();
    }
  }

  /** Waits until the end was answered, but not longer than until then. */
  void awaitEnd(final long deadlineNs) throws InterruptedException {
    ended.await(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  /** Sends one if it is due. */
  void poll(final long nowNs) {
    synchronized (registration) {
      if (link().state().targets().isEmpty() || !registration.isDue(nowNs)) {
        return;
      }
      registration.sent();
    }
    // One that does not answer is passed over while another does.
    final Target to =
        link().state().up().stream().findFirst().orElse(link().state().targets().get(0));
    if (!requests().send(this, () -> sendNow(to))) {
      onSilence();
    }
  }

  @Override
  Request request(final Target to, final long cseq) {
    final String user = link().trunk().config().account().user();
    final Request request = requests().request(Request.REGISTER, this, to, user, user, cseq);
    synchronized (registration) {
      request.addHeader(
          requests()
              .core()
              .messages()
              .header("Expires", Integer.toString(ending ? 0 : registration.wishedSeconds())));
    }
    return request;
  }

  @Override
  void onAnswer(final ResponseEvent event) {
    final Response response = event.getResponse();
    final int status = response.getStatusCode();
    if (status < 200) {
      return;
    }
    if (ending) {
      ended.countDown();
      return;
    }
    final long nowNs = System.nanoTime();
    synchronized (registration) {
      if (status < 300) {
        registration.granted(granted(response), nowNs);
      } else if (response.getHeader(MinExpiresHeader.NAME) instanceof MinExpiresHeader least
          && status == Response.INTERVAL_TOO_BRIEF) {
        registration.tooBrief(least.getExpires(), nowNs);
      } else {
        registration.failed(nowNs);
      }
    }
    if (status != Response.INTERVAL_TOO_BRIEF) {
      tell(status < 300, status + " " + Messages.plain(response.getReasonPhrase()));
    }
  }

  /** What our Contact was granted, else what Expires says, else what we wished for. */
  private int granted(final Response response) {
    final InetSocketAddress seen = requests().seen(target(), link());
    for (final Header header : Messages.all(response, ContactHeader.NAME)) {
      final ContactHeader contact = (ContactHeader) header;
      final String uri = contact.getAddress().getURI().toString();
      final boolean ours = uri.contains(Addresses.inUri(seen.getAddress()) + ":" + seen.getPort());
      if (ours && contact.getExpires() > 0) {
        return contact.getExpires();
      }
    }
    return response.getHeader(ExpiresHeader.NAME) instanceof ExpiresHeader expires
            && expires.getExpires() > 0
        ? expires.getExpires()
        : registration.wishedSeconds();
  }

  @Override
  void onSilence() {
    if (ending) {
      ended.countDown();
      return;
    }
    synchronized (registration) {
      registration.failed(System.nanoTime());
    }
    tell(false, "no answer");
  }

  private void tell(final boolean registered, final String what) {
    requests()
        .core()
        .counters()
        .increment(registered ? SipCounter.REGISTERED : SipCounter.REGISTER_FAILURES);
    if (link().state().registered(registered, what)) {
      LOG.info("trunk {}: {}registered ({})", link().name(), registered ? "" : "not ", what);
      link().tellTurn("REGISTER: " + what);
    }
  }
}
