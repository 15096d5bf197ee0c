package dev.conductor.signaling.sip;

import java.security.SecureRandom;

/** Tags that cannot be guessed (RFC 3261, section 19.3). Any thread. */
final class Tags {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tags() {}

  static String next() {
    return Long.toUnsignedString(RANDOM.nextLong(), 36);
  }
}
