package dev.conductor.media.session;

import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Our side of one line's stream: a packet a tick. Sequence, timestamp and SSRC begin at random (RFC
 * 3550, section 5.1), the sequence below 2^15, so that it does not wrap early on (RFC 3711, section
 * 3.3.1). The timestamp follows the ticks, so it advances over ticks not sent in; the first packet
 * after such a gap bears the marker (RFC 3551, section 4.1).
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class RtpSender {
  private static final int FIRST_SEQUENCE_BOUND = 1 << 15;
  private static final long NEVER = Long.MIN_VALUE;

  /** Our own packets come back within this many, and this many ticks of the fastest clock. */
  private static final int LOOP_PACKETS = 250;

  private static final int LOOP_TICKS = 10 * 48_000;

  private final RandomGenerator random;
  private final LineSecurity security;
  private int firstTimestamp;
  private int lastTicksPerFrame;
  private int ssrc;
  private int sequence;
  private int timestamp;
  private long sentTick = NEVER;

  private int sentPackets;
  private int sentOctets;
  private long sentNs;

  RtpSender(final RandomGenerator random, final LineSecurity security) {
    this.random = random;
    this.security = security;
    ssrc = random.nextInt();
    sequence = random.nextInt(FIRST_SEQUENCE_BOUND);
    firstTimestamp = random.nextInt();
  }

  int ssrc() {
    return ssrc;
  }

  /** The timestamp of the packet last sent, or refused. */
  int timestamp() {
    return timestamp;
  }

  /** The sequence number of the packet that is sent next. */
  int nextSequence() {
    return sequence;
  }

  /** How far the timestamp went on with the last packet. */
  int ticksPerFrame() {
    return lastTicksPerFrame;
  }

  /** Goes on after packets that {@link CleanLine#share} sent. */
  void onSentElsewhere(final int nextSequence, final int lastTimestamp, final long lastTick) {
    sequence = nextSequence;
    timestamp = lastTimestamp;
    sentTick = lastTick;
  }

  /** Counts packets that went out. */
  void countSent(final int packets, final int octets, final long lastNs) {
    sentPackets += packets;
    sentOctets += octets;
    sentNs = lastNs;
  }

  /** What counts what {@link RtpSocket#send} answered. */
  static MediaCounter counterOf(final int sent) {
    return switch (sent) {
      case RtpSocket.NO_ROOM -> MediaCounter.RTP_SHORT_SENDS;
      case RtpSocket.UNREACHABLE -> MediaCounter.RTP_PORT_UNREACHABLE;
      case RtpSocket.FAULT -> MediaCounter.RTP_SENDS_REFUSED;
      default -> MediaCounter.RTP_SENT;
    };
  }

  /** Packets that went out since {@link #countAnew}. */
  int sentPackets() {
    return sentPackets;
  }

  /** Bytes of payload that went out since {@link #countAnew}. */
  int sentOctets() {
    return sentOctets;
  }

  /** When the last packet went out. */
  long sentNs() {
    return sentNs;
  }

  /** Another stream begins: it has sent nothing yet. */
  void countAnew() {
    sentPackets = 0;
    sentOctets = 0;
  }

  /** Whether a packet with our SSRC is one of those we sent lately. */
  boolean isOurs(final int packetSequence, final int packetTimestamp) {
    final int packetsAgo = -Sequences.distance(packetSequence, sequence);
    final int ticksAgo = -Sequences.timestampDistance(packetTimestamp, timestamp);
    return sentTick != NEVER
        && packetsAgo > 0
        && packetsAgo <= LOOP_PACKETS
        && ticksAgo >= 0
        && ticksAgo <= LOOP_TICKS;
  }

  /** Takes another SSRC, as the far end uses ours (RFC 3550, section 8.2). */
  void changeSsrc() {
    final int old = ssrc;
    while (ssrc == old) {
      ssrc = random.nextInt();
    }
    // The next packet begins a stream.
    sentTick = NEVER;
  }

  /**
   * Sends a packet whose payload stands behind the room for a header.
   *
   * @param ticksPerFrame of the payload's clock
   * @return what {@link RtpSocket#send} answered
   */
  int send(
      final TickContext context,
      final PacketBuffer packet,
      final int payloadBytes,
      final int payloadType,
      final int ticksPerFrame,
      final RtpSocket socket,
      final InetSocketAddress target) {
    final UnsafeBuffer buffer = packet.buffer();
    final boolean marker = sentTick != context.tick() - 1 || ticksPerFrame != lastTicksPerFrame;
    if (sentTick != NEVER && ticksPerFrame != lastTicksPerFrame) {
      // Another clock: it goes on from where the last one stood, never back.
      firstTimestamp = timestamp + ticksPerFrame - (int) context.tick() * ticksPerFrame;
    }
    lastTicksPerFrame = ticksPerFrame;
    timestamp = firstTimestamp + (int) context.tick() * ticksPerFrame;
    RtpHeader.putFirst(buffer, 0, marker, payloadType);
    RtpHeader.putSequence(buffer, 0, sequence);
    RtpHeader.putTimestamp(buffer, 0, timestamp);
    RtpHeader.putSsrc(buffer, 0, ssrc);
    final ByteBuffer bytes = security.protectRtp(context, packet, payloadBytes);
    sequence = Sequences.next(sequence);
    sentTick = context.tick();
    final int sent = socket.send(bytes, target, context.batch());
    if (sent > 0) {
      countSent(1, payloadBytes, context.nowNs());
    }
    return sent;
  }
}
