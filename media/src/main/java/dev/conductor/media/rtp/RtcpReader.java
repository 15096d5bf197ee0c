package dev.conductor.media.rtp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Walks over the packets of one RTCP datagram and reads reports and goodbyes (RFC 3550, section 6).
 * What else there is, is passed over.
 *
 * <p>{@link #wrap} judges the whole datagram; after a negative reason there is nothing to walk.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 * @units as on the wire: jitter in ticks of the stream's clock, times in 2^-16 s.
 */
public final class RtcpReader {
  private static final long UNSIGNED_32 = 0xFFFF_FFFFL;
  private static final int BYTE_MASK = 0xFF;
  private static final int NONE = -1;

  private static final int NTP_OFFSET = 8;
  private static final int RTP_OFFSET = 16;
  private static final int PACKETS_OFFSET = 20;
  private static final int OCTETS_OFFSET = 24;

  private static final int LOST_OFFSET = 4;
  private static final int LOST_BITS = 24;
  private static final int HIGHEST_OFFSET = 8;
  private static final int JITTER_OFFSET = 12;
  private static final int LAST_REPORT_OFFSET = 16;
  private static final int SINCE_REPORT_OFFSET = 20;

  private DirectBuffer buffer;
  private int nextAt;
  private int end;
  private int at;
  private int blockAt;

  /** A reader of nothing. */
  public RtcpReader() {}

  /**
   * Begins before the first packet of a datagram.
   *
   * @return how many packets there are, or a negative reason of {@link RtcpPacket#packets}
   */
  public int wrap(final DirectBuffer datagram, final int offset, final int lengthBytes) {
    final int packets = RtcpPacket.packets(datagram, offset, lengthBytes);
    buffer = datagram;
    nextAt = offset;
    end = packets < 0 ? offset : offset + lengthBytes;
    blockAt = NONE;
    return packets;
  }

  /** Goes to the next packet; false behind the last. */
  public boolean next() {
    if (nextAt >= end) {
      return false;
    }
    at = nextAt;
    nextAt = at + RtcpPacket.lengthBytes(buffer, at);
    blockAt = NONE;
    return true;
  }

  /** The packet's type. */
  public int type() {
    return RtcpPacket.type(buffer, at);
  }

  /** Whether the packet is a report of either kind. */
  public boolean isReport() {
    return type() == RtcpPacket.SENDER_REPORT || type() == RtcpPacket.RECEIVER_REPORT;
  }

  /** In a report: who sent it. */
  public int ssrc() {
    return RtcpPacket.ssrc(buffer, at);
  }

  /** In a sender report: when it was sent, on the sender's clock; see {@link NtpTime}. */
  public long ntpTime() {
    return buffer.getLong(at + NTP_OFFSET, BIG_ENDIAN);
  }

  /** In a sender report: the same moment in ticks of the stream's clock. */
  public int rtpTimestamp() {
    return buffer.getInt(at + RTP_OFFSET, BIG_ENDIAN);
  }

  /** In a sender report: RTP packets sent so far; 32 bits that wrap. */
  public long packetCount() {
    return buffer.getInt(at + PACKETS_OFFSET, BIG_ENDIAN) & UNSIGNED_32;
  }

  /** In a sender report: bytes of payload sent so far; 32 bits that wrap. */
  public long octetCount() {
    return buffer.getInt(at + OCTETS_OFFSET, BIG_ENDIAN) & UNSIGNED_32;
  }

  /** In a report: goes to the block about a source; false when there is none. */
  public boolean findBlock(final int ssrc) {
    final int header = RtcpPacket.HEADER_BYTES + RtcpPacket.SSRC_BYTES;
    int block =
        at + header + (type() == RtcpPacket.SENDER_REPORT ? RtcpPacket.SENDER_INFO_BYTES : 0);
    for (int left = RtcpPacket.count(buffer, at); left > 0; left--) {
      if (buffer.getInt(block, BIG_ENDIAN) == ssrc) {
        blockAt = block;
        return true;
      }
      block += RtcpPacket.BLOCK_BYTES;
    }
    return false;
  }

  /** Of the block: the part of the packets lost since the report before, in 256ths. */
  public int fractionLost() {
    return buffer.getByte(blockAt + LOST_OFFSET) & BYTE_MASK;
  }

  /** Of the block: packets lost in all; negative when more came, twice, than were lost. */
  public int cumulativeLost() {
    final int unused = Integer.SIZE - LOST_BITS;
    return buffer.getInt(blockAt + LOST_OFFSET, BIG_ENDIAN) << unused >> unused;
  }

  /** Of the block: the highest sequence number, with how often it wrapped above 16 bits. */
  public int highestSequence() {
    return buffer.getInt(blockAt + HIGHEST_OFFSET, BIG_ENDIAN);
  }

  /** Of the block: the interarrival jitter. */
  public long jitterTicks() {
    return buffer.getInt(blockAt + JITTER_OFFSET, BIG_ENDIAN) & UNSIGNED_32;
  }

  /** Of the block: the middle of the NTP time of the last report got from the source, or 0. */
  public int lastReport() {
    return buffer.getInt(blockAt + LAST_REPORT_OFFSET, BIG_ENDIAN);
  }

  /** Of the block: how long that report had been there. */
  public int sinceLastReport() {
    return buffer.getInt(blockAt + SINCE_REPORT_OFFSET, BIG_ENDIAN);
  }

  /** Whether the packet is a goodbye that names a source. */
  public boolean saysBye(final int ssrc) {
    if (type() != RtcpPacket.BYE) {
      return false;
    }
    for (int i = 0; i < RtcpPacket.count(buffer, at); i++) {
      final int sourceAt = at + RtcpPacket.HEADER_BYTES + i * RtcpPacket.SSRC_BYTES;
      if (buffer.getInt(sourceAt, BIG_ENDIAN) == ssrc) {
        return true;
      }
    }
    return false;
  }
}
