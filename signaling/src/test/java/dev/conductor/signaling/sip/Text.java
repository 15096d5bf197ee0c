package dev.conductor.signaling.sip;

import java.util.Locale;

/** Reads SIP text by hand, so that the server's stack is not what judges it. */
final class Text {
  private Text() {}

  /** The first such header's value; null for none. */
  static String header(final String message, final String name) {
    final String head = message.split("\r\n\r\n", 2)[0];
    for (final String line : head.split("\r\n")) {
      final int colon = line.indexOf(':');
      if (colon > 0
          && line.substring(0, colon)
              .strip()
              .toLowerCase(Locale.ROOT)
              .equals(name.toLowerCase(Locale.ROOT))) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  static int status(final String response) {
    return response.startsWith("SIP/2.0 ") ? Integer.parseInt(response.substring(8, 11)) : -1;
  }

  static String method(final String request) {
    return request.substring(0, request.indexOf(' '));
  }

  static String body(final String message) {
    return message.split("\r\n\r\n", 2)[1];
  }

  static String tag(final String header) {
    final int at = header.indexOf("tag=");
    return at < 0 ? null : header.substring(at + 4).split("[;>\\s]")[0];
  }
}
