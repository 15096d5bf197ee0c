package dev.conductor.signaling.sdp;

import java.net.InetAddress;
import java.util.List;

/**
 * A session description as read (RFC 8866, section 5). Any thread; immutable.
 *
 * @param origin the text after {@code o=}
 * @param connection the session's {@code c=}; null for none
 * @param attributes the session's, in the order written
 * @param media in the order written
 */
public record SessionDescription(
    String origin, InetAddress connection, List<Attribute> attributes, List<MediaLine> media) {

  /** Copies the lists. */
  public SessionDescription {
    attributes = List.copyOf(attributes);
    media = List.copyOf(media);
  }

  /**
   * Reads a description.
   *
   * @throws SdpException when it is too large, breaks the grammar, or names a host instead of an
   *     address
   */
  public static SessionDescription parse(final byte[] text) throws SdpException {
    return new SdpParser(text).parse();
  }
}
