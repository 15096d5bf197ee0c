package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Decoder;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.codec.L16Codec;
import dev.conductor.media.codec.OpusLibrary;

/**
 * Makes the coders of what offer and answer agreed.
 *
 * @threading stateless.
 * @allocation a coder a call.
 */
final class Coders {
  /** Without state: one serves all. */
  private static final G711Ulaw ULAW = new G711Ulaw();

  private static final G711Alaw ALAW = new G711Alaw();

  private Coders() {}

  static AudioDecoder decoder(final Payload payload) {
    return switch (payload.codec()) {
      case PCMU -> ULAW;
      case PCMA -> ALAW;
      case G722 -> new G722Decoder();
      case L16, L16_WIDE -> new L16Codec(payload.codec().sampleRateHz());
      case OPUS -> OpusLibrary.system().decoder();
    };
  }

  static AudioEncoder encoder(final Payload payload) {
    return switch (payload.codec()) {
      case PCMU -> ULAW;
      case PCMA -> ALAW;
      case G722 -> new G722Encoder();
      case L16, L16_WIDE -> new L16Codec(payload.codec().sampleRateHz());
      case OPUS ->
          OpusLibrary.system().encoder(payload.maxRateHz(), payload.maxBitrateBps(), payload.fec());
    };
  }

  /** Whether two lines that are sent the same sound are sent the same bytes. */
  static boolean areAlike(final Payload one, final Payload other) {
    return one.codec() == other.codec()
        && one.maxRateHz() == other.maxRateHz()
        && one.maxBitrateBps() == other.maxBitrateBps()
        && one.fec() == other.fec();
  }
}
