package dev.conductor.media.session;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.AudioDecoder;
import java.util.function.Function;
import org.agrona.DirectBuffer;

/**
 * The codecs one line agreed on, by payload type.
 *
 * @threading the media agent that owns the session.
 * @allocation one an offer and answer; none in use.
 */
final class PayloadTable {
  /** How many payload types there are. */
  static final int PAYLOAD_TYPES = 128;

  /** 80 ms of G.711. */
  static final int MAX_G711_BYTES = 640;

  /** What fits into one datagram on any link that carries telephony. */
  private static final int MAX_BYTES = 1_500;

  private final AudioDecoder[] decoders = new AudioDecoder[PAYLOAD_TYPES];
  private final int[] clockRatesHz = new int[PAYLOAD_TYPES];
  private final boolean[] cheap = new boolean[PAYLOAD_TYPES];
  private final boolean takesEvents;
  private final boolean[] events = new boolean[PAYLOAD_TYPES];
  private final int maxPayloadBytes;
  private final int sendType;

  PayloadTable(final RtpSessionSpec spec) {
    this(spec, Coders::decoder);
  }

  /** A table whose decoders come from elsewhere. */
  PayloadTable(
      final RtpSessionSpec spec, final Function<RtpSessionSpec.Payload, AudioDecoder> maker) {
    int longest = MAX_G711_BYTES;
    for (final RtpSessionSpec.Payload payload : spec.payloads()) {
      final int type = payload.payloadType();
      decoders[type] = maker.apply(payload);
      clockRatesHz[type] = payload.codec().clockRateHz();
      cheap[type] = payload.codec() == Codec.PCMU || payload.codec() == Codec.PCMA;
      longest = cheap[type] ? longest : MAX_BYTES;
    }
    maxPayloadBytes = longest;
    sendType = spec.payloads().get(0).payloadType();
    takesEvents = !spec.digitPayloadTypes().isEmpty();
    spec.digitPayloadTypes().forEach(type -> events[type] = true);
  }

  /** The decoder of a payload type, or null where none was agreed. */
  AudioDecoder decoder(final int payloadType) {
    return decoders[payloadType];
  }

  /** The clock of a payload type's timestamps, in Hz; 0 where none was agreed. */
  int clockRateHz(final int payloadType) {
    return clockRatesHz[payloadType];
  }

  /** Whether a payload type costs so little that it is decoded whether it is heard or not. */
  boolean isCheap(final int payloadType) {
    return cheap[payloadType];
  }

  /** Whether the type is that of telephone events. */
  boolean isEvent(final int payloadType) {
    return events[payloadType];
  }

  /** Whether keys come as telephone events. */
  boolean takesEvents() {
    return takesEvents;
  }

  /** Whether packets of this type may come. */
  boolean isAgreed(final int payloadType) {
    return decoders[payloadType] != null || isEvent(payloadType);
  }

  /** The longest payload that may come, in bytes. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /**
   * How long a payload sounds, in ticks of its clock; 0 when it cannot be of this type.
   *
   * @param payloadType one with a decoder
   */
  int durationTicks(
      final int payloadType, final DirectBuffer packet, final int offset, final int length) {
    final AudioDecoder decoder = decoders[payloadType];
    final int samples = decoder.durationSamples(packet, offset, length);
    if (samples == AudioDecoder.MALFORMED) {
      return 0;
    }
    return (int) ((long) samples * clockRatesHz[payloadType] / decoder.rateHz());
  }

  /** Gives back what the decoders hold; the table is not used after. */
  void close() {
    for (final AudioDecoder decoder : decoders) {
      if (decoder != null) {
        decoder.close();
      }
    }
  }

  /** The payload type we send. */
  int sendType() {
    return sendType;
  }
}
