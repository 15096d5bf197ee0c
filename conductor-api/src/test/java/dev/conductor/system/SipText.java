package dev.conductor.system;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A SIP message that somebody between a phone and the server changes on its way. */
final class SipText {
  private static final Pattern MEDIA =
      Pattern.compile("(?s)(\r\nc=IN IP4 )\\S+(\r\n.*?m=audio )(\\d+)");
  private static final Pattern LENGTH = Pattern.compile("(?im)^(Content-Length|l) *: *\\d+");
  private static final String BODY = "\r\n\r\n";

  private String message;

  SipText(final ByteBuffer datagram) {
    message = StandardCharsets.ISO_8859_1.decode(datagram).toString();
  }

  /** The port at which its SDP says sound is heard; 0 where it has none. */
  int mediaPort() {
    final Matcher media = MEDIA.matcher(message);
    return media.find() ? Integer.parseInt(media.group(3)) : 0;
  }

  /** Has its SDP say another place for the sound. */
  void mediaAt(final String host, final int port) {
    message = MEDIA.matcher(message).replaceFirst("$1" + host + "$2" + port);
  }

  /** Changes what the pattern finds first. */
  void replaceFirst(final Pattern pattern, final String by) {
    message = pattern.matcher(message).replaceFirst(by);
  }

  /** Changes a text everywhere. */
  void replace(final String text, final String by) {
    message = message.replace(text, by);
  }

  /** The message as it is to go on. */
  ByteBuffer bytes() {
    final int body = message.indexOf(BODY) + BODY.length();
    final String head =
        LENGTH.matcher(message.substring(0, body)).replaceAll("$1: " + (message.length() - body));
    return ByteBuffer.wrap((head + message.substring(body)).getBytes(StandardCharsets.ISO_8859_1));
  }
}
