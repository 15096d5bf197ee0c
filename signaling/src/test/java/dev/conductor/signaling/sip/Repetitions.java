package dev.conductor.signaling.sip;

import java.util.HashSet;
import java.util.Set;

/**
 * Knows requests that were there before: over UDP one comes again, the same to the byte, when the
 * answer takes longer than T1 (RFC 3261, section 17.1.2.2), as it may in a slow test.
 */
final class Repetitions {
  private final Set<String> seen = new HashSet<>();

  /** Whether it came before. Not of an ACK: that is sent again for each 200 that is. */
  boolean isOne(final String message) {
    return Text.status(message) < 0 && !Text.method(message).equals("ACK") && !seen.add(message);
  }
}
