package dev.conductor.media.rtp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * What all RTCP packets share (RFC 3550, section 6.4), over a packet that begins at an offset of a
 * buffer, and the judging of a datagram, which is a row of them (section 6.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|  count  |      type     |   length in words, less one   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             SSRC of the sender (all but SDES)                 |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The checks are those of appendix A.2, with one more leave: a datagram may begin with any
 * packet that RFC 3550, 3611 or 4585 names, not only with a report, as phones send feedback alone
 * (RFC 5506) without asking whether they may. A type nobody named does not begin one.
 *
 * @threading stateless.
 * @allocation none.
 * @units lengths and offsets in bytes.
 */
public final class RtcpPacket {
  /** Bytes before what is special to a type. */
  public static final int HEADER_BYTES = 4;

  /** A sender report (SR). */
  public static final int SENDER_REPORT = 200;

  /** A receiver report (RR). */
  public static final int RECEIVER_REPORT = 201;

  /** A source description (SDES). */
  public static final int SOURCE_DESCRIPTION = 202;

  /** A goodbye (BYE). */
  public static final int BYE = 203;

  /** The last type that may begin a datagram: an extended report (RFC 3611). */
  private static final int EXTENDED_REPORT = 207;

  /** {@link #packets}: the datagram is shorter than a header. */
  public static final int TOO_SHORT = -1;

  /** {@link #packets}: a packet's version is not 2. */
  public static final int BAD_VERSION = -2;

  /** {@link #packets}: the first packet is of a type that begins nothing. */
  public static final int BAD_FIRST = -3;

  /** {@link #packets}: the lengths do not add up to the datagram's. */
  public static final int BAD_LENGTH = -4;

  /** {@link #packets}: padding before the last packet, or a count that cannot be. */
  public static final int BAD_PADDING = -5;

  /** {@link #packets}: a packet ends before the blocks or sources it counts. */
  public static final int BAD_COUNT = -6;

  static final int VERSION_2 = 0x80;
  static final int COUNT_MASK = 0x1F;
  static final int TYPE_OFFSET = 1;
  static final int LENGTH_OFFSET = 2;
  static final int SSRC_OFFSET = 4;
  static final int SSRC_BYTES = 4;
  static final int WORD_BYTES = 4;
  static final int SENDER_INFO_OFFSET = 8;
  static final int SENDER_INFO_BYTES = 20;
  static final int BLOCK_BYTES = 24;

  private static final int VERSION_MASK = 0xC0;
  private static final int PADDING_BIT = 0x20;
  private static final int BYTE_MASK = 0xFF;
  private static final int FIRST_TYPE = 192;
  private static final int LAST_TYPE = 223;

  private RtcpPacket() {}

  /**
   * Whether a datagram that came over a port both share is RTCP by its second byte (RFC 5761,
   * section 4): 192..223, which in RTP were payload types 64..95 with the marker.
   */
  public static boolean isRtcp(final DirectBuffer buffer, final int offset, final int lengthBytes) {
    if (lengthBytes < HEADER_BYTES) {
      return false;
    }
    final int type = type(buffer, offset);
    return type >= FIRST_TYPE && type <= LAST_TYPE;
  }

  /**
   * How many packets a datagram holds, or a negative reason why it is none of RTCP. Never reads
   * beyond the length.
   */
  public static int packets(final DirectBuffer buffer, final int offset, final int lengthBytes) {
    if (lengthBytes < HEADER_BYTES) {
      return TOO_SHORT;
    }
    final int end = offset + lengthBytes;
    int packets = 0;
    int at = offset;
    while (at < end) {
      if (end - at < HEADER_BYTES) {
        return BAD_LENGTH;
      }
      if ((buffer.getByte(at) & VERSION_MASK) != VERSION_2) {
        return BAD_VERSION;
      }
      if (packets == 0 && !mayBegin(type(buffer, at))) {
        return BAD_FIRST;
      }
      final int bytes = lengthBytes(buffer, at);
      if (bytes > end - at) {
        return BAD_LENGTH;
      }
      final int fault = faultOf(buffer, at, bytes, at + bytes == end);
      if (fault < 0) {
        return fault;
      }
      at += bytes;
      packets++;
    }
    return packets;
  }

  private static boolean mayBegin(final int type) {
    return type >= SENDER_REPORT && type <= EXTENDED_REPORT;
  }

  private static int faultOf(
      final DirectBuffer buffer, final int offset, final int bytes, final boolean last) {
    int paddingBytes = 0;
    if ((buffer.getByte(offset) & PADDING_BIT) != 0) {
      paddingBytes = buffer.getByte(offset + bytes - 1) & BYTE_MASK;
      final boolean possible =
          paddingBytes > 0
              && paddingBytes % WORD_BYTES == 0
              && paddingBytes <= bytes - HEADER_BYTES;
      if (!last || !possible) {
        return BAD_PADDING;
      }
    }
    return leastBytes(buffer, offset) > bytes - paddingBytes ? BAD_COUNT : 0;
  }

  /** What a packet must hold by its type and count. */
  private static int leastBytes(final DirectBuffer buffer, final int offset) {
    final int count = count(buffer, offset);
    return switch (type(buffer, offset)) {
      case SENDER_REPORT -> SENDER_INFO_OFFSET + SENDER_INFO_BYTES + count * BLOCK_BYTES;
      case RECEIVER_REPORT -> HEADER_BYTES + SSRC_BYTES + count * BLOCK_BYTES;
      case BYE -> HEADER_BYTES + count * SSRC_BYTES;
      default -> HEADER_BYTES;
    };
  }

  /** The type: 0..255. */
  public static int type(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset + TYPE_OFFSET) & BYTE_MASK;
  }

  /** How many report blocks, chunks or sources follow: 0..31. */
  public static int count(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset) & COUNT_MASK;
  }

  /** The length of the packet with its header. */
  public static int lengthBytes(final DirectBuffer buffer, final int offset) {
    final int words = Sequences.unsigned(buffer.getShort(offset + LENGTH_OFFSET, BIG_ENDIAN));
    return (words + 1) * WORD_BYTES;
  }

  /** The first source a packet names: in reports the sender, in a BYE who leaves. */
  public static int ssrc(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + SSRC_OFFSET, BIG_ENDIAN);
  }
}
