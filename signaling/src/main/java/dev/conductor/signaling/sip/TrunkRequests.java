package dev.conductor.signaling.sip;

import dev.conductor.signaling.trunk.Target;
import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.header.HeaderFactoryImpl;
import gov.nist.javax.sip.message.MessageFactoryImpl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.sip.InvalidArgumentException;
import javax.sip.SipProvider;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/** Makes requests outside dialogs (RFC 3261, section 8.1.1), and sends them on. Any thread. */
final class TrunkRequests {
  private final HeaderFactory headers = new HeaderFactoryImpl();
  private final MessageFactoryImpl messages = new MessageFactoryImpl();
  private final AddressFactoryImpl addresses = new AddressFactoryImpl();
  private final SipCore core;
  private final Function<InetAddress, SipProvider> providers;

  TrunkRequests(final SipCore core, final Function<InetAddress, SipProvider> providers) {
    this.core = core;
    this.providers = providers;
  }

  SipCore core() {
    return core;
  }

  /** The stack's end of the route from this address of ours. */
  SipProvider provider(final InetAddress local) {
    return providers.apply(local);
  }

  /** Has something done on the sender lane of an exchange; false where it is full. */
  boolean send(final ClientExchange exchange, final Runnable job) {
    return core.senders().offer(exchange.lane(), true, job);
  }

  /**
   * A request.
   *
   * @param user who is asked for, before the at sign of Request-URI and To; empty for none
   * @param self who we are, before the at sign of From; empty for none
   */
  Request request(
      final String method,
      final ClientExchange exchange,
      final Target to,
      final String user,
      final String self,
      final long cseq) {
    final TrunkLink link = exchange.link();
    try {
      final boolean registers = method.equals(Request.REGISTER);
      final InetSocketAddress seen = seen(to, link);
      final SipURI uri = uri(registers ? "" : user, link);
      final ViaHeader via =
          headers.createViaHeader(
              Addresses.inUri(seen.getAddress()),
              seen.getPort(),
              link.transport().toUpperCase(Locale.ROOT),
              null);
      if (!link.tcp()) {
        via.setRPort();
      }
      final Address from = addresses.createAddress(uri(registers ? user : self, link));
      final Request request =
          messages.createRequest(
              uri,
              method,
              headers.createCallIdHeader(exchange.callId()),
              headers.createCSeqHeader(cseq, method),
              headers.createFromHeader(from, exchange.fromTag()),
              headers.createToHeader(addresses.createAddress(uri(user, link)), null),
              new ArrayList<>(List.of(via)),
              headers.createMaxForwardsHeader(70));
      request.addHeader(contact(registers ? user : "", to, link));
      return request;
    } catch (final ParseException | InvalidArgumentException e) {
      throw new IllegalArgumentException("trunk " + link.name(), e);
    }
  }

  /** How the target is to see our socket. */
  InetSocketAddress seen(final Target to, final TrunkLink link) {
    final int port = provider(to.local()).getListeningPoint(link.transport()).getPort();
    return core.addresses()
        .asSeenBy(to.remote().getAddress(), new InetSocketAddress(to.local(), port));
  }

  /** The target as the far end of a dialog. */
  Peer peer(final Target to, final TrunkLink link) {
    return new Peer(
        to.remote(),
        link.tcp(),
        link.tls(),
        false,
        to.local(),
        seen(to, link),
        to.remote().getAddress().getHostAddress(),
        provider(to.local()));
  }

  private SipURI uri(final String user, final TrunkLink link) throws ParseException {
    final SipURI uri =
        (SipURI)
            addresses.createURI(
                "sip:" + (user.isEmpty() ? "" : user.replace("#", "%23") + "@") + link.domain());
    if (link.tcp()) {
      uri.setTransportParam(link.transport());
    }
    return uri;
  }

  private ContactHeader contact(final String user, final Target to, final TrunkLink link)
      throws ParseException {
    final ContactHeader contact = core.messages().contact(peer(to, link));
    if (!user.isEmpty()) {
      ((SipURI) contact.getAddress().getURI()).setUser(user);
    }
    return contact;
  }
}
