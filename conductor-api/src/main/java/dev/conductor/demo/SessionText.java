package dev.conductor.demo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a phone reads in a session description (RFC 8866, RFC 3264): where to send the sound, as
 * which payload types, and in which direction. Immutable; any thread.
 *
 * @param address where the far end receives, null when it wants no audio
 * @param payloadTypes formats of the audio line, in order
 * @param telephoneEventType payload type of RFC 4733 events, {@link #NONE} without them
 * @param direction {@code sendrecv}, {@code sendonly}, {@code recvonly} or {@code inactive}
 */
record SessionText(
    InetSocketAddress address,
    List<Integer> payloadTypes,
    int telephoneEventType,
    String direction) {
  /** Stands for no payload type. */
  static final int NONE = -1;

  /** What our descriptions call RFC 4733 events. */
  static final int EVENT_TYPE = 101;

  /** Copies the list. */
  SessionText {
    payloadTypes = List.copyOf(payloadTypes);
  }

  /** Whether the far end takes sound from us. */
  boolean receives() {
    return address != null && (direction.equals("sendrecv") || direction.equals("recvonly"));
  }

  /**
   * Writes an offer or an answer of a phone.
   *
   * @param port where the phone receives
   * @param version rises with every description of a call
   */
  static String write(
      final PhoneAddress me,
      final int port,
      final PhoneOptions options,
      final long version,
      final String direction) {
    final boolean withEvents = options.keysBy() == PhoneOptions.KeysBy.RTP_EVENTS;
    final PhoneCodec codec = options.codec();
    final StringBuilder text = new StringBuilder(256).append("v=0\r\n");
    text.append("o=").append(me.user()).append(" 1 ").append(version).append(me.connection());
    text.append("s=-\r\nc=").append(me.connection().substring(1)).append("t=0 0\r\n");
    text.append("m=audio ").append(port).append(" RTP/AVP ").append(codec.payloadType());
    text.append(withEvents ? " " + EVENT_TYPE + "\r\n" : "\r\n");
    text.append("a=rtpmap:").append(codec.payloadType()).append(' ').append(codec.name());
    text.append("/8000\r\n");
    if (withEvents) {
      text.append("a=rtpmap:").append(EVENT_TYPE).append(" telephone-event/8000\r\n");
      text.append("a=fmtp:").append(EVENT_TYPE).append(" 0-15\r\n");
    }
    text.append("a=ptime:").append(options.packetMs()).append("\r\n");
    return text.append("a=").append(direction).append("\r\n").toString();
  }

  /** What answers this direction (RFC 3264, section 6.1). */
  String answerDirection() {
    return switch (direction) {
      case "sendonly" -> "recvonly";
      case "recvonly" -> "sendonly";
      default -> direction;
    };
  }

  /**
   * Reads the first audio line of a description.
   *
   * @return null when there is none or it cannot be read
   */
  static SessionText parse(final String sdp) {
    final Reader reader = new Reader();
    for (final String line : sdp.split("\r?\n")) {
      if (line.length() > 2 && line.charAt(1) == '=') {
        reader.onLine(line.charAt(0), line.substring(2).trim());
      }
    }
    return reader.finish();
  }

  /** Collects the lines that matter, those of the audio line over those of the session. */
  private static final class Reader {
    private final List<Integer> types = new ArrayList<>();
    private String connection = "";
    private String direction = "sendrecv";
    private int port = NONE;
    private int events = NONE;
    private boolean inOther;

    void onLine(final char type, final String value) {
      if (type == 'm') {
        onMedia(value.split("\\s+"));
      } else if (!inOther && type == 'c') {
        connection = value;
      } else if (!inOther && type == 'a') {
        onAttribute(value);
      }
    }

    private void onMedia(final String[] parts) {
      inOther = port != NONE || parts.length < 4 || !parts[0].equals("audio");
      if (!inOther) {
        port = Integer.parseInt(parts[1].split("/")[0]);
        for (int i = 3; i < parts.length; i++) {
          types.add(Integer.parseInt(parts[i]));
        }
      }
    }

    private void onAttribute(final String value) {
      switch (value) {
        case "sendrecv", "sendonly", "recvonly", "inactive" -> direction = value;
        default -> {
          final String[] map = value.split("[:\\s]+");
          final boolean isEvents =
              map.length == 3
                  && map[0].equals("rtpmap")
                  && map[2].toLowerCase(Locale.ROOT).startsWith("telephone-event/8000");
          if (isEvents) {
            events = Integer.parseInt(map[1]);
          }
        }
      }
    }

    SessionText finish() {
      final String[] parts = connection.split("\\s+");
      if (port == NONE || parts.length < 3) {
        return null;
      }
      try {
        final InetAddress host = InetAddress.getByName(parts[2].split("/")[0]);
        final boolean silent = port == 0 || host.isAnyLocalAddress();
        return new SessionText(
            silent ? null : new InetSocketAddress(host, port), types, events, direction);
      } catch (final UnknownHostException unknown) {
        return null;
      }
    }
  }
}
