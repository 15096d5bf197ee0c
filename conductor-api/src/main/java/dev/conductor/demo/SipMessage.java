package dev.conductor.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One SIP message as a phone reads it (RFC 3261, section 7): start line, header fields in order,
 * body. Immutable; any thread.
 */
final class SipMessage {
  private static final Map<String, String> COMPACT =
      Map.of(
          "v",
          "via",
          "f",
          "from",
          "t",
          "to",
          "i",
          "call-id",
          "m",
          "contact",
          "l",
          "content-length",
          "c",
          "content-type");

  private final String startLine;
  private final List<Field> fields;
  private final String body;

  private SipMessage(final String startLine, final List<Field> fields, final String body) {
    this.startLine = startLine;
    this.fields = List.copyOf(fields);
    this.body = body;
  }

  /**
   * Reads one datagram.
   *
   * @return null when it is no SIP message (a keep-alive, for one)
   */
  static SipMessage parse(final byte[] datagram, final int length) {
    final String text = new String(datagram, 0, length, StandardCharsets.UTF_8);
    final int headEnd = text.indexOf("\r\n\r\n");
    if (headEnd < 0) {
      return null;
    }
    final String[] lines = text.substring(0, headEnd).split("\r\n");
    if (!lines[0].endsWith("SIP/2.0") && !lines[0].startsWith("SIP/2.0 ")) {
      return null;
    }
    final List<Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length; i++) {
      final boolean folded = lines[i].startsWith(" ") || lines[i].startsWith("\t");
      if (folded && !fields.isEmpty()) {
        final Field last = fields.remove(fields.size() - 1);
        fields.add(new Field(last.name(), last.value() + " " + lines[i].trim()));
        continue;
      }
      final int colon = lines[i].indexOf(':');
      if (colon < 0) {
        return null;
      }
      final String name = lines[i].substring(0, colon).trim().toLowerCase(Locale.ROOT);
      fields.add(new Field(COMPACT.getOrDefault(name, name), lines[i].substring(colon + 1).trim()));
    }
    return new SipMessage(lines[0], fields, text.substring(headEnd + 4));
  }

  boolean isRequest() {
    return !startLine.startsWith("SIP/2.0 ");
  }

  /** The request's method. */
  String method() {
    return startLine.substring(0, Math.max(0, startLine.indexOf(' ')));
  }

  /** User part of the URI a request is for; empty for none. */
  String requestUser() {
    final String[] parts = startLine.split(" ");
    final int at = parts.length > 1 ? parts[1].indexOf('@') : -1;
    return at < 0 ? "" : parts[1].substring(parts[1].indexOf(':') + 1, at);
  }

  /** The response's status; 0 for a request or a status line that cannot be read. */
  int status() {
    final String[] parts = startLine.split(" ", 3);
    return !isRequest() && parts.length > 1 && parts[1].matches("[1-6]\\d\\d")
        ? Integer.parseInt(parts[1])
        : 0;
  }

  /** The first header field of this lower-case name, empty if there is none. */
  String header(final String name) {
    for (final Field field : fields) {
      if (field.name().equals(name)) {
        return field.value();
      }
    }
    return "";
  }

  /** All values of this header field, lists taken apart at their commas, in order. */
  List<String> headers(final String name) {
    final List<String> values = new ArrayList<>();
    for (final Field field : fields) {
      if (field.name().equals(name)) {
        values.addAll(listItems(field.value()));
      }
    }
    return values;
  }

  /** The branch of the topmost Via, empty if there is none. */
  String branch() {
    final List<String> vias = headers("via");
    return vias.isEmpty() ? "" : parameter(vias.get(0), "branch");
  }

  /** The number of CSeq, -1 if it cannot be read. */
  long sequenceNumber() {
    final String number = header("cseq").split("\\s+", 2)[0];
    return number.matches("\\d{1,10}") ? Long.parseLong(number) : -1;
  }

  /** The method of CSeq, empty if it cannot be read. */
  String sequenceMethod() {
    final String[] parts = header("cseq").split("\\s+", 2);
    return parts.length == 2 ? parts[1].trim() : "";
  }

  String callId() {
    return header("call-id");
  }

  String body() {
    return body;
  }

  /** The value of a parameter behind the address, e.g. a tag; empty if it is not there. */
  static String parameter(final String value, final String name) {
    final String behind = value.substring(value.lastIndexOf('>') + 1);
    for (final String part : behind.split(";")) {
      final int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).trim().equalsIgnoreCase(name)) {
        return part.substring(equals + 1).trim();
      }
    }
    return "";
  }

  /** The URI of a name-addr or addr-spec (RFC 3261, section 20.10). */
  static String uri(final String address) {
    final int open = address.indexOf('<');
    final int close = address.indexOf('>', open + 1);
    if (open >= 0 && close > open) {
      return address.substring(open + 1, close);
    }
    return address.split(";", 2)[0].trim();
  }

  private static List<String> listItems(final String value) {
    final List<String> items = new ArrayList<>();
    boolean quoted = false;
    int depth = 0;
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      final char c = value.charAt(i);
      if (c == '"' && (i == 0 || value.charAt(i - 1) != '\\')) {
        quoted = !quoted;
      } else if (!quoted && c == '<') {
        depth++;
      } else if (!quoted && c == '>') {
        depth--;
      } else if (!quoted && depth == 0 && c == ',') {
        items.add(value.substring(from, i).trim());
        from = i + 1;
      }
    }
    items.add(value.substring(from).trim());
    return items;
  }

  /** One header field, its name in lower case and not abbreviated. */
  private record Field(String name, String value) {}
}
