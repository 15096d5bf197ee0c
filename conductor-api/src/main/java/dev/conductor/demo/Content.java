package dev.conductor.demo;

import java.nio.charset.StandardCharsets;

/**
 * The body of a message with its type. Immutable; any thread.
 *
 * @param type its Content-Type, empty without a body
 * @param body its text
 */
record Content(String type, String body) {
  /** No body. */
  static final Content NONE = new Content("", "");

  /** A session description. */
  static Content sdp(final String sdp) {
    return new Content("application/sdp", sdp);
  }

  /** A key as INFO carries it. */
  static Content key(final char key, final int lengthMs) {
    return new Content(
        "application/dtmf-relay", "Signal=" + key + "\r\nDuration=" + lengthMs + "\r\n");
  }

  /** The end of a message: its content's header fields, the empty line, the body. */
  String text() {
    final int length = body.getBytes(StandardCharsets.UTF_8).length;
    final String kind = type.isEmpty() ? "" : "Content-Type: " + type + "\r\n";
    return kind + "Content-Length: " + length + "\r\n\r\n" + body;
  }
}
