package dev.conductor.config;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses that a peer names cannot be sent to, because it sits behind a NAT and names the
 * one it has there. Any thread.
 */
public final class NatRule {
  /** RFC 1918, 6598, 3927 and 1122; RFC 4193 and 4291. */
  private static final List<Network> PRIVATE =
      Stream.of(
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "169.254.0.0/16",
              "127.0.0.0/8",
              "fc00::/7",
              "fe80::/10",
              "::1/128")
          .map(text -> Network.parse("private network", text))
          .toList();

  private NatRule() {}

  /** Whether only peers of the same network, or the same host, can send to this address. */
  public static boolean isPrivate(final InetAddress address) {
    return PRIVATE.stream().anyMatch(network -> network.contains(address));
  }

  /**
   * Whether what is sent to this address does not come to who named it: a private one, while its
   * packets come from a public one.
   */
  public static boolean hides(final InetAddress named, final InetAddress source) {
    return isPrivate(named) && !isPrivate(source);
  }
}
