package dev.conductor.media.api;

/**
 * The codecs on offer, with their names and numbers in RTP (RFC 3551, section 6; RFC 7587).
 *
 * @threading immutable.
 * @allocation none.
 */
public enum Codec {
  /** G.711 mu-law. */
  PCMU(0, "PCMU", 8_000, 8_000, 1),
  /** G.711 A-law. */
  PCMA(8, "PCMA", 8_000, 8_000, 1),
  /** G.722 at 64 kbit/s; its RTP clock is half its sample rate (RFC 3551, section 4.5.2). */
  G722(9, "G722", 8_000, 16_000, 1),
  /** Linear PCM at 16 kHz (RFC 3551, section 4.5.11). */
  L16_WIDE(-1, "L16", 16_000, 16_000, 1),
  /** Linear PCM at 8 kHz. */
  L16(-1, "L16", 8_000, 8_000, 1),
  /** Opus; its RTP clock is 48 kHz and its rtpmap says two channels, always (RFC 7587). */
  OPUS(-1, "opus", 48_000, 48_000, 2);

  private final int staticPayloadType;
  private final String encodingName;
  private final int clockRateHz;
  private final int sampleRateHz;
  private final int channels;

  Codec(
      final int staticPayloadType,
      final String encodingName,
      final int clockRateHz,
      final int sampleRateHz,
      final int channels) {
    this.staticPayloadType = staticPayloadType;
    this.encodingName = encodingName;
    this.clockRateHz = clockRateHz;
    this.sampleRateHz = sampleRateHz;
    this.channels = channels;
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

  /** The rate of the samples in Hz: what is heard, where the clock says something else. */
  public int sampleRateHz() {
    return sampleRateHz;
  }

  /** The channels its {@code a=rtpmap} names. */
  public int channels() {
    return channels;
  }

  /**
   * The codec of this encoding name, clock and number of channels (letter case ignored), or null
   * for none of ours.
   */
  public static Codec of(final String encodingName, final int clockRateHz, final int channels) {
    for (final Codec codec : values()) {
      if (codec.encodingName.equalsIgnoreCase(encodingName)
          && codec.clockRateHz == clockRateHz
          && codec.channels == channels) {
        return codec;
      }
    }
    return null;
  }
}
