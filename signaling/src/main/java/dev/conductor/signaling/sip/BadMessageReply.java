package dev.conductor.signaling.sip;

import java.nio.charset.StandardCharsets;

/**
 * The answer to a request that the stack cannot be given, built from its lines alone (RFC 3261,
 * section 8.2.6). Any thread; stateless.
 */
final class BadMessageReply {
  private static final int MAX_BYTES = 4_096;

  private BadMessageReply() {}

  /** The answer; null where none can or may be given: a response, an ACK, no Via. */
  static byte[] to(final RawMessage message, final BadMessage problem) {
    if (message.isResponse() || message.method().equals("ACK") || message.count("via") == 0) {
      return null;
    }
    final StringBuilder text = new StringBuilder(512);
    text.append("SIP/2.0 ").append(problem.status()).append(' ').append(problem.reason());
    for (final RawMessage.Field field : message.fields()) {
      if (field.name().equals("via")) {
        append(text, "Via", field.value());
      }
    }
    append(text, "From", message.value("from"));
    final String to = message.value("to");
    append(text, "To", to == null || to.contains("tag=") ? to : to + ";tag=" + Tags.next());
    append(text, "Call-ID", message.value("call-id"));
    append(text, "CSeq", message.value("cseq"));
    text.append("\r\nContent-Length: 0\r\n\r\n");
    final byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return bytes.length > MAX_BYTES ? null : bytes;
  }

  private static void append(final StringBuilder text, final String name, final String value) {
    if (value != null && !value.isEmpty()) {
      text.append("\r\n").append(name).append(": ").append(value);
    }
  }
}
