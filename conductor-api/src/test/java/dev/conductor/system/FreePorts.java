package dev.conductor.system;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the loopback that nobody has at the moment, for programs that must be told one. */
final class FreePorts {
  private FreePorts() {}

  /** One for TCP. */
  static int tcp() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** An even one for UDP; nobody had the odd one above it either. */
  static int udpPair() throws IOException {
    while (true) {
      try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
        final int even = any.getLocalPort() & ~1;
        final int other = any.getLocalPort() ^ 1;
        try (DatagramSocket beside = new DatagramSocket(other, InetAddress.getLoopbackAddress())) {
          return Math.min(even, beside.getLocalPort());
        } catch (final IOException taken) {
          continue;
        }
      }
    }
  }
}
