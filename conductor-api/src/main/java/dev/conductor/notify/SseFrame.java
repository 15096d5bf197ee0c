package dev.conductor.notify;

import java.nio.charset.StandardCharsets;

/**
 * The bytes of Server-Sent Events (WHATWG HTML, section 9.2): an optional {@code id:} line, one
 * {@code data:} line for each line of the text, an empty line. No {@code event:} line, so that a
 * page's {@code onmessage} gets everything. Stateless; any thread.
 */
final class SseFrame {
  private SseFrame() {}

  /** A message that carries a place to resume from. */
  static byte[] logged(final String callUid, final long seq, final String text) {
    return message("id: " + callUid + ':' + seq + '\n', text);
  }

  /** A message without a place: the client keeps the one it has. */
  static byte[] unnumbered(final String text) {
    return message("", text);
  }

  /** A line that clients skip; shows that the line is alive. */
  static byte[] comment(final String text) {
    return (": " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] message(final String idLine, final String text) {
    final StringBuilder frame = new StringBuilder(idLine.length() + text.length() + 16);
    frame.append(idLine).append("data: ");
    for (int i = 0; i < text.length(); i++) {
      final char c = text.charAt(i);
      if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
        continue;
      }
      if (c == '\n' || c == '\r') {
        frame.append("\ndata: ");
      } else {
        frame.append(c);
      }
    }
    return frame.append("\n\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}
