package dev.conductor.system;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback that nobody has at the moment, for programs that must be told one. */
final class FreePorts {
  /** Above those of the tests' servers and phones for sound. */
  private static final int FIRST = 25_000;

  private static final int PAIRS = 3_800;

  private FreePorts() {}

  /**
   * An even one for UDP and TCP; nobody had the odd one above it either. Below those that the
   * system gives out by itself, else a connection of anybody's may have it before the program does.
   */
  static int udpPair() {
    return even(InetAddress.getLoopbackAddress());
  }

  /** The same of another address of the loopback. */
  static int even(final InetAddress address) {
    while (true) {
      final int even = FIRST + 2 * ThreadLocalRandom.current().nextInt(PAIRS);
      if (isFree(address, even) && isFree(address, even + 1)) {
        return even;
      }
    }
  }

  private static boolean isFree(final InetAddress address, final int port) {
    try (ServerSocket tcp = new ServerSocket(port, 1, address);
        DatagramSocket udp = new DatagramSocket(port, address)) {
      return udp.getLocalPort() == tcp.getLocalPort();
    } catch (final IOException taken) {
      return false;
    }
  }
}
