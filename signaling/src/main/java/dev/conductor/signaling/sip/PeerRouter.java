package dev.conductor.signaling.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.RouteHeader;
import javax.sip.message.Request;

/**
 * Sends a request of ours to the hop that was written on it, and nowhere else.
 *
 * <p>Threads: any. JAIN-SIP makes it by name.
 */
public final class PeerRouter implements Router {
  /** Made by name. */
  public PeerRouter(final SipStack stack, final String outboundProxy) {}

  @Override
  public Hop getOutboundProxy() {
    return null;
  }

  @Override
  public Hop getNextHop(final Request request) throws SipException {
    if (((SIPRequest) request).getApplicationData() instanceof Hop hop) {
      return hop;
    }
    if (Request.ACK.equals(request.getMethod()) && literal(request) != null) {
      // The stack itself repeats an ACK, from the text it sent.
      return literal(request);
    }
    throw new SipException("no hop for " + request.getMethod());
  }

  /** The first route's address, else the Request-URI's; null where that is a name. */
  private static Hop literal(final Request request) {
    final URI uri =
        request.getHeader(RouteHeader.NAME) instanceof RouteHeader route
            ? route.getAddress().getURI()
            : request.getRequestURI();
    if (!(uri instanceof SipURI sip) || Addresses.literal(sip.getHost()) == null) {
      return null;
    }
    final String transport = sip.getTransportParam();
    return new HopImpl(
        Addresses.literal(sip.getHost()).getHostAddress(),
        sip.getPort() <= 0 ? 5060 : sip.getPort(),
        transport == null ? "udp" : transport);
  }

  @Override
  @SuppressWarnings("deprecation")
  public ListIterator<?> getNextHops(final Request request) {
    return Collections.emptyListIterator();
  }
}
