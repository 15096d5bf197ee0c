package dev.conductor.signaling.sdp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one description, strictly: {@code v=0}, {@code o=} and {@code s=} come first and in this
 * order, every line has a known letter, numbers are in range, addresses are literals (RFC 8866,
 * section 9). Line ends may be CRLF or LF.
 *
 * <p>Threads: one parser, one text, one thread.
 */
final class SdpParser {
  static final int MAX_BYTES = 8_192;
  static final int MAX_LINES = 256;
  static final int MAX_MEDIA_LINES = 16;
  static final int MAX_FORMATS = 64;

  /** From 240.0.0.0 on (RFC 6890, section 2.2.2). */
  private static final int FIRST_RESERVED = 240;

  private static final String KNOWN_LETTERS = "vosiuepcbtrzkam";

  private final byte[] text;
  private final List<Attribute> sessionAttributes = new ArrayList<>();
  private final List<MediaLine> media = new ArrayList<>();

  private InetAddress sessionConnection;
  private String origin;
  private boolean timed;

  /** The m= line being read; null before the first. */
  private String[] mediaFields;

  private InetAddress mediaConnection;
  private List<Attribute> mediaAttributes = new ArrayList<>();

  SdpParser(final byte[] text) {
    this.text = text;
  }

  SessionDescription parse() throws SdpException {
    if (text.length > MAX_BYTES) {
      throw SdpException.malformed("description is longer than " + MAX_BYTES + " bytes");
    }
    final String[] lines = new String(text, StandardCharsets.UTF_8).split("\n", MAX_LINES + 2);
    if (lines.length > MAX_LINES) {
      throw SdpException.malformed("description has more than " + MAX_LINES + " lines");
    }
    int count = 0;
    for (int i = 0; i < lines.length; i++) {
      final String line = withoutReturn(lines[i]);
      if (line.isEmpty() && i == lines.length - 1) {
        break;
      }
      readLine(count++, line);
    }
    finishMedia();
    if (!timed) {
      throw SdpException.malformed(count < 3 ? "description is incomplete" : "t= is missing");
    }
    if (media.isEmpty()) {
      throw SdpException.malformed("description has no m= line");
    }
    return new SessionDescription(origin, sessionConnection, sessionAttributes, media);
  }

  private static String withoutReturn(final String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }

  private void readLine(final int index, final String line) throws SdpException {
    if (line.length() < 2 || line.charAt(1) != '=' || KNOWN_LETTERS.indexOf(line.charAt(0)) < 0) {
      throw SdpException.malformed("line " + (index + 1) + " is not of the form letter=value");
    }
    final char letter = line.charAt(0);
    final String value = line.substring(2);
    if (index < 3) {
      readHead(index, letter, value);
      return;
    }
    switch (letter) {
      case 'v', 'o', 's' -> throw SdpException.malformed(letter + "= comes twice");
      case 'c' -> readConnection(value);
      case 't' -> readTime(value);
      case 'm' -> beginMedia(value);
      case 'a' -> readAttribute(value);
      default -> ignore();
    }
  }

  /** i=, u=, e=, p=, b=, r=, z= and k= say nothing we act on. */
  private static void ignore() {}

  private void readHead(final int index, final char letter, final String value)
      throws SdpException {
    if (letter != "vos".charAt(index)) {
      throw SdpException.malformed("description does not begin with v=, o=, s=");
    }
    if (letter == 'v' && !"0".equals(value)) {
      throw SdpException.malformed("version is not 0");
    }
    if (letter == 'o') {
      if (value.split(" ", -1).length != 6) {
        throw SdpException.malformed("o= has not six fields");
      }
      origin = value;
    }
  }

  private void readTime(final String value) throws SdpException {
    final String[] fields = value.split(" ", -1);
    if (fields.length != 2 || !isNumber(fields[0]) || !isNumber(fields[1])) {
      throw SdpException.malformed("t= has not two numbers");
    }
    timed = true;
  }

