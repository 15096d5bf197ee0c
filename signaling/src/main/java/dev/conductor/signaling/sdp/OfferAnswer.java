package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.KnownCodec;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import dev.conductor.signaling.api.SrtpKeys;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * Offer and answer (RFC 3264) for one audio line and the configured codecs. Any thread; immutable.
 *
 * <p>The first audio line we can use is answered; every other line is answered with port 0, so that
 * the answer has the offer's lines in the offer's order. RTP/AVP, RTP/AVPF, RTP/SAVP and RTP/SAVPF
 * are answered as offered.
 *
 * <p>Of several lines one with usable keys comes first. Keys may stand in a line of RTP/AVP too, as
 * phones write them that would like to have sound protected but do without; our own offers are such
 * a line unless sound must be protected.
 */
public final class OfferAnswer {
  private static final Set<String> CLEAR = Set.of("RTP/AVP", "RTP/AVPF");
  private static final Set<String> PROTECTED = Set.of("RTP/SAVP", "RTP/SAVPF");

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
   * @param keys of the dialog
   * @throws SdpException when there is no line we can use; to be answered 488
   */
  public Agreement agree(
      final SessionDescription offer, final InetAddress local, final KeyAgreement keys)
      throws SdpException {
    Agreement clear = null;
    SdpException problem = new SdpException(304, "no audio line");
    for (int i = 0; i < offer.media().size(); i++) {
      final MediaLine line = offer.media().get(i);
      if (line.is("audio") && line.port() != 0) {
        try {
          final SrtpKeys found = keys(line, keys, keys::answer);
          final MediaDescription remote = read(offer, line, local, RtcpReader.isMuxed(line), found);
          if (found != null) {
            return new Agreement(offer, i, remote);
          }
          clear = clear == null ? new Agreement(offer, i, remote) : clear;
        } catch (final SdpException e) {
          problem = e;
        }
      }
    }
    if (clear == null) {
      throw problem;
    }
    return clear;
  }

  /**
   * What a line is to be protected with; null for in the clear.
   *
   * @param choice the keys that one of its crypto lines comes to; null when it fits nothing
   */
  private static SrtpKeys keys(
      final MediaLine line, final KeyAgreement keys, final Function<CryptoLine, SrtpKeys> choice)
      throws SdpException {
    final String profile = line.profile().toUpperCase(Locale.ROOT);
    final boolean demanded = PROTECTED.contains(profile);
    if (!demanded && !CLEAR.contains(profile)) {
      throw new SdpException(302, "profile is none of RTP/AVP, AVPF, SAVP and SAVPF");
    }
    if (demanded && !keys.mayProtect()) {
      throw new SdpException(302, "protected sound is not taken, or only where SIP comes over TLS");
    }
    final List<String> problems = new ArrayList<>();
    final List<CryptoLine> usable =
        keys.mayProtect() ? CryptoLine.usable(line, problems) : List.of();
    final SrtpKeys chosen = usable.isEmpty() ? null : choice.apply(usable.get(0));
    if (chosen == null && (demanded || !keys.mayBeClear())) {
      problems.add("sound must be protected, and no a=crypto line says how");
      throw new SdpException(306, problems.get(0));
    }
    return chosen;
  }

  /**
   * Reads the answer to an offer of ours.
   *
   * @param keys of the dialog, which hold what we offered
   * @throws SdpException when it refuses the line or breaks the rules
   */
  public MediaDescription readAnswer(
      final SessionDescription answer, final InetAddress local, final KeyAgreement keys)
      throws SdpException {
    final MediaLine line = answer.media().get(0);
    if (answer.media().size() != 1 || !line.is("audio") || line.port() == 0) {
      throw new SdpException(304, "the answer has not our one audio line");
    }
    // We never offer to share the port, so an answer cannot agree to it (RFC 5761, section 5.1.1).
    return read(answer, line, local, false, keys(line, keys, keys::answered));
  }

  private MediaDescription read(
      final SessionDescription description,
      final MediaLine line,
      final InetAddress local,
      final boolean muxed,
      final SrtpKeys keys)
      throws SdpException {
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
        muxed ? null : RtcpReader.remote(line, address),
        keys);
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
        final SrtpKeys keys = agreement.remote().keys();
        if (keys != null) {
          text.append(new CryptoLine(keys.tag(), keys.suite(), keys.local()).text());
        }
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
   * @param keys of the dialog, which keep what is offered
   */
  public String offer(
      final InetSocketAddress localRtp, final Origin origin, final KeyAgreement keys) {
    final StringBuilder text = head(localRtp.getAddress(), origin);
    audio(text, localRtp.getPort(), keys.profile(), KnownCodec.offered(codecs));
    keys.offer().forEach(line -> text.append(line.text()));
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
