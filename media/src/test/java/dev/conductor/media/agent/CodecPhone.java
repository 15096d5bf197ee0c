package dev.conductor.media.agent;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Decoder;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.codec.L16Codec;
import dev.conductor.media.codec.OpusLibrary;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.session.ImpairmentRelay;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A phone that speaks and hears any codec, by a clock of its own, over a network as bad as asked
 * for: its packets pass a relay and reach the engine's socket just before the tick in which they
 * would have arrived. What it says goes on without a seam when it changes its codec or the length
 * of its packets.
 */
final class CodecPhone {
  private static final double NS_PER_SECOND = 1e9;
  private static final int MAX_PACKET = 4_096;

  final Phone line;
  final ImpairmentRelay relay;
  private final Payload[] agreed;
  private final InetAddress at;
  private final Map<Codec, AudioEncoder> encoders = new EnumMap<>(Codec.class);
  private final Map<Codec, AudioDecoder> decoders = new EnumMap<>(Codec.class);
  private Payload spoken;
  private Codec heardLast;
  private boolean started;
  private long startNs;
  private long spokenMs;

  /** What it says; null sends nothing while time passes, as a phone does in a pause. */
  Voice voice = Voice.SILENCE;

  /** The length of each packet in turn. */
  int[] packetMs = {20};

  /** How much its clock runs fast, in millionths. */
  double driftPpm;

  int ssrc;
  int sequence = 65_000;
  int timestamp = -50_000;
  private int packets;

  /** Whether the payloads it sends are kept. */
  boolean keepsSaid;

  /** The payloads it sent, of which the network may have lost some. */
  final List<byte[]> said = new ArrayList<>();

  /** What was heard, a frame a packet. */
  final List<short[]> frames = new ArrayList<>();

  /** The payload of each packet that came. */
  final List<byte[]> payloads = new ArrayList<>();

  /** The codec of each packet that came. */
  final List<Codec> codecs = new ArrayList<>();

  /** When each packet came, by the simulated clock. */
  final List<Long> heardNs = new ArrayList<>();

  /** A phone of one codec or more; the first is the one it speaks. */
  CodecPhone(final long seed, final Codec... codecs) {
    this(seed, InetAddress.getLoopbackAddress(), codecs);
  }

  CodecPhone(final long seed, final InetAddress at, final Codec... codecs) {
    this.at = at;
    line = new Phone(at);
    relay = new ImpairmentRelay(seed);
    ssrc = Math.toIntExact(4_711 + seed);
    agreed = new Payload[codecs.length];
    for (int i = 0; i < codecs.length; i++) {
      agreed[i] = payload(codecs[i]);
    }
    spoken = agreed[0];
  }

  /** A codec with its number, which for dynamic ones is a number of ours. */
  static Payload payload(final Codec codec) {
    final int fixed = codec.staticPayloadType();
    return new Payload(fixed >= 0 ? fixed : 96 + codec.ordinal(), codec);
  }

  /** What the engine is to know of the line: all its codecs, of which this one is sent to it. */
  RtpSessionSpec spec(final Codec hears) {
    final List<Payload> list = new ArrayList<>(List.of(agreed));
    final Payload first = payload(hears);
    list.remove(first);
    list.add(0, first);
    return new LineSpec(line.address()).boundTo(at).codecs(list).noEvents().spec();
  }

  RtpSessionSpec spec() {
    return spec(agreed[0].codec());
  }

  /** Speaks another of its codecs from the next packet on, unannounced. */
  void speak(final Codec codec) {
    spoken = payload(codec);
  }

  Codec speaks() {
    return spoken.codec();
  }

  /** Its clock begins. */
  void start(final long nowNs) {
    started = true;
    startNs = nowNs;
    spokenMs = 0;
  }

  boolean isStarted() {
    return started;
  }

  /** When a moment of its own clock is, by the simulated one. */
  double momentNs(final double ownSeconds) {
    return startNs + ownSeconds * NS_PER_SECOND / (1 + driftPpm / 1e6);
  }