  private static boolean isNumber(final String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private void readConnection(final String value) throws SdpException {
    final InetAddress address = address(value);
    if (mediaFields == null) {
      sessionConnection = address;
    } else if (mediaConnection == null) {
      mediaConnection = address;
    } else {
      throw SdpException.malformed("c= comes twice in one media line");
    }
  }

  /** The address of {@code IN IP4 192.0.2.1} or {@code IN IP6 2001:db8::1} (section 5.7). */
  static InetAddress address(final String value) throws SdpException {
    final String[] fields = value.split(" ", -1);
    if (fields.length != 3) {
      throw SdpException.malformed("c= has not three fields");
    }
    if (!"IN".equals(fields[0])) {
      throw new SdpException(300, "c= is not of the network IN");
    }
    final InetAddress address = literal(fields[1], fields[2]);
    if (address.isMulticastAddress()) {
      throw new SdpException(330, "c= is a multicast address");
    }
    if (isReserved(address)) {
      throw new SdpException(301, "c= is no address of one host");
    }
    return address;
  }

  /** Broadcast and what is reserved beside it, and "this network" but for the null address. */
  private static boolean isReserved(final InetAddress address) {
    final int first = address.getAddress()[0] & 0xFF;
    return address instanceof Inet4Address
        && (first >= FIRST_RESERVED || first == 0 && !address.isAnyLocalAddress());
  }

  private static InetAddress literal(final String type, final String text) throws SdpException {
    final String allowed =
        switch (type) {
          case "IP4" -> "0123456789.";
          case "IP6" -> "0123456789abcdefABCDEF:.";
          default -> throw new SdpException(301, "c= is neither IP4 nor IP6");
        };
    final boolean ip6 = "IP6".equals(type);
    final boolean shaped = ip6 ? text.indexOf(':') >= 0 : isDottedQuad(text);
    if (!shaped || !text.chars().allMatch(c -> allowed.indexOf(c) >= 0)) {
      throw new SdpException(301, "c= is not a literal " + type + " address");
    }
    try {
      return InetAddress.getByName(text);
    } catch (final UnknownHostException e) {
      throw new SdpException(301, "c= is not a literal " + type + " address");
    }
  }

  private static boolean isDottedQuad(final String text) {
    final String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (final String part : parts) {
      if (!isNumber(part) || part.length() > 3 || Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }

  private void beginMedia(final String value) throws SdpException {
    finishMedia();
    if (media.size() == MAX_MEDIA_LINES) {
      throw SdpException.malformed("description has more than " + MAX_MEDIA_LINES + " media lines");
    }
    mediaFields = value.split(" ", -1);
    if (mediaFields.length < 4) {
      throw SdpException.malformed("m= has fewer than four fields");
    }
    if (mediaFields.length - 3 > MAX_FORMATS) {
      throw SdpException.malformed("m= has more than " + MAX_FORMATS + " formats");
    }
    for (final String field : mediaFields) {
      if (field.isEmpty()) {
        throw SdpException.malformed("m= has an empty field");
      }
    }
  }

  private void finishMedia() throws SdpException {
    if (mediaFields == null) {
      return;
    }
    media.add(
        new MediaLine(
            mediaFields[0],
            port(mediaFields[1]),
            mediaFields[2],
            List.of(mediaFields).subList(3, mediaFields.length),
            mediaConnection,
            mediaAttributes));
    mediaFields = null;
    mediaConnection = null;
    mediaAttributes = new ArrayList<>();
  }

  /** {@code port} or {@code port/count}; the count is of no use to us. */
  private static int port(final String field) throws SdpException {
    final String[] parts = field.split("/", -1);
    for (final String part : parts) {
      if (parts.length > 2 || !isNumber(part) || part.length() > 5) {
        throw SdpException.malformed("m= has a bad port");
      }
    }
    final int port = Integer.parseInt(parts[0]);
    if (port > 65_535) {
      throw SdpException.malformed("m= has a bad port");
    }
    return port;
  }

  private void readAttribute(final String value) throws SdpException {
    final int colon = value.indexOf(':');
    final String name = colon < 0 ? value : value.substring(0, colon);
    if (name.isEmpty() || name.indexOf(' ') >= 0) {
      throw SdpException.malformed("a= has no name");
    }
    final Attribute attribute =
        new Attribute(name, colon < 0 ? "" : value.substring(colon + 1).trim());
    (mediaFields == null ? sessionAttributes : mediaAttributes).add(attribute);
  }
}
