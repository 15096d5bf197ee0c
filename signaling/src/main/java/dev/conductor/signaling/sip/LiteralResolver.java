package dev.conductor.signaling.sip;

import gov.nist.core.net.AddressResolver;
import gov.nist.javax.sip.stack.HopImpl;
import javax.sip.address.Hop;

/**
 * Looks up no names: a hop that is a name becomes the null address, which nothing can be sent to.
 * Answers go to where requests came from, so no name is needed.
 *
 * <p>Threads: any. JAIN-SIP makes it by name.
 */
public final class LiteralResolver implements AddressResolver {
  /** Made by name. */
  public LiteralResolver() {}

  @Override
  public Hop resolveAddress(final Hop hop) {
    if (Addresses.literal(hop.getHost()) != null) {
      return hop;
    }
    return new HopImpl("0.0.0.0", hop.getPort() < 0 ? 5060 : hop.getPort(), hop.getTransport());
  }
}
