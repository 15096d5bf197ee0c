package dev.conductor.signaling.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Collections;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
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
    throw new SipException("no hop for " + request.getMethod());
  }

  @Override
  @SuppressWarnings("deprecation")
  public ListIterator<?> getNextHops(final Request request) {
    return Collections.emptyListIterator();
  }
}
