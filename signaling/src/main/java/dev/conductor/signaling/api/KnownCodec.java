package dev.conductor.signaling.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The codecs we can offer, with the payload types of our own offers (RFC 3551, section 6; RFC
 * 7587). Any thread; immutable.
 *
 * <p>A static payload type stands for its codec even where no {@code a=rtpmap} says so.
 */
public enum KnownCodec {
  /** Opus; its rtpmap says 48 kHz and two channels whatever is sent (RFC 7587, section 4.1). */
  OPUS("opus", 96, 48_000, 2, "useinbandfec=1"),
  /** G.722; its clock is half its sample rate (RFC 3551, section 4.5.2). */
  G722("G722", 9, 8_000, 1, ""),
  /** G.711, mu-law. */
  PCMU("PCMU", 0, 8_000, 1, ""),
  /** G.711, A-law. */
  PCMA("PCMA", 8, 8_000, 1, ""),
  /** Linear PCM, wideband. */
  L16_WIDE("L16", 97, 16_000, 1, ""),
  /** Linear PCM, narrowband. */
  L16("L16", 98, 8_000, 1, "");

  /** Payload types below it stand for one codec always (RFC 3551, section 6). */
  private static final int FIRST_DYNAMIC = 96;

  /** The first payload type of keys in our offers, one a clock rate from there on. */
  private static final int FIRST_EVENT = 101;

  private final String encodingName;
  private final int payloadType;
  private final int clockRateHz;
  private final int channels;
  private final String parameters;

  KnownCodec(
      final String encodingName,
      final int payloadType,
      final int clockRateHz,
      final int channels,
      final String parameters) {
    this.encodingName = encodingName;
    this.payloadType = payloadType;
    this.clockRateHz = clockRateHz;
    this.channels = channels;
    this.parameters = parameters;
  }

  /** The name as {@code a=rtpmap} spells it; both rates of L16 have one. */
  public String encodingName() {
    return encodingName;
  }

  /** The RTP clock. */
  public int clockRateHz() {
    return clockRateHz;
  }

  /** The channels {@code a=rtpmap} says; one where it need not. */
  public int channels() {
    return channels;
  }

  /** What our {@code a=fmtp} says we would have; empty for no such line. */
  public String parameters() {
    return parameters;
  }

  /** The codec of this payload type where it is a static one; null otherwise. */
  public static KnownCodec ofStaticType(final int payloadType) {
    for (final KnownCodec codec : values()) {
      if (codec.payloadType == payloadType && payloadType < FIRST_DYNAMIC) {
        return codec;
      }
    }
    return null;
  }

  /** The codec of a format, letter case ignored; null for none of ours, keys among these. */
  public static KnownCodec of(final PayloadFormat format) {
    for (final KnownCodec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(format.encodingName())
          && codec.clockRateHz == format.clockRateHz()
          && codec.channels == format.channels()) {
        return codec;
      }
    }
    return null;
  }

  /**
   * The codecs of configured names, in their order; L16 means both its rates, the better one first.
   *
   * @throws IllegalArgumentException where a name is none of ours
   */
  public static Set<KnownCodec> named(final List<String> names) {
    final Set<KnownCodec> codecs = new LinkedHashSet<>();
    for (final String name : names) {
      final List<KnownCodec> found =
          Arrays.stream(values())
              .filter(codec -> codec.encodingName.equalsIgnoreCase(name))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no codec is called " + name);
      }
      codecs.addAll(found);
    }
    return codecs;
  }

  /** The formats of an offer of ours: these codecs, and keys at each of their clock rates. */
  public static List<PayloadFormat> offered(final Set<KnownCodec> codecs) {
    final List<PayloadFormat> formats = new ArrayList<>();
    for (final KnownCodec codec : codecs) {
      formats.add(
          new PayloadFormat(
              codec.payloadType,
              codec.encodingName.toUpperCase(Locale.ROOT),
              codec.clockRateHz,
              codec.channels,
              codec.parameters));
    }
    int eventType = FIRST_EVENT;
    for (final int clockRateHz :
        codecs.stream().mapToInt(KnownCodec::clockRateHz).distinct().sorted().toArray()) {
      formats.add(
          new PayloadFormat(
              eventType, PayloadFormat.TELEPHONE_EVENT, clockRateHz, 1, PayloadFormat.KEYS));
      eventType++;
    }
    return formats;
  }
}
