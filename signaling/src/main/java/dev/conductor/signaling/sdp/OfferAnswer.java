package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.KnownCodec;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Offer and answer (RFC 3264) for one audio line and the configured codecs. Any thread; immutable.
 *
 * <p>The first audio line we can use is answered; every other line is answered with port 0, so that
 * the answer has the offer's lines in the offer's order. RTP/AVP and RTP/AVPF are answered as
 * offered.
 */
public final class OfferAnswer {
  private static final Set<String> PROFILES = Set.of("RTP/AVP", "RTP/AVPF");

  private final Set<KnownCodec> codecs;

  /**
   * For these codecs.
   *
   * @param codecs names, best first; each is one we know
   */
  public OfferAnswer(final List<String> codecs) {
    this.codecs = KnownCodec.named(codecs);
  }

  /**
   * What this offer and we have in common.
   *
   * @param local our address on the route to the peer: the offer must be of the same family
   * @throws SdpException when there is no line we can use; to be answered 488
   */
  public Agreement agree(final SessionDescription offer, final InetAddress local)
      throws SdpException {
    SdpException problem = new SdpException(304, "no audio line");
    for (int i = 0; i < offer.media().size(); i++) {
      final MediaLine line = offer.media().get(i);
      if (line.is("audio") && line.port() != 0) {
        try {
          return new Agreement(offer, i, read(offer, line, local, RtcpReader.isMuxed(line)));
        } catch (final SdpException e) {
          problem = e;
        }
      }
    }
    throw problem;
  }

  /**
   * Reads the answer to an offer of ours.
   *
   * @throws SdpException when it refuses the line or breaks the rules
   */
  public MediaDescription readAnswer(final SessionDescription answer, final InetAddress local)
      throws SdpException {
    final MediaLine line = answer.media().get(0);
    if (answer.media().size() != 1 || !line.is("audio") || line.port() == 0) {
      throw new SdpException(304, "the answer has not our one audio line");
    }
    // We never offer to share the port, so an answer cannot agree to it (RFC 5761, section 5.1.1).
    return read(answer, line, local, false);
  }

  private MediaDescription read(
      final SessionDescription description,
      final MediaLine line,
      final InetAddress local,
      final boolean muxed)
      throws SdpException {
    if (!PROFILES.contains(line.profile().toUpperCase(Locale.ROOT))) {
      throw new SdpException(302, "profile is neither RTP/AVP nor RTP/AVPF");
    }
    final InetAddress address =
        line.connection() == null ? description.connection() : line.connection();
    if (address == null) {
      throw SdpException.malformed("c= is missing");
    }
    final boolean nullAddress = address.isAnyLocalAddress();
    if (!nullAddress && address instanceof Inet4Address != local instanceof Inet4Address) {
      throw new SdpException(301, "c= is of the other address family");
    }
    final List<PayloadFormat> formats = FormatReader.known(line, codecs);
    if (formats.stream().allMatch(PayloadFormat::isTelephoneEvent)) {
      throw new SdpException(305, "no common codec");
    }
    return new MediaDescription(
        new InetSocketAddress(address, line.port()),
        formats,
        direction(description, line),
        nullAddress,
        muxed,
        muxed ? null : RtcpReader.remote(line, address));
  }

  private static Direction direction(final SessionDescription description, final MediaLine line) {
    final Direction own = direction(line.attributes());
    if (own != null) {
      return own;
    }
    final Direction shared = direction(description.attributes());
    return shared == null ? Direction.SENDRECV : shared;
  }

  private static Direction direction(final List<Attribute> attributes) {
    for (final Attribute attribute : attributes) {
      for (final Direction direction : Direction.values()) {
        if (attribute.name().equalsIgnoreCase(direction.name())) {
          return direction;
        }
      }
    }
    return null;
  }

  /**
   * The text of our answer.
   *
   * @param localRtp where we receive, as the peer is to see it
   */
  public String answer(
      final Agreement agreement, final InetSocketAddress localRtp, final Origin origin) {
    final StringBuilder text = head(localRtp.getAddress(), origin);
    final List<MediaLine> lines = agreement.offer().media();
    for (int i = 0; i < lines.size(); i++) {
      final MediaLine line = lines.get(i);
      if (i == agreement.lineIndex()) {
        audio(text, localRtp.getPort(), line.profile(), agreement.remote().formats());
        text.append("a=").append(lower(agreement.remote().direction().answer())).append("\r\n");
        if (agreement.remote().rtcpMux()) {
          text.append("a=rtcp-mux\r\n");
        }
      } else {
        text.append("m=").append(line.media()).append(" 0 ").append(line.profile());
        line.formats().forEach(format -> text.append(' ').append(format));
        text.append("\r\n");
      }
    }
    return text.toString();
  }

  /**
   * The text of an offer of ours: every configured codec, and keys at their clock rates. That RTCP
   * share the RTP port is not offered: a far end that knows nothing of it loses nothing by the
   * pair.
   *
   * @param localRtp where we receive, as the peer is to see it
   */
  public String offer(final InetSocketAddress localRtp, final Origin origin) {
    final StringBuilder text = head(localRtp.getAddress(), origin);
    audio(text, localRtp.getPort(), "RTP/AVP", KnownCodec.offered(codecs));
    return text.append("a=sendrecv\r\n").toString();
  }

  private static StringBuilder head(final InetAddress address, final Origin origin) {
    final String where =
        (address instanceof Inet4Address ? "IN IP4 " : "IN IP6 ") + address.getHostAddress();
    return new StringBuilder(400)
        .append("v=0\r\no=- ")
        .append(origin.sessionId())
        .append(' ')
        .append(origin.version())
        .append(' ')
        .append(where)
        .append("\r\ns=-\r\nc=")
        .append(where)
        .append("\r\nt=0 0\r\n");
  }

  private static void audio(
      final StringBuilder text,
      final int port,
      final String profile,
      final List<PayloadFormat> formats) {
    text.append("m=audio ").append(port).append(' ').append(profile);
    formats.forEach(format -> text.append(' ').append(format.payloadType()));
    text.append("\r\n");
    formats.forEach(format -> map(text, format));
    text.append("a=ptime:20\r\n");
  }

  /** The lines that say what a payload type stands for, and what we would have of it. */
  private static void map(final StringBuilder text, final PayloadFormat format) {
    final KnownCodec codec = KnownCodec.of(format);
    text.append("a=rtpmap:").append(format.payloadType()).append(' ');
    text.append(codec == null ? "telephone-event" : codec.encodingName());
    text.append('/').append(format.clockRateHz());
    if (format.channels() > 1) {
      text.append('/').append(format.channels());
    }
    text.append("\r\n");
    final String parameters = codec == null ? PayloadFormat.KEYS : codec.parameters();
    if (!parameters.isEmpty()) {
      text.append("a=fmtp:").append(format.payloadType()).append(' ').append(parameters);
      text.append("\r\n");
    }
  }

  private static String lower(final Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }
}
