package dev.conductor.signaling.sip;

import dev.conductor.config.NatRule;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.HopImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.address.Address;
import javax.sip.address.Hop;
import javax.sip.address.SipURI;
import javax.sip.address.URI;
import javax.sip.header.Header;
import javax.sip.header.RouteHeader;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/**
 * Requests of ours within a dialog: BYE, OPTIONS, and UPDATE or re-INVITE with its ACK.
 *
 * <p>Where they go (RFC 3261, section 12.2.1.1, without a look-up of names): the first route; else
 * the connection the INVITE came on, while it is up; else the Contact, unless it is a name or the
 * peer sits behind a NAT: then where its packets come from. A NAT shows when the Contact is the
 * address put into the Via and the packets come from another, or when it is a private one and they
 * come from a public one.
 *
 * <p>Threads: a sender's, which may wait for a connection.
 */
final class Outgoing {
  private final SipCore core;
  private final Supplier<FencedNetworkLayer> layer;

  Outgoing(final SipCore core, final Supplier<FencedNetworkLayer> layer) {
    this.core = core;
    this.layer = layer;
  }

  /**
   * Sends BYE.
   *
   * @param reason for the Reason header (RFC 3326); empty for none
   * @return false when it could not be sent; JAIN-SIP's dialog is gone then
   */
  boolean bye(final SipDialog dialog, final String reason) {
    try {
      final Request bye = dialog.stackDialog().createRequest(Request.BYE);
      if (!reason.isEmpty()) {
        bye.addHeader(
            core.messages().header("Reason", "SIP;text=\"" + Messages.plain(reason) + "\""));
      }
      send(dialog, bye);
      return true;
    } catch (final SipException | ParseException | InvalidArgumentException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
      dialog.stackDialog().delete();
      return false;
    }
  }

  /** Sends OPTIONS; false when it could not be sent. */
  boolean options(final SipDialog dialog) {
    try {
      send(dialog, dialog.stackDialog().createRequest(Request.OPTIONS));
      return true;
    } catch (final SipException | ParseException | InvalidArgumentException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
      return false;
    }
  }

  /**
   * Sends an UPDATE or a re-INVITE.
   *
   * @param sdp its description; empty for none
   * @return false when it could not be sent
   */
  boolean change(
      final SipDialog dialog, final String method, final String sdp, final Header... extra) {
    try {
      final Request request = dialog.stackDialog().createRequest(method);
      final Peer peer = dialog.peer();
      request.setHeader(core.messages().contact(peer));
      core.messages().headers("Allow", Messages.ALLOW).forEach(request::addHeader);
      core.messages().headers("Supported", Messages.SUPPORTED).forEach(request::addHeader);
      for (final Header header : extra) {
        request.addHeader(header);
      }
      if (!sdp.isEmpty()) {
        core.messages().describe(request, sdp);
      }
      send(dialog, request);
      return true;
    } catch (final SipException | ParseException | InvalidArgumentException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
      return false;
    }
  }

  /** Acknowledges the 200 to a re-INVITE of ours (RFC 3261, section 13.2.2.4). */
  void ack(final SipDialog dialog, final long sequence) {
    try {
      final Request ack = dialog.stackDialog().createAck(sequence);
      address(dialog, ack);
      dialog.stackDialog().sendAck(ack);
    } catch (final SipException | ParseException | InvalidArgumentException | RuntimeException e) {
      core.counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  private void send(final SipDialog dialog, final Request request)
      throws SipException, ParseException, InvalidArgumentException {
    address(dialog, request);
    final ClientTransaction transaction = dialog.peer().provider().getNewClientTransaction(request);
    try {
      dialog.stackDialog().sendRequest(transaction);
    } catch (final SipException e) {
      transaction.terminate();
      throw e;
    }
  }

  /** Says where it comes from, as the far end is to see it, and where it goes. */
  private void address(final SipDialog dialog, final Request request)
      throws ParseException, InvalidArgumentException {
    final Peer peer = dialog.peer();
    final ViaHeader via = (ViaHeader) request.getHeader(ViaHeader.NAME);
    via.setHost(Addresses.inUri(peer.seenLocal().getAddress()));
    if (!peer.tcp()) {
      via.setRPort();
    }
    request.removeHeader("User-Agent");
    if (request.getHeader("Contact") != null) {
      request.setHeader(core.messages().contact(peer));
    }
    route(dialog, request);
  }

  /** Says where a request of this dialog goes. */
  void route(final SipDialog dialog, final Request request) {
    routeStrictly(request);
    ((SIPRequest) request).setApplicationData(hop(dialog));
  }

  /**
   * A first route without {@code lr} is a proxy of RFC 2543, which wants to be the Request-URI, and
   * takes ours from the end of the route (RFC 3261, section 12.2.1.1).
   */
  private void routeStrictly(final Request request) {
    final List<Header> routes = Messages.all(request, RouteHeader.NAME);
    if (routes.isEmpty()
        || !(((RouteHeader) routes.get(0)).getAddress().getURI() instanceof SipURI first)
        || first.hasLrParam()) {
      return;
    }
    request.removeHeader(RouteHeader.NAME);
    for (final Header route : routes.subList(1, routes.size())) {
      request.addHeader(route);
    }
    request.addHeader(
        core.messages().header(RouteHeader.NAME, "<" + request.getRequestURI() + ">"));
    request.setRequestURI(first);
  }

  private Hop hop(final SipDialog dialog) {
    final Peer peer = dialog.peer();
    final InetSocketAddress routed = firstRoute(dialog.stackDialog());
    if (routed != null) {
      return hop(routed, peer);
    }
    final InetSocketAddress contact = contact(dialog.stackDialog());
    final boolean connected = peer.tcp() && layer.get().connection(peer.source()) != null;
    if (connected || contact == null || !peer.tcp() && behindNat(peer, contact)) {
      return hop(peer.source(), peer);
    }
    return hop(contact, peer);
  }

  private static boolean behindNat(final Peer peer, final InetSocketAddress contact) {
    final InetAddress source = peer.source().getAddress();
    return NatRule.hides(contact.getAddress(), source)
        || !contact.getAddress().equals(source)
            && contact.getAddress().equals(Addresses.literal(peer.viaHost()));
  }

  private static Hop hop(final InetSocketAddress where, final Peer peer) {
    return new HopImpl(where.getAddress().getHostAddress(), where.getPort(), peer.transport());
  }

  private static InetSocketAddress firstRoute(final Dialog dialog) {
    final Iterator<?> routes = dialog.getRouteSet();
    return routes.hasNext() ? literal(((RouteHeader) routes.next()).getAddress()) : null;
  }

  private static InetSocketAddress contact(final Dialog dialog) {
    return literal(dialog.getRemoteTarget());
  }

  private static int defaultPort(final SipURI uri) {
    return uri.isSecure() || "tls".equalsIgnoreCase(uri.getTransportParam()) ? 5061 : 5060;
  }

  private static InetSocketAddress literal(final Address address) {
    final URI uri = address == null ? null : address.getURI();
    if (!(uri instanceof SipURI sip)) {
      return null;
    }
    final InetAddress host = Addresses.literal(sip.getHost());
    return host == null || host.isMulticastAddress() || host.isAnyLocalAddress()
        ? null
        : new InetSocketAddress(host, sip.getPort() <= 0 ? defaultPort(sip) : sip.getPort());
  }
}
