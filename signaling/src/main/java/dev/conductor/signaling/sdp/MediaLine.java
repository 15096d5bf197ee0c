package dev.conductor.signaling.sdp;

import java.net.InetAddress;
import java.util.List;

/**
 * One {@code m=} line and what belongs to it (RFC 8866, section 5.14). Any thread; immutable.
 *
 * @param media audio, video, ...
 * @param port 0 when the line is off
 * @param profile the transport, e.g. {@code RTP/AVP}
 * @param formats as written
 * @param connection its own {@code c=}; null when the session's holds
 * @param attributes in the order written
 */
public record MediaLine(
    String media,
    int port,
    String profile,
    List<String> formats,
    InetAddress connection,
    List<Attribute> attributes) {

  /** Copies the lists. */
  public MediaLine {
    formats = List.copyOf(formats);
    attributes = List.copyOf(attributes);
  }

  /** Whether the line is of this kind; media names are compared without case. */
  boolean is(final String kind) {
    return media.equalsIgnoreCase(kind);
  }
}
