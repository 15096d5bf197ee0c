package dev.conductor.signaling.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * What a media line says of RTCP: whether it shares the RTP port (RFC 5761), and where else it goes
 * (RFC 3605). Any thread; stateless.
 *
 * <p>A call is worth more than its reports: what cannot be read is taken as not said.
 */
final class RtcpReader {
  private static final int MAX_PORT = 65_535;

  private RtcpReader() {}

  /** Whether the line has {@code a=rtcp-mux}. */
  static boolean isMuxed(final MediaLine line) {
    return line.attributes().stream()
        .anyMatch(attribute -> attribute.name().equalsIgnoreCase("rtcp-mux"));
  }

  /**
   * Where {@code a=rtcp:53020} or {@code a=rtcp:53020 IN IP4 192.0.2.1} points.
   *
   * @param rtp the line's address; the attribute may have no other
   * @return null for nowhere
   */
  static InetSocketAddress remote(final MediaLine line, final InetAddress rtp) {
    for (final Attribute attribute : line.attributes()) {
      if (attribute.name().equalsIgnoreCase("rtcp")) {
        return remote(attribute.value(), rtp);
      }
    }
    return null;
  }

  private static InetSocketAddress remote(final String value, final InetAddress rtp) {
    final int space = value.indexOf(' ');
    final int port = FormatReader.number(space < 0 ? value : value.substring(0, space), MAX_PORT);
    if (port <= 0) {
      return null;
    }
    try {
      final InetAddress address = space < 0 ? rtp : SdpParser.address(value.substring(space + 1));
      // Reports go where the sound goes: an offer must not send them to somebody else's door.
      final boolean usable = !address.isAnyLocalAddress() && address.equals(rtp);
      return usable ? new InetSocketAddress(address, port) : null;
    } catch (final SdpException e) {
      return null;
    }
  }
}
