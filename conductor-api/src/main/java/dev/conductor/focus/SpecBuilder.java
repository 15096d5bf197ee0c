package dev.conductor.focus;

import dev.conductor.config.NatRule;
import dev.conductor.config.Network;
import dev.conductor.config.SipConfig;
import dev.conductor.config.TrunkConfig;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MediaKeys;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.KnownCodec;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import dev.conductor.signaling.api.SrtpKeys;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Turns what SIP agreed into what media must know of a line. Pure. */
final class SpecBuilder {
  /** The bandwidths of Opus, by the rate that plays them (RFC 6716, section 2). */
  private static final int[] OPUS_RATES_HZ = {8_000, 12_000, 16_000, 24_000, 48_000};

  /**
   * What a wish for fewer bits is rounded down to, so that callers' wishes make few kinds of
   * streams: each kind is encoded of its own.
   */
  private static final int[] OPUS_BITRATES_BPS = {6_000, 8_000, 12_000, 16_000, 24_000, 32_000};

  private final List<Payload> ours;
  private final List<Integer> ourDigits;
  private final SipConfig config;

  /** Where packets count from, of trunks that do not send from where they receive. */
  private final Map<String, Predicate<InetAddress>> sources;

  SpecBuilder(final SipConfig config) {
    final List<PayloadFormat> offered = KnownCodec.offered(KnownCodec.named(config.codecs()));
    // What our offer says of a codec is what we would be sent: the far end has no wishes yet.
    this.ours =
        payloadsOf(offered).stream()
            .map(payload -> new Payload(payload.payloadType(), payload.codec()))
            .toList();
    this.ourDigits = digitsOf(offered);
    this.config = config;
    this.sources =
        config.trunks().stream()
            .filter(TrunkConfig::asymmetricRtp)
            .collect(Collectors.toMap(TrunkConfig::name, SpecBuilder::sourcesOf));
  }

  private static Predicate<InetAddress> sourcesOf(final TrunkConfig trunk) {
    Predicate<InetAddress> sources = address -> false;
    for (final Network network : trunk.networks()) {
      sources = sources.or(network::contains);
    }
    return sources;
  }

  /**
   * A line whose far end has not said anything yet: our 200 is to hold the offer. Where that may
   * hold keys, what comes before the answer cannot be read: it is heard as nothing.
   *
   * @param trunk the far end's, or empty
   */
  RtpSessionSpec unanswered(final InetAddress bind, final InetAddress source, final String trunk) {
    final boolean clear = srtp(trunk).equals("off");
    return new RtpSessionSpec(
        bind,
        null,
        source,
        ours,
        ourDigits,
        false,
        null,
        true,
        clear,
        false,
        true,
        null,
        sources.get(trunk));
  }

  private String srtp(final String trunk) {
    final String general = config.security().srtp();
    return config.trunks().stream()
        .filter(one -> one.name().equals(trunk))
        .map(one -> one.srtpOr(general))
        .findFirst()
        .orElse(general);
  }

  /**
   * The line as agreed. A stranger may have his sound sent to the address he calls from; to another
   * one nothing goes before something came from there, and RTCP goes where RTP does. Else he could
   * turn the sound on anybody.
   *
   * @return empty when no codec of media's is in it
   */
  Optional<RtpSessionSpec> agreed(final Invitation caller, final MediaDescription description) {
    final List<Payload> payloads = payloadsOf(description.formats());
    if (payloads.isEmpty()) {
      return Optional.empty();
    }
    final boolean hold = description.hold();
    final InetAddress source = caller.source().getAddress();
    final InetSocketAddress rtp = reachable(caller, description.remoteRtp());
    final InetSocketAddress rtcp = reachable(caller, description.remoteRtcp());
    return Optional.of(
        new RtpSessionSpec(
            caller.localAddress(),
            rtp,
            source,
            payloads,
            digitsOf(description.formats()),
            description.rtcpMux(),
            caller.known() || isAt(rtp, rtcp) ? rtcp : null,
            !hold,
            description.mayBeSent(),
            hold,
            caller.known() || source.equals(rtp.getAddress()),
            keysOf(description.keys()),
            sources.get(caller.trunk())));
  }

  private static boolean isAt(final InetSocketAddress rtp, final InetSocketAddress rtcp) {
    return rtcp != null && rtcp.getAddress().equals(rtp.getAddress());
  }

  /**
   * Of a phone behind a NAT, that names its private address, the NAT's address in its place: until
   * something comes from it, that is the best guess, and it is where the caller is. A trunk may
   * well have a private way for its sound.
   */
  private static InetSocketAddress reachable(
      final Invitation caller, final InetSocketAddress named) {
    final InetAddress source = caller.source().getAddress();
    return named != null && caller.trunk().isEmpty() && NatRule.hides(named.getAddress(), source)
        ? new InetSocketAddress(source, named.getPort())
        : named;
  }

  private static MediaKeys keysOf(final SrtpKeys keys) {
    return keys == null ? null : new MediaKeys(keys.suite().name(), keys.local(), keys.remote());
  }

  private static List<Payload> payloadsOf(final List<PayloadFormat> formats) {
    final List<Payload> payloads = new ArrayList<>();
    for (final PayloadFormat format : formats) {
      final Codec codec = Codec.of(format.encodingName(), format.clockRateHz(), format.channels());
      if (codec == Codec.OPUS) {
        payloads.add(opus(format));
      } else if (codec != null) {
        payloads.add(new Payload(format.payloadType(), codec));
      }
    }
    return payloads;
  }

  private static List<Integer> digitsOf(final List<PayloadFormat> formats) {
    return formats.stream()
        .filter(PayloadFormat::isTelephoneEvent)
        .map(PayloadFormat::payloadType)
        .toList();
  }

  /** What the far end says it plays and takes; what is out of range is brought into it. */
  private static Payload opus(final PayloadFormat format) {
    final int rateHz = format.numberOf("maxplaybackrate");
    final int bitrateBps = format.numberOf("maxaveragebitrate");
    return new Payload(
        format.payloadType(),
        Codec.OPUS,
        rateHz <= 0 ? Codec.OPUS.sampleRateHz() : step(rateHz, OPUS_RATES_HZ),
        bitrateBps <= 0 ? 0 : step(bitrateBps, OPUS_BITRATES_BPS),
        format.numberOf("useinbandfec") == 1);
  }

  /** The highest of these steps that is not above the value; the lowest where all are. */
  private static int step(final int value, final int[] ascending) {
    int step = ascending[0];
    for (final int candidate : ascending) {
      step = candidate <= value ? candidate : step;
    }
    return step;
  }
}
