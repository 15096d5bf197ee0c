package dev.conductor.media.agent;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Decoder;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.codec.L16Codec;
import dev.conductor.media.codec.OpusLibrary;
import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.rtp.RtpHeader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** One session's far end that speaks and hears a codec, among others it agreed to. */
final class CodecLine {
  private static final int FRAMES_A_SECOND = 50;
  private static final int FIRST_DYNAMIC = 110;
  private static final int WIDE_EVENT_TYPE = 120;
  private static final int TONE_AMPLITUDE = 8_000;
  private static final int MATERIAL_FRAMES = 100;

  /** More than any codec makes of 20 ms. */
  private static final int PAYLOAD_BYTES = 1_500;

  final long id;
  final Codec codec;
  final Phone phone = new Phone();
  final MutatedRtp rtp;
  final MutatedRtcp rtcp;

  private final AudioEncoder encoder;
  private final AudioDecoder decoder;
  private final int frameSamples;
  private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PAYLOAD_BYTES]);
  private final short[] heard;
  private double toneStep;
  private long toneSample;

  CodecLine(final long id, final Codec codec, final SplittableRandom random) {
    this.id = id;
    this.codec = codec;
    encoder = encoder(codec);
    decoder = decoder(codec);
    frameSamples = codec.sampleRateHz() / FRAMES_A_SECOND;
    heard = new short[frameSamples * 6];
    rtp =
        new MutatedRtp(
            random,
            type(codec),
            codec.clockRateHz() / FRAMES_A_SECOND,
            material(random),
            Arrays.stream(Codec.values()).map(CodecLine::type).toList(),
            codec == Codec.OPUS ? WIDE_EVENT_TYPE : Phone.EVENT_TYPE);
    rtcp = new MutatedRtcp(random);
  }

  private static AudioEncoder encoder(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      case G722 -> new G722Encoder();
      case L16, L16_WIDE -> new L16Codec(codec.sampleRateHz());
      case OPUS -> OpusLibrary.system().encoder(codec.sampleRateHz(), 0, true);
    };
  }

  private static AudioDecoder decoder(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      case G722 -> new G722Decoder();
      case L16, L16_WIDE -> new L16Codec(codec.sampleRateHz());
      case OPUS -> OpusLibrary.system().decoder();
    };
  }

  private static int type(final Codec codec) {
    final int number = codec.staticPayloadType();
    return number >= 0 ? number : FIRST_DYNAMIC + codec.ordinal();
  }

  /** The payload type of its codec. */
  int type() {
    return type(codec);
  }

  /** It sends and is sent its codec, and may send any other. */
  RtpSessionSpec spec() {
    final List<RtpSessionSpec.Payload> payloads = new ArrayList<>();
    payloads.add(new RtpSessionSpec.Payload(type(), codec));
    for (final Codec other : Codec.values()) {
      if (other != codec) {
        payloads.add(new RtpSessionSpec.Payload(type(other), other));
      }
    }
    return new LineSpec(phone.address())
        .codecs(payloads)
        .events(List.of(Phone.EVENT_TYPE, WIDE_EVENT_TYPE))
        .spec();
  }

  /** A voice of sorts: tones and noise up to full scale, and pauses. */
  private List<byte[]> material(final SplittableRandom random) {
    final List<byte[]> payloads = new ArrayList<>();
    final short[] samples = new short[frameSamples];
    for (int frame = 0; frame < MATERIAL_FRAMES; frame++) {
      final double step = random.nextDouble(0.01, 0.5);
      final double tone = random.nextInt(3) == 0 ? 0 : random.nextDouble(32_767);
      final double noise = random.nextInt(3) == 0 ? 0 : 32_767 - tone;
      for (int i = 0; i < frameSamples; i++) {
        samples[i] = (short) (tone * Math.sin(step * i) + noise * random.nextDouble(-1, 1));
      }
      payloads.add(encode(samples));
    }
    return payloads;
  }

  byte[] silence() {
    return encode(new short[frameSamples]);
  }

  private byte[] encode(final short[] samples) {
    final int bytes = encoder.encode(samples, 0, frameSamples, payload, 0);
    return Arrays.copyOf(payload.byteArray(), bytes);
  }

  void startTone(final double frequencyHz) {
    toneStep = 2 * Math.PI * frequencyHz / codec.sampleRateHz();
    toneSample = 0;
  }

  byte[] nextOfTone() {
    final short[] samples = new short[frameSamples];
    for (int i = 0; i < frameSamples; i++) {
      samples[i] = (short) (TONE_AMPLITUDE * Math.sin(toneStep * toneSample));
      toneSample++;
    }
    return encode(samples);
  }

  /** The payload of the packet its phone read last. */
  byte[] payload() {
    final byte[] bytes = new byte[phone.length() - RtpHeader.FIXED_BYTES];
    phone.packet().getBytes(RtpHeader.FIXED_BYTES, bytes);
    return bytes;
  }

  /**
   * Reads this tick's packet: whether it holds that tone, at about its loudness, and little else.
   */
  boolean hears(final double frequencyHz) {
    if (!phone.receive()) {
      return false;
    }
    final int bytes = phone.length() - RtpHeader.FIXED_BYTES;
    final int samples = decoder.decode(phone.packet(), RtpHeader.FIXED_BYTES, bytes, heard, 0);
    double power = 0;
    for (int i = 0; i < samples; i++) {
      power += (double) heard[i] * heard[i] / samples;
    }
    final double tone = Goertzel.power(heard, 0, samples, frequencyHz, codec.sampleRateHz());
    final double said = TONE_AMPLITUDE * TONE_AMPLITUDE / 2.0;
    return samples == frameSamples && tone > 0.95 * power && tone > said / 2 && tone < said * 2;
  }

  /** Gives back what the codec holds. */
  void close() {
    encoder.close();
    decoder.close();
  }
}