  /** How long it has spoken, by its own clock. */
  double ownSeconds() {
    return spokenMs / 1_000.0;
  }

  /** Sends what is complete by now, and lets arrive what should. */
  void speakUntil(final long nowNs) {
    while (true) {
      final int ms = packetMs[packets % packetMs.length];
      final long dueNs = (long) momentNs((spokenMs + ms) / 1_000.0);
      if (dueNs > nowNs) {
        break;
      }
      packets++;
      say(ms, dueNs);
    }
    for (var next = relay.poll(nowNs); next != null; next = relay.poll(nowNs)) {
      line.sendBytes(next.bytes());
    }
  }

  private void say(final int ms, final long dueNs) {
    final Codec codec = spoken.codec();
    if (voice != null) {
      relay.send(packet(codec, ms), dueNs);
    }
    spokenMs += ms;
    timestamp += ms * codec.clockRateHz() / 1_000;
  }

  private byte[] packet(final Codec codec, final int ms) {
    final int rateHz = codec.sampleRateHz();
    final short[] samples = new short[ms * rateHz / 1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(voice.at(ownSeconds() + (double) i / rateHz));
    }
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[MAX_PACKET]);
    RtpHeader.putFirst(packet, 0, false, spoken.payloadType());
    RtpHeader.putSequence(packet, 0, sequence++);
    RtpHeader.putTimestamp(packet, 0, timestamp);
    RtpHeader.putSsrc(packet, 0, ssrc);
    final int bytes =
        encoders
            .computeIfAbsent(codec, CodecPhone::encoder)
            .encode(samples, 0, samples.length, packet, RtpHeader.FIXED_BYTES);
    final byte[] datagram = new byte[RtpHeader.FIXED_BYTES + bytes];
    packet.getBytes(0, datagram);
    if (keepsSaid) {
      said.add(Arrays.copyOfRange(datagram, RtpHeader.FIXED_BYTES, datagram.length));
    }
    return datagram;
  }

  /** Hears what came. */
  void listen(final long nowNs) {
    while (line.receive()) {
      if (!line.source().equals(line.server())) {
        // A stray of somebody else on this machine, who had the port before.
        continue;
      }
      final int type = RtpHeader.payloadType(line.packet(), 0);
      final Codec codec = codecOf(type);
      final byte[] payload = new byte[line.length() - RtpHeader.FIXED_BYTES];
      line.packet().getBytes(RtpHeader.FIXED_BYTES, payload);
      final short[] samples = new short[codec.sampleRateHz() / 50];
      final AudioDecoder decoder = decoders.computeIfAbsent(codec, CodecPhone::decoder);
      if (codec != heardLast) {
        // As a phone does after a new offer and answer.
        decoder.reset();
        heardLast = codec;
      }
      decoder.decode(new UnsafeBuffer(payload), 0, payload.length, samples, 0);
      frames.add(samples);
      payloads.add(payload);
      codecs.add(codec);
      heardNs.add(nowNs);
    }
  }

  private Codec codecOf(final int payloadType) {
    for (final Payload payload : agreed) {
      if (payload.payloadType() == payloadType) {
        return payload.codec();
      }
    }
    throw new AssertionError("payload type " + payloadType + " was not agreed");
  }

  /** Forgets what was heard, not how it is decoded. */
  void forget() {
    frames.clear();
    payloads.clear();
    codecs.clear();
    heardNs.clear();
  }

  /** All that was heard since, which must be of one rate. */
  Sound sound() {
    return Sound.of(frames);
  }

  private static AudioEncoder encoder(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      case G722 -> new G722Encoder();
      case L16, L16_WIDE -> new L16Codec(codec.sampleRateHz());
      case OPUS -> OpusLibrary.system().encoder(codec.sampleRateHz(), 0, false);
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

  /** Gives back what its coders hold; the stage closes its line. */
  void close() {
    encoders.values().forEach(AudioEncoder::close);
    decoders.values().forEach(AudioDecoder::close);
  }
}
