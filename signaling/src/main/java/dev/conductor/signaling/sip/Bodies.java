package dev.conductor.signaling.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Message;

/**
 * The description in a body: the whole of it, or one part of several (RFC 5621). (JAIN-SIP can cut
 * a body into parts, but takes the boundary for a regular expression, which anybody may choose.)
 * Any thread; stateless.
 */
final class Bodies {
  private static final String SDP = "application/sdp";
  private static final int MAX_PARTS = 16;
  private static final byte[] NONE = {};

  /** One part: its header fields in lower case, as text, and what follows them. */
  private record Part(String fields, String content) {
    String type() {
      for (final String line : fields.split("\r?\n")) {
        if (line.startsWith("content-type:")) {
          return line.substring("content-type:".length()).split(";", 2)[0].strip();
        }
      }
      return "text/plain";
    }

    boolean isRequired() {
      return fields.contains("content-disposition:") && fields.contains("handling=required");
    }
  }

  private Bodies() {}

  /** The session description; empty for none. Of several in one body the first counts. */
  static byte[] description(final Message message) {
    final byte[] body = Messages.body(message);
    if (body.length == 0 || !isMultipart(message)) {
      return body;
    }
    for (final Part part : parts(message)) {
      if (part.type().equals(SDP)) {
        return part.content().getBytes(StandardCharsets.ISO_8859_1);
      }
    }
    return NONE;
  }

  /**
   * Whether the body is one we can read: none, a description, or parts among which nothing that we
   * do not know is required.
   */
  static boolean isReadable(final Message message) {
    if (Messages.body(message).length == 0 || Messages.contentType(message).equals(SDP)) {
      return true;
    }
    if (!isMultipart(message)) {
      return false;
    }
    final List<Part> parts = parts(message);
    return !parts.isEmpty()
        && parts.stream().allMatch(part -> part.type().equals(SDP) || !part.isRequired());
  }

  private static boolean isMultipart(final Message message) {
    return Messages.contentType(message).startsWith("multipart/");
  }

  /** The parts (RFC 2046, section 5.1.1); none where there is no boundary, or too many of them. */
  private static List<Part> parts(final Message message) {
    final List<Part> parts = new ArrayList<>();
    final String boundary =
        ((ContentTypeHeader) message.getHeader(ContentTypeHeader.NAME)).getParameter("boundary");
    if (boundary == null || boundary.isBlank()) {
      return parts;
    }
    final String delimiter = "\n--" + boundary.replace("\"", "");
    final String text = "\n" + new String(Messages.body(message), StandardCharsets.ISO_8859_1);
    int at = text.indexOf(delimiter);
    while (at >= 0) {
      final int from = text.indexOf('\n', at + delimiter.length());
      final int next = from < 0 ? -1 : text.indexOf(delimiter, from);
      if (next >= 0) {
        parts.add(part(text.substring(from + 1, next)));
      }
      if (parts.size() > MAX_PARTS) {
        return List.of();
      }
      at = next;
    }
    return parts;
  }

  private static Part part(final String text) {
    final String whole = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    final int blank = whole.startsWith("\r\n") || whole.startsWith("\n") ? 0 : end(whole);
    final String content = whole.substring(blank).replaceFirst("^(\r?\n){1,2}", "");
    return new Part(whole.substring(0, blank).toLowerCase(Locale.ROOT), content);
  }

  /** Where the header fields end. */
  private static int end(final String part) {
    final int crlf = part.indexOf("\r\n\r\n");
    final int lf = part.indexOf("\n\n");
    if (crlf < 0 && lf < 0) {
      return part.length();
    }
    return crlf < 0 || lf >= 0 && lf < crlf ? lf : crlf;
  }
}
