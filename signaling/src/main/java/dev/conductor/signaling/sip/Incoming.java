package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.UasDialog;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/**
 * One request of a peer, with what the stack knows of it. Any thread; immutable.
 *
 * @param request as received
 * @param transaction null for an ACK, and for what is answered without one
 * @param dialog null when it belongs to none of ours that is up; a BYE finds those that are over
 *     too, since it may cross ours
 * @param source where it came from
 * @param provider the stack's end of the route
 */
record Incoming(
    SIPRequest request,
    ServerTransaction transaction,
    SipDialog dialog,
    InetSocketAddress source,
    SipProvider provider) {

  static Incoming of(final RequestEvent event, final ServerTransaction transaction) {
    final SIPRequest request = (SIPRequest) event.getRequest();
    final Object known = event.getDialog() == null ? null : event.getDialog().getApplicationData();
    return new Incoming(
        request,
        transaction,
        known instanceof SipDialog own && (up(own) || Request.BYE.equals(request.getMethod()))
            ? own
            : null,
        new InetSocketAddress(
            request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort()),
        (SipProvider) event.getSource());
  }

  private static boolean up(final SipDialog dialog) {
    return dialog.read(UasDialog::state) != UasDialog.State.OVER;
  }

  /** Our socket on the route. */
  InetSocketAddress local() {
    final ListeningPoint point =
        provider.getListeningPoint(tls() ? ListeningPoint.TLS : ListeningPoint.UDP);
    return new InetSocketAddress(Addresses.literal(point.getIPAddress()), point.getPort());
  }

  /** Over a connection: TCP or TLS. */
  boolean tcp() {
    return isOver("TCP") || tls();
  }

  boolean tls() {
    return isOver("TLS");
  }

  private boolean isOver(final String transport) {
    return ((ViaHeader) request.getHeader(ViaHeader.NAME))
        .getTransport()
        .equalsIgnoreCase(transport);
  }

  String method() {
    return request.getMethod();
  }

  /** The lane its answer leaves on. */
  int lane() {
    return dialog == null
        ? SenderPool.lane(tcp(), request.getCallId().getCallId().hashCode())
        : dialog.lane();
  }
}
