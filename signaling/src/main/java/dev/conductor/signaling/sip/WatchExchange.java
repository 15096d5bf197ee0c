package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.Target;
import javax.sip.ResponseEvent;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one proxy of a trunk by OPTIONS whether it is up: any answer but 408 and 503 says so.
 * Threads: see its parent.
 */
final class WatchExchange extends ClientExchange {
  private static final Logger LOG = LoggerFactory.getLogger(WatchExchange.class);

  private final Target proxy;

  WatchExchange(final TrunkRequests requests, final TrunkLink link, final Target proxy) {
    super(requests, link);
    this.proxy = proxy;
  }

  void send() {
    if (!requests().send(this, () -> sendNow(proxy))) {
      tell(false, "no room to ask");
    }
  }

  @Override
  Request request(final Target to, final long cseq) {
    return requests().request(Request.OPTIONS, this, to, "", link().callerId(), cseq);
  }

  @Override
  void onAnswer(final ResponseEvent event) {
    final int status = event.getResponse().getStatusCode();
    if (status >= 200) {
      tell(
          status != Response.SERVICE_UNAVAILABLE && status != Response.REQUEST_TIMEOUT,
          Integer.toString(status));
    }
  }

  @Override
  void onSilence() {
    tell(false, "no answer");
  }

  private void tell(final boolean up, final String what) {
    if (link().state().answered(proxy.remote(), up)) {
      LOG.info("trunk {}: {} is {} ({})", link().name(), proxy.remote(), up ? "up" : "down", what);
      requests().core().counters().increment(up ? SipCounter.TRUNK_UPS : SipCounter.TRUNK_DOWNS);
      link().tellTurn("OPTIONS to " + Addresses.hostPort(proxy.remote()) + ": " + what);
    }
  }
}
