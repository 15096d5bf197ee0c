package dev.conductor.signaling.trunk;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network in CIDR form. Any thread; immutable.
 *
 * @param prefix its address
 * @param bits how many of its bits count
 */
record Network(byte[] prefix, int bits) {
  /** Reads {@code 10.0.0.0/8}; the configuration has checked the form, so nothing is looked up. */
  static Network parse(final String text) {
    final int slash = text.indexOf('/');
    try {
      return new Network(
          InetAddress.getByName(text.substring(0, slash)).getAddress(),
          Integer.parseInt(text.substring(slash + 1)));
    } catch (final UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  boolean contains(final InetAddress address) {
    final byte[] other = address.getAddress();
    final int whole = bits / 8;
    if (other.length != prefix.length || !Arrays.equals(prefix, 0, whole, other, 0, whole)) {
      return false;
    }
    final int mask = 0xFF00 >> bits % 8 & 0xFF;
    return bits % 8 == 0 || (prefix[whole] & mask) == (other[whole] & mask);
  }
}
