package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Looks over a message before the parser may see it. The parser of JAIN-SIP 1.3.0-91 never ends on
 * an unterminated comment in a Via, and takes lengths and counts on trust. Any thread; immutable.
 */
final class MessageScan {
  /** An IPv6 address that nothing tells from a port (RFC 5118, section 4.2). */
  private static final Pattern URI_WITH_BARE_IP6 =
      Pattern.compile("(?i)\\S+ +sips?:([^ ]*@)?[^ \\[;?:@]*:[^ ;?@]*:");

  private static final Pattern VERSION = Pattern.compile("SIP/\\d+\\.\\d+");
  private static final List<String> ONCE =
      List.of("from", "to", "call-id", "cseq", "content-length", "max-forwards", "content-type");
  private static final List<String> NEEDED = List.of("via", "from", "to", "call-id", "cseq");

  private final int maxMessageBytes;
  private final int maxFields;
  private final int maxFieldCharacters;

  MessageScan(final SipConfig config) {
    maxMessageBytes = config.maxMessageBytes();
    maxFields = config.guard().maxHeaders();
    maxFieldCharacters = config.guard().maxHeaderBytes();
  }

  /**
   * What is wrong with the message; null when the parser may have it.
   *
   * @param whole whether its body is all here, as in a datagram
   */
  BadMessage check(final RawMessage message, final int lengthBytes, final boolean whole) {
    if (lengthBytes >= maxMessageBytes) {
      return new BadMessage(513, "Message Too Large");
    }
    if (message.fields().size() > maxFields) {
      return BadMessage.of("too many header fields");
    }
    if (message.longestField() > maxFieldCharacters) {
      return BadMessage.of("header field is too long");
    }
    final BadMessage via = checkVia(message);
    if (via != null) {
      return via;
    }
    final BadMessage version = checkVersion(message);
    if (version != null) {
      return version;
    }
    for (final String name : NEEDED) {
      if (message.count(name) == 0) {
        return BadMessage.of("no " + name);
      }
    }
    for (final String name : ONCE) {
      if (message.count(name) > 1) {
        return BadMessage.of("more than one " + name);
      }
    }
    return checkLength(message, whole ? lengthBytes - message.bodyOffset() : -1);
  }

  private static BadMessage checkVia(final RawMessage message) {
    for (final RawMessage.Field field : message.fields()) {
      if (field.name().equals("via")
          && (field.value().indexOf('(') >= 0 || field.value().indexOf('\\') >= 0)) {
        return BadMessage.of("comment in via");
      }
    }
    return null;
  }

  private static BadMessage checkVersion(final RawMessage message) {
    if (message.isResponse()) {
      return null;
    }
    final String line = message.startLine().stripTrailing();
    final String version = line.substring(line.lastIndexOf(' ') + 1).toUpperCase(Locale.ROOT);
    if (!VERSION.matcher(version).matches()) {
      return BadMessage.of("request line");
    }
    if (!version.equals("SIP/2.0")) {
      return new BadMessage(505, "Version Not Supported");
    }
    return URI_WITH_BARE_IP6.matcher(line).lookingAt() ? BadMessage.of("request-uri") : null;
  }

  private BadMessage checkLength(final RawMessage message, final int bodyBytes) {
    final String text = message.value("content-length");
    if (text == null) {
      return null;
    }
    if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return BadMessage.of("content-length");
    }
    final int lengthBytes = Integer.parseInt(text);
    if (lengthBytes > maxMessageBytes) {
      return new BadMessage(513, "Message Too Large");
    }
    return bodyBytes >= 0 && lengthBytes > bodyBytes ? BadMessage.of("body is cut off") : null;
  }
}
