package dev.conductor.signaling.sip;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.sip.SipProvider;

/**
 * The far end of a dialog as the wire shows it. Any thread; immutable.
 *
 * @param source where its INVITE came from
 * @param tcp over TCP or TLS, else UDP
 * @param tls over TLS
 * @param sips whether its INVITE was for a sips URI: every hop is to be safe (RFC 3261, section
 *     26.2.2)
 * @param local our address on the route
 * @param seenLocal how it is to see our SIP socket
 * @param viaHost what it believes its own address is
 * @param provider the stack's end of the route
 */
record Peer(
    InetSocketAddress source,
    boolean tcp,
    boolean tls,
    boolean sips,
    InetAddress local,
    InetSocketAddress seenLocal,
    String viaHost,
    SipProvider provider) {

  /** {@code udp}, {@code tcp} or {@code tls}. */
  String transport() {
    if (tls) {
      return "tls";
    }
    return tcp ? "tcp" : "udp";
  }
}
