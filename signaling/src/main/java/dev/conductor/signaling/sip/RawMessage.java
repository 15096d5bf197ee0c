package dev.conductor.signaling.sip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A SIP message cut into lines, and no more: what can be said of it before the parser may see it
 * (RFC 3261, section 7). One message, one thread.
 */
final class RawMessage {
  /** One header field, unfolded. */
  record Field(String name, String value) {}

  private final String startLine;
  private final List<Field> fields = new ArrayList<>();
  private final int bodyOffset;
  private final int longestFieldBytes;
  private final boolean ended;

  private RawMessage(final byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] < 0x20) {
      at++;
    }
    int longest = 0;
    String start = null;
    StringBuilder field = null;
    boolean blank = false;
    while (at < bytes.length && !blank) {
      final int end = endOfLine(bytes, at);
      final String line = new String(bytes, at, end - at, StandardCharsets.UTF_8);
      at = skipLineEnd(bytes, end);
      if (line.isBlank()) {
        blank = true;
      } else if (start == null) {
        start = line;
      } else if (field != null && (line.charAt(0) == ' ' || line.charAt(0) == '\t')) {
        field.append(' ').append(line.strip());
      } else {
        add(field);
        field = new StringBuilder(line);
      }
      longest = Math.max(longest, field == null ? line.length() : field.length());
    }
    add(field);
    startLine = start;
    bodyOffset = at;
    longestFieldBytes = longest;
    ended = blank;
  }

  /** Cuts a message; null when there is nothing but control characters in it. */
  static RawMessage of(final byte[] bytes) {
    final RawMessage message = new RawMessage(bytes);
    return message.startLine == null ? null : message;
  }

  private static int endOfLine(final byte[] bytes, final int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\r' && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private static int skipLineEnd(final byte[] bytes, final int end) {
    final boolean pair = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
    return Math.min(bytes.length, end + (pair ? 2 : 1));
  }

  private void add(final StringBuilder field) {
    if (field == null) {
      return;
    }
    final int colon = field.indexOf(":");
    final String name = colon < 0 ? field.toString() : field.substring(0, colon);
    final String value = colon < 0 ? "" : field.substring(colon + 1);
    fields.add(new Field(fullName(name.strip()), value.strip()));
  }

  /** The long form of a name, in lower case (RFC 3261, section 7.3.3). */
  private static String fullName(final String name) {
    final String lower = name.toLowerCase(Locale.ROOT);
    return switch (lower) {
      case "v" -> "via";
      case "f" -> "from";
      case "t" -> "to";
      case "i" -> "call-id";
      case "l" -> "content-length";
      case "c" -> "content-type";
      case "m" -> "contact";
      default -> lower;
    };
  }

  String startLine() {
    return startLine;
  }

  List<Field> fields() {
    return fields;
  }

  /** Where the body begins. */
  int bodyOffset() {
    return bodyOffset;
  }

  /** Characters of the longest field, folds taken out. */
  int longestField() {
    return longestFieldBytes;
  }

  /** Whether an empty line ended the header. */
  boolean ended() {
    return ended;
  }

  boolean isResponse() {
    return startLine.startsWith("SIP/");
  }

  /** The first word of the start line. */
  String method() {
    final int space = startLine.indexOf(' ');
    return space < 0 ? startLine : startLine.substring(0, space);
  }

  /** How many fields have this name (long form, lower case). */
  int count(final String name) {
    return (int) fields.stream().filter(field -> field.name().equals(name)).count();
  }

  /** The first field's value; null for none. */
  String value(final String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }
}
