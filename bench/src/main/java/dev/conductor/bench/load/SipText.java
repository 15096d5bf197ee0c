package dev.conductor.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One SIP message as text (RFC 3261): as much of it as a caller who dials and hangs up needs, of a
 * server that writes its headers in full, one a line. Immutable.
 */
final class SipText {
  private final String text;

  private SipText(final String text) {
    this.text = text;
  }

  /** Takes a datagram. */
  static SipText of(final byte[] datagram, final int length) {
    return new SipText(new String(datagram, 0, length, StandardCharsets.UTF_8));
  }

  boolean isResponse() {
    return text.startsWith("SIP/2.0 ");
  }

  /** Status of a response, 0 when it cannot be read. */
  int status() {
    final String[] parts = text.split(" ", 3);
    return parts.length > 1 && parts[1].matches("[1-6]\\d\\d") ? Integer.parseInt(parts[1]) : 0;
  }

  /** Method of a request. */
  String method() {
    return text.substring(0, Math.max(0, text.indexOf(' ')));
  }

  /** Value of the first header of this name, empty when there is none. */
  String header(final String name) {
    final String all = allOf(name);
    final int end = all.indexOf('\r');
    return end < 0 ? "" : all.substring(name.length() + 1, end).trim();
  }

  /** All headers of this name as they stand, with their line ends. */
  String allOf(final String name) {
    final StringBuilder all = new StringBuilder();
    final String start = name.toLowerCase(Locale.ROOT) + ':';
    for (final String line : text.split("\r\n")) {
      if (line.isEmpty()) {
        break;
      }
      if (line.regionMatches(true, 0, start, 0, start.length())) {
        all.append(line).append("\r\n");
      }
    }
    return all.toString();
  }

  /** The URI of Contact, without brackets; empty when there is none. */
  String contact() {
    final String value = header("Contact");
    final int open = value.indexOf('<');
    final int close = value.indexOf('>');
    return open >= 0 && close > open ? value.substring(open + 1, close) : value;
  }

  /** The port of the first audio line of its description, 0 when there is none. */
  int audioPort() {
    final int at = text.indexOf("\r\nm=audio ");
    final String[] parts = at < 0 ? new String[0] : text.substring(at + 2).split(" ", 3);
    return parts.length > 1 && parts[1].matches("\\d{1,5}") ? Integer.parseInt(parts[1]) : 0;
  }

  /** The address of its description, empty when there is none. */
  String audioHost() {
    final String marker = "\r\nc=IN IP4 ";
    final int at = text.indexOf(marker);
    final int end = at < 0 ? -1 : text.indexOf('\r', at + marker.length());
    return end < 0 ? "" : text.substring(at + marker.length(), end).trim();
  }
}
