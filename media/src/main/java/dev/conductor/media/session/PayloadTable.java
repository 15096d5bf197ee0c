package dev.conductor.media.session;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.AudioDecoder;
import java.util.ArrayList;
import java.util.List;
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

  private static final Format NONE = new Format(-1, null, 0, false);

  /** A line has few: they are looked through, and the latest first. */
  private final Format[] formats;

  private Format latest = NONE;
  private final int maxPayloadBytes;
  private final int sendType;
  private final boolean takesEvents;

  PayloadTable(final RtpSessionSpec spec) {
    this(spec, Coders::decoder);
  }

  /** A table whose decoders come from elsewhere. */
  PayloadTable(
      final RtpSessionSpec spec, final Function<RtpSessionSpec.Payload, AudioDecoder> maker) {
    final List<Format> agreed = new ArrayList<>();
    int longest = MAX_G711_BYTES;
    for (final RtpSessionSpec.Payload payload : spec.payloads()) {
      final boolean cheap = payload.codec() == Codec.PCMU || payload.codec() == Codec.PCMA;
      longest = cheap ? longest : MAX_BYTES;
      agreed.add(
          new Format(
              payload.payloadType(), maker.apply(payload), payload.codec().clockRateHz(), cheap));
    }
    spec.digitPayloadTypes().forEach(type -> agreed.add(new Format(type, null, 0, false)));
    formats = agreed.toArray(Format[]::new);
    maxPayloadBytes = longest;
    sendType = spec.payloads().get(0).payloadType();
    takesEvents = !spec.digitPayloadTypes().isEmpty();
  }

  /** What a payload type stands for, or null where it was not agreed. */
  Format format(final int payloadType) {
    if (latest.payloadType == payloadType) {
      return latest;
    }
    for (final Format format : formats) {
      if (format.payloadType == payloadType) {
        latest = format;
        return format;
      }
    }
    return null;
  }

  /** The decoder of a payload type, or null where it has none. */
  AudioDecoder decoder(final int payloadType) {
    final Format format = format(payloadType);
    return format == null ? null : format.decoder;
  }

  /** Whether a payload type costs so little that it is decoded whether it is heard or not. */
  boolean isCheap(final int payloadType) {
    final Format format = format(payloadType);
    return format != null && format.cheap;
  }

  /** Whether packets of this type may come. */
  boolean isAgreed(final int payloadType) {
    return format(payloadType) != null;
  }

  /** Whether keys come as telephone events. */
  boolean takesEvents() {
    return takesEvents;
  }

  /** The longest payload that may come, in bytes. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** The payload type we send. */
  int sendType() {
    return sendType;
  }

  /** Gives back what the decoders hold; the table is not used after. */
  void close() {
    for (final Format format : formats) {
      if (format.decoder != null) {
        format.decoder.close();
      }
    }
  }

  /**
   * One payload type.
   *
   * @threading the media agent that owns the session.
   * @allocation one an offer and answer.
   */
  static final class Format {
    private final int payloadType;
    private final AudioDecoder decoder;
    private final int clockRateHz;
    private final boolean cheap;

    Format(
        final int payloadType,
        final AudioDecoder decoder,
        final int clockRateHz,
        final boolean cheap) {
      this.payloadType = payloadType;
      this.decoder = decoder;
      this.clockRateHz = clockRateHz;
      this.cheap = cheap;
    }

    /** Whether it stands for telephone events. */
    boolean isEvent() {
      return decoder == null;
    }

    /** The clock of its timestamps, in Hz; 0 for telephone events. */
    int clockRateHz() {
      return clockRateHz;
    }

    /**
     * How long a payload sounds, in ticks of its clock; 0 when it cannot be of this type. Not for
     * telephone events.
     */
    int durationTicks(final DirectBuffer packet, final int offset, final int length) {
      final int samples = decoder.durationSamples(packet, offset, length);
      if (samples == AudioDecoder.MALFORMED) {
        return 0;
      }
      return decoder.rateHz() == clockRateHz
          ? samples
          : (int) ((long) samples * clockRateHz / decoder.rateHz());
    }
  }
}
