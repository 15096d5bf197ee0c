package dev.conductor.signaling.sdp;

import java.util.Locale;

/**
 * The codecs we can offer (RFC 3551, table 4). Any thread; immutable.
 *
 * <p>A static payload type stands for its codec even where no {@code a=rtpmap} says so.
 */
enum KnownCodec {
  /** G.711, mu-law. */
  PCMU(0, 8_000),
  /** G.711, A-law. */
  PCMA(8, 8_000);

  private final int payloadType;
  private final int clockRateHz;

  KnownCodec(final int payloadType, final int clockRateHz) {
    this.payloadType = payloadType;
    this.clockRateHz = clockRateHz;
  }

  int payloadType() {
    return payloadType;
  }

  int clockRateHz() {
    return clockRateHz;
  }

  /** The codec of this payload type where it is a static one; null otherwise. */
  static KnownCodec ofStaticType(final int payloadType) {
    for (final KnownCodec codec : values()) {
      if (codec.payloadType == payloadType) {
        return codec;
      }
    }
    return null;
  }

  /** The configured name's codec. */
  static KnownCodec named(final String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
