package dev.conductor.signaling.sip;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The key in an INFO body: {@code Signal=5} and a duration (application/dtmf-relay), or the key
 * alone (application/dtmf). Any thread; stateless.
 */
final class DigitBody {
  private static final String KEYS = "0123456789*#ABCD";
  private static final int MAX_BYTES = 256;

  private DigitBody() {}

  /** The key of application/dtmf-relay; 0 when there is none to be read. */
  static char relay(final byte[] body) {
    for (final String line : text(body).split("\r?\n")) {
      final int equals = line.indexOf('=');
      if (equals > 0 && line.substring(0, equals).strip().equalsIgnoreCase("Signal")) {
        return key(line.substring(equals + 1).strip());
      }
    }
    return 0;
  }

  /** The key of application/dtmf; 0 when there is none to be read. */
  static char bare(final byte[] body) {
    return key(text(body).strip());
  }

  private static String text(final byte[] body) {
    return body.length > MAX_BYTES ? "" : new String(body, StandardCharsets.US_ASCII);
  }

  /** RFC 4733, table 3, numbers star and hash 10 and 11; some phones write that. */
  private static char key(final String text) {
    if (text.equals("10")) {
      return '*';
    }
    if (text.equals("11")) {
      return '#';
    }
    final String upper = text.toUpperCase(Locale.ROOT);
    return upper.length() == 1 && KEYS.indexOf(upper.charAt(0)) >= 0 ? upper.charAt(0) : 0;
  }
}
