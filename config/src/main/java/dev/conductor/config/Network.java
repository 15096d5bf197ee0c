package dev.conductor.config;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A network in CIDR form, such as {@code 10.0.0.0/8} or {@code fe80::/10} (RFC 4632, section 3.1;
 * RFC 4291, section 2.3). Any thread; immutable.
 */
public final class Network {
  private final byte[] prefix;
  private final int bits;

  private Network(final byte[] prefix, final int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /**
   * Reads one; nothing is looked up.
   *
   * @param key the setting that holds it
   * @param text address and prefix
   * @throws ConfigException when it is none; names the key
   */
  public static Network parse(final String key, final String text) {
    Checks.network(key, text);
    final int slash = text.indexOf('/');
    final InetAddress address = Checks.parse(text.substring(0, slash)).orElseThrow();
    return new Network(address.getAddress(), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Whether the address is in it; one of the other family never is. */
  public boolean contains(final InetAddress address) {
    final byte[] other = address.getAddress();
    final int whole = bits / 8;
    if (other.length != prefix.length || !Arrays.equals(prefix, 0, whole, other, 0, whole)) {
      return false;
    }
    final int mask = 0xFF00 >> bits % 8 & 0xFF;
    return bits % 8 == 0 || (prefix[whole] & mask) == (other[whole] & mask);
  }
}
