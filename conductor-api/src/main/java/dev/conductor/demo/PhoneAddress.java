package dev.conductor.demo;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a phone is and where its pool signals from. Immutable; any thread.
 *
 * @param user user part of its URI; the far end shows it as the number
 * @param socket local address of the pool's SIP socket
 */
record PhoneAddress(String user, InetSocketAddress socket) {
  private static final int DEFAULT_PORT = 5060;
  private static final Pattern URI =
      Pattern.compile(
          "sip:(?:[^@]*@)?(\\d+\\.\\d+\\.\\d+\\.\\d+|\\[[0-9a-fA-F:.]+])(?::(\\d{1,5}))?(?:[;?].*)?");

  /** Host and port as they stand in a Via. */
  String hostPort() {
    return host() + ":" + socket.getPort();
  }

  /** The address of record. */
  String uri() {
    return "sip:" + user + "@" + host();
  }

  /** Where requests of the far end go. */
  String contact() {
    return "<sip:" + user + "@" + hostPort() + ">";
  }

  /** The end of an {@code o=} and the value of a {@code c=} line (RFC 8866, section 5.7). */
  String connection() {
    final String kind = isIp6() ? " IN IP6 " : " IN IP4 ";
    return kind + socket.getAddress().getHostAddress().split("%", 2)[0] + "\r\n";
  }

  /** An address literal as it stands in a URI. */
  static String host(final InetSocketAddress address) {
    final String literal = address.getAddress().getHostAddress().split("%", 2)[0];
    return address.getAddress() instanceof Inet6Address ? "[" + literal + "]" : literal;
  }

  private String host() {
    return host(socket);
  }

  private boolean isIp6() {
    return socket.getAddress() instanceof Inet6Address;
  }

  /**
   * The address a SIP URI names by a literal; other hosts are not looked up.
   *
   * @return null when it names none
   */
  static InetSocketAddress named(final String uri) {
    final Matcher matcher = URI.matcher(uri);
    if (!matcher.matches()) {
      return null;
    }
    try {
      final int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
      return new InetSocketAddress(InetAddress.getByName(matcher.group(1)), port);
    } catch (final UnknownHostException | IllegalArgumentException unusable) {
      return null;
    }
  }
}
