package dev.conductor.media.agent;

import dev.conductor.media.rtp.RtpHeader;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** A far end's stream of valid packets of one codec, and what can be made wrong with each. */
final class MutatedRtp {
  /** As much as is read of a datagram, which is too much for one. */
  private static final int LONGEST_BYTES = 2_048;

  private static final int WORD_BYTES = 4;

  private final SplittableRandom random;
  private final int payloadType;
  private final int frameTicks;
  private final List<byte[]> payloads;
  private final List<Integer> agreedTypes;
  private final int eventType;

  private int ssrc;
  private int sequence;
  private int timestamp;

  /** The SSRC of the stream that comes back, which may be taken for one's own. */
  int theirSsrc;

  MutatedRtp(
      final SplittableRandom random,
      final int payloadType,
      final int frameTicks,
      final List<byte[]> payloads,
      final List<Integer> agreedTypes,
      final int eventType) {
    this.random = random;
    this.payloadType = payloadType;
    this.frameTicks = frameTicks;
    this.payloads = payloads;
    this.agreedTypes = agreedTypes;
    this.eventType = eventType;
    startElsewhere();
  }

  /** Another stream begins, as after a phone was changed for another. */
  void startElsewhere() {
    ssrc = random.nextInt();
    sequence = random.nextInt(1 << 16);
    timestamp = random.nextInt();
  }

  /** The next packet of the stream, in good order. */
  byte[] valid(final byte[] payload) {
    final byte[] packet = packet(payloadType, timestamp, payload);
    timestamp += frameTicks;
    return packet;
  }

  private byte[] packet(final int type, final int packetTimestamp, final byte[] payload) {
    final byte[] packet = new byte[RtpHeader.FIXED_BYTES + payload.length];
    final UnsafeBuffer buffer = new UnsafeBuffer(packet);
    RtpHeader.putFirst(buffer, 0, false, type);
    RtpHeader.putSequence(buffer, 0, sequence++);
    RtpHeader.putTimestamp(buffer, 0, packetTimestamp);
    RtpHeader.putSsrc(buffer, 0, ssrc);
    buffer.putBytes(RtpHeader.FIXED_BYTES, payload);
    return packet;
  }

  /** The next packet with something done to it, or with nothing. */
  byte[] next() {
    final byte[] packet = valid(payloads.get(random.nextInt(payloads.size())));
    return switch (random.nextInt(14)) {
      case 0 -> flipped(packet, RtpHeader.FIXED_BYTES);
      case 1, 2 -> flipped(packet, packet.length);
      case 3 -> Arrays.copyOf(packet, random.nextInt(packet.length));
      case 4 -> grown(packet);
      case 5 -> noise(packet);
      case 6 -> typed(packet, random.nextInt(1 << 8));
      case 7 -> typed(packet, agreedTypes.get(random.nextInt(agreedTypes.size())));
      case 8 -> withSources(packet);
      case 9 -> withExtension(packet);
      case 10 -> padded(packet);
      case 11 -> jumped(packet);
      case 12 -> event();
      default -> packet;
    };
  }

  private byte[] flipped(final byte[] packet, final int withinBytes) {
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      packet[random.nextInt(withinBytes)] ^= (byte) (1 << random.nextInt(8));
    }
    return packet;
  }

  private byte[] grown(final byte[] packet) {
    final int more = LONGEST_BYTES - packet.length;
    return random(packet, packet.length + (random.nextInt(8) == 0 ? more : random.nextInt(more)));
  }

  /** The packet, and random bytes up to a length. */
  private byte[] random(final byte[] packet, final int length) {
    final byte[] longer = new byte[length];
    random.nextBytes(longer);
    System.arraycopy(packet, 0, longer, 0, packet.length);
    return longer;
  }

  /** A payload that no encoder made, or nothing but noise. */
  private byte[] noise(final byte[] packet) {
    final int kept = random.nextInt(4) == 0 ? 0 : RtpHeader.FIXED_BYTES;
    return random(Arrays.copyOf(packet, kept), kept + random.nextInt(700));
  }

  private static byte[] typed(final byte[] packet, final int type) {
    packet[1] = (byte) type;
    return packet;
  }

  private byte[] withSources(final byte[] packet) {
    final int named = 1 + random.nextInt(15);
    final int there = random.nextBoolean() ? named : random.nextInt(named);
    packet[0] |= (byte) named;
    return withBehindHeader(packet, there * WORD_BYTES);
  }

  private byte[] withExtension(final byte[] packet) {
    packet[0] |= 0x10;
    final int words = random.nextInt(5);
    final byte[] longer = withBehindHeader(packet, (1 + words) * WORD_BYTES);
    final int told = random.nextBoolean() ? words : random.nextInt(1 << 16);
    longer[RtpHeader.FIXED_BYTES + 2] = (byte) (told >> 8);
    longer[RtpHeader.FIXED_BYTES + 3] = (byte) told;
    return longer;
  }

  private byte[] withBehindHeader(final byte[] packet, final int bytes) {
    final byte[] longer =
        random(Arrays.copyOf(packet, RtpHeader.FIXED_BYTES), packet.length + bytes);
    System.arraycopy(
        packet,
        RtpHeader.FIXED_BYTES,
        longer,
        RtpHeader.FIXED_BYTES + bytes,
        packet.length - RtpHeader.FIXED_BYTES);
    return longer;
  }

  private byte[] padded(final byte[] packet) {
    packet[0] |= 0x20;
    final int bytes = 1 + random.nextInt(40);
    final byte[] longer = random(packet, packet.length + bytes);
    longer[longer.length - 1] = (byte) (random.nextBoolean() ? bytes : random.nextInt(1 << 8));
    return longer;
  }

  /** Elsewhere in sequence, timestamp or SSRC: this packet alone, or the stream from here on. */
  private byte[] jumped(final byte[] packet) {
    final UnsafeBuffer buffer = new UnsafeBuffer(packet);
    switch (random.nextInt(6)) {
      case 0 -> RtpHeader.putSequence(buffer, 0, sequence - random.nextInt(300));
      case 1 -> RtpHeader.putTimestamp(buffer, 0, timestamp + random.nextInt(-20_000, 20_000));
      case 2 -> RtpHeader.putSsrc(buffer, 0, theirSsrc);
      case 3 -> sequence += random.nextInt(300);
      case 4 -> timestamp += random.nextInt(-20_000, 20_000);
      default -> startElsewhere();
    }
    return packet;
  }

  private byte[] event() {
    final byte[] payload = new byte[random.nextInt(9)];
    random.nextBytes(payload);
    if (payload.length > 0 && random.nextBoolean()) {
      payload[0] &= 0x0F;
    }
    return packet(eventType, timestamp - random.nextInt(3) * frameTicks, payload);
  }
}
