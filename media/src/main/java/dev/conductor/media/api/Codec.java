package dev.conductor.media.api;

/**
 * The codecs on offer, with their names and numbers in RTP (RFC 3551, section 6).
 *
 * @threading immutable.
 * @allocation none.
 */
public enum Codec {
  /** G.711 mu-law. */
  PCMU(0, "PCMU", 8_000),
  /** G.711 A-law. */
  PCMA(8, "PCMA", 8_000);

  private final int staticPayloadType;
  private final String encodingName;
  private final int clockRateHz;

  Codec(final int staticPayloadType, final String encodingName, final int clockRateHz) {
    this.staticPayloadType = staticPayloadType;
    this.encodingName = encodingName;
    this.clockRateHz = clockRateHz;
  }

  /** The payload type of RFC 3551, table 4; -1 where the codec has only dynamic ones. */
  public int staticPayloadType() {
    return staticPayloadType;
  }

  /** The encoding name as it stands in {@code a=rtpmap}. */
  public String encodingName() {
    return encodingName;
  }

  /** The RTP timestamp's clock in Hz. */
  public int clockRateHz() {
    return clockRateHz;
  }

  /** The codec of this encoding name and clock (letter case ignored), or null for none of ours. */
  public static Codec of(final String encodingName, final int clockRateHz) {
    for (final Codec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(encodingName) && codec.clockRateHz == clockRateHz) {
        return codec;
      }
    }
    return null;
  }
}
