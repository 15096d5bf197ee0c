package dev.conductor.media.rtp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Accessors over an RTP packet (RFC 3550, section 5.1) that begins at an offset of a buffer.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                           timestamp                           |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |           synchronization source (SSRC) identifier            |
 * +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 * |            contributing source (CSRC) identifiers             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |      defined by profile       |   extension length in words   |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                       header extension                        |
 * </pre>
 *
 * <p>{@link #payloadOffset} and {@link #payloadLength} judge a packet; the other accessors may be
 * used once they gave no negative reason.
 *
 * @threading stateless.
 * @allocation none.
 * @units lengths and offsets in bytes; timestamps in ticks of the payload's clock.
 */
public final class RtpHeader {
  /** Bytes of the fixed header. */
  public static final int FIXED_BYTES = 12;

  /** The packet ends within its fixed header. */
  public static final int TOO_SHORT = -1;

  /** The version is not 2. */
  public static final int BAD_VERSION = -2;

  /** The packet ends within its list of contributing sources. */
  public static final int BAD_CSRC = -3;

  /** The packet ends within its header extension. */
  public static final int BAD_EXTENSION = -4;

  /** The count of padding bytes is 0 or more than there is. */
  public static final int BAD_PADDING = -5;

  private static final int VERSION = 2;
  private static final int VERSION_SHIFT = 6;
  private static final int PADDING_BIT = 0x20;
  private static final int EXTENSION_BIT = 0x10;
  private static final int CSRC_COUNT_MASK = 0x0F;
  private static final int MARKER_BIT = 0x80;
  private static final int PAYLOAD_TYPE_MASK = 0x7F;
  private static final int BYTE_MASK = 0xFF;

  private static final int PAYLOAD_TYPE_OFFSET = 1;
  private static final int SEQUENCE_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int SSRC_OFFSET = 8;
  private static final int CSRC_BYTES = 4;
  private static final int EXTENSION_HEADER_BYTES = 4;
  private static final int EXTENSION_LENGTH_OFFSET = 2;
  private static final int EXTENSION_WORD_BYTES = 4;

  private RtpHeader() {}

  /**
   * Where the payload begins, counted from the packet's first byte, or a negative reason why this
   * is no RTP packet: {@link #TOO_SHORT}, {@link #BAD_VERSION}, {@link #BAD_CSRC}, {@link
   * #BAD_EXTENSION}. Never reads beyond the length.
   */
  public static int payloadOffset(
      final DirectBuffer buffer, final int offset, final int lengthBytes) {
    if (lengthBytes < FIXED_BYTES) {
      return TOO_SHORT;
    }
    final int first = buffer.getByte(offset) & BYTE_MASK;
    if (first >> VERSION_SHIFT != VERSION) {
      return BAD_VERSION;
    }
    int headerBytes = FIXED_BYTES + (first & CSRC_COUNT_MASK) * CSRC_BYTES;
    if (headerBytes > lengthBytes) {
      return BAD_CSRC;
    }
    if ((first & EXTENSION_BIT) != 0) {
      if (headerBytes + EXTENSION_HEADER_BYTES > lengthBytes) {
        return BAD_EXTENSION;
      }
      final int lengthAt = offset + headerBytes + EXTENSION_LENGTH_OFFSET;
      final int words = Sequences.unsigned(buffer.getShort(lengthAt, BIG_ENDIAN));
      headerBytes += EXTENSION_HEADER_BYTES + words * EXTENSION_WORD_BYTES;
      if (headerBytes > lengthBytes) {
        return BAD_EXTENSION;
      }
    }
    return headerBytes;
  }

  /**
   * Whether a packet has the shortest header there is: nothing but the fixed part, no padding, no
   * marker. Of a packet of {@link #FIXED_BYTES} or more.
   */
  public static boolean isPlain(
      final DirectBuffer buffer, final int offset, final int payloadType) {
    return buffer.getByte(offset) == (byte) (VERSION << VERSION_SHIFT)
        && buffer.getByte(offset + PAYLOAD_TYPE_OFFSET) == (byte) payloadType;
  }

  /**
   * How long the payload is without its padding, or {@link #BAD_PADDING}.
   *
   * @param payloadOffset as {@link #payloadOffset} gave it
   */
  public static int payloadLength(
      final DirectBuffer buffer, final int offset, final int lengthBytes, final int payloadOffset) {
    final int withPadding = lengthBytes - payloadOffset;
    if (!padding(buffer, offset)) {
      return withPadding;
    }
    if (withPadding == 0) {
      return BAD_PADDING;
    }
    final int paddingBytes = buffer.getByte(offset + lengthBytes - 1) & BYTE_MASK;
    if (paddingBytes == 0 || paddingBytes > withPadding) {
      return BAD_PADDING;
    }
    return withPadding - paddingBytes;
  }

  /** Whether padding follows the payload. */
  public static boolean padding(final DirectBuffer buffer, final int offset) {
    return (buffer.getByte(offset) & PADDING_BIT) != 0;
  }

  /** Whether a header extension precedes the payload (section 5.3.1). */
  public static boolean extension(final DirectBuffer buffer, final int offset) {
    return (buffer.getByte(offset) & EXTENSION_BIT) != 0;
  }

  /** How many contributing sources there are: 0..15. */
  public static int csrcCount(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset) & CSRC_COUNT_MASK;
  }

  /** One contributing source. */
  public static int csrc(final DirectBuffer buffer, final int offset, final int index) {
    return buffer.getInt(offset + FIXED_BYTES + index * CSRC_BYTES, BIG_ENDIAN);
  }

  /** The marker: on sound the first packet after a silence (RFC 3551, section 4.1). */
  public static boolean marker(final DirectBuffer buffer, final int offset) {
    return (buffer.getByte(offset + PAYLOAD_TYPE_OFFSET) & MARKER_BIT) != 0;
  }

  /** The payload type: 0..127. */
  public static int payloadType(final DirectBuffer buffer, final int offset) {
    return buffer.getByte(offset + PAYLOAD_TYPE_OFFSET) & PAYLOAD_TYPE_MASK;
  }

  /** The sequence number: 0..65535. */
  public static int sequence(final DirectBuffer buffer, final int offset) {
    return Sequences.unsigned(buffer.getShort(offset + SEQUENCE_OFFSET, BIG_ENDIAN));
  }

  /** The timestamp; all 32 bits are used, so it may look negative. */
  public static int timestamp(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + TIMESTAMP_OFFSET, BIG_ENDIAN);
  }

  /** The synchronization source; all 32 bits are used, so it may look negative. */
  public static int ssrc(final DirectBuffer buffer, final int offset) {
    return buffer.getInt(offset + SSRC_OFFSET, BIG_ENDIAN);
  }

  /** Writes version 2 without padding, extension or contributing sources, marker and type. */
  public static void putFirst(
      final MutableDirectBuffer buffer,
      final int offset,
      final boolean marker,
      final int payloadType) {
    buffer.putByte(offset, (byte) (VERSION << VERSION_SHIFT));
    buffer.putByte(
        offset + PAYLOAD_TYPE_OFFSET,
        (byte) ((marker ? MARKER_BIT : 0) | (payloadType & PAYLOAD_TYPE_MASK)));
  }

  /** Writes the sequence number's 16 bits. */
  public static void putSequence(
      final MutableDirectBuffer buffer, final int offset, final int sequence) {
    buffer.putShort(offset + SEQUENCE_OFFSET, (short) sequence, BIG_ENDIAN);
  }

  /** Writes the timestamp. */
  public static void putTimestamp(
      final MutableDirectBuffer buffer, final int offset, final int timestamp) {
    buffer.putInt(offset + TIMESTAMP_OFFSET, timestamp, BIG_ENDIAN);
  }

  /** Writes the synchronization source. */
  public static void putSsrc(final MutableDirectBuffer buffer, final int offset, final int ssrc) {
    buffer.putInt(offset + SSRC_OFFSET, ssrc, BIG_ENDIAN);
  }
}
