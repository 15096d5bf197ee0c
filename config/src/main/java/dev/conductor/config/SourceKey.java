package dev.conductor.config;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one source: an IPv4 address, or an IPv6 /64, since a host owns that many
 * addresses. Any thread; immutable.
 */
public record SourceKey(long high, boolean ip6) {
  /** The source this address belongs to. */
  public static SourceKey of(final InetAddress address) {
    final byte[] bytes = address.getAddress();
    long high = 0;
    for (final byte b : Arrays.copyOf(bytes, Math.min(8, bytes.length))) {
      high = high << 8 | b & 0xFF;
    }
    return new SourceKey(high, address instanceof Inet6Address);
  }
}
