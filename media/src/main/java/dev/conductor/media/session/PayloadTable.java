package dev.conductor.media.session;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;

/**
 * The codecs one line agreed on, by payload type.
 *
 * @threading the media agent that owns the session.
 * @allocation one an offer and answer; none in use.
 */
final class PayloadTable {
  private static final int PAYLOAD_TYPES = 128;

  private final AudioDecoder[] decoders = new AudioDecoder[PAYLOAD_TYPES];
  private final AudioEncoder encoder;
  private final int sendType;
  private final boolean takesEvents;
  private final boolean[] events = new boolean[PAYLOAD_TYPES];

  PayloadTable(final RtpSessionSpec spec) {
    for (final RtpSessionSpec.Payload payload : spec.payloads()) {
      decoders[payload.payloadType()] = decoderOf(payload.codec());
    }
    final RtpSessionSpec.Payload first = spec.payloads().get(0);
    sendType = first.payloadType();
    encoder = encoderOf(first.codec());
    takesEvents = !spec.digitPayloadTypes().isEmpty();
    spec.digitPayloadTypes().forEach(type -> events[type] = true);
  }

  /** The decoder of a payload type, or null where none was agreed. */
  AudioDecoder decoder(final int payloadType) {
    return decoders[payloadType];
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

  /** How long a payload sounds, in ticks of its clock: a byte a sample in either law of G.711. */
  int durationTicks(final int payloadLength) {
    return payloadLength;
  }

  /** What we send with. */
  AudioEncoder encoder() {
    return encoder;
  }

  /** The payload type we send. */
  int sendType() {
    return sendType;
  }

  private static AudioDecoder decoderOf(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      default -> throw new IllegalArgumentException("no coder of " + codec + " yet");
    };
  }

  private static AudioEncoder encoderOf(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      default -> throw new IllegalArgumentException("no coder of " + codec + " yet");
    };
  }
}
