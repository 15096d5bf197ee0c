package dev.conductor.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom limits count as one: an IPv4 address, or an IPv6 network of 64 bits. Any thread. */
final class PeerAddress {
  private static final int NETWORK_BYTES = 8;

  private PeerAddress() {}

  /** The key of a peer; empty when it is gone already. */
  static String key(final SocketAddress peer) {
    if (!(peer instanceof InetSocketAddress socket) || socket.getAddress() == null) {
      return "";
    }
    final InetAddress address = socket.getAddress();
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES)) + "/64"
        : address.getHostAddress();
  }
}
