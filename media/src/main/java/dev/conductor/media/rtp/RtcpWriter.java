package dev.conductor.media.rtp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.MutableDirectBuffer;

/**
 * Writes one RTCP datagram, packet behind packet (RFC 3550, section 6.1): a report first, with its
 * blocks at once behind it, then a source description, then perhaps a goodbye.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 * @units as on the wire: jitter in ticks of the stream's clock, times in 2^-16 s.
 */
public final class RtcpWriter {
  private static final int CNAME = 1;
  private static final int LOST_MASK = 0xFF_FFFF;
  private static final int FRACTION_SHIFT = 24;
  private static final int BYTE_MASK = 0xFF;

  private MutableDirectBuffer buffer;
  private int begin;

  /** Where the packet being written begins, and where it ends so far. */
  private int at;

  private int end;

  /** A writer into nothing. */
  public RtcpWriter() {}

  /** Begins a datagram. */
  public void wrap(final MutableDirectBuffer into, final int offset) {
    buffer = into;
    begin = offset;
    end = offset;
  }

  /** What is written so far, in bytes. */
  public int lengthBytes() {
    return end - begin;
  }

  /**
   * A sender report without blocks (section 6.4.1).
   *
   * @param ntpTime when it is sent; see {@link NtpTime}
   * @param rtpTimestamp the same moment in ticks of our stream
   * @param packets sent so far; the lower 32 bits count
   * @param octets of payload sent so far; the lower 32 bits count
   */
  public void senderReport(
      final int ssrc,
      final long ntpTime,
      final int rtpTimestamp,
      final int packets,
      final int octets) {
    header(RtcpPacket.SENDER_REPORT, 0);
    putInt(ssrc);
    buffer.putLong(end, ntpTime, BIG_ENDIAN);
    end += Long.BYTES;
    putInt(rtpTimestamp);
    putInt(packets);
    putInt(octets);
    putLength();
  }

  /** A receiver report without blocks (section 6.4.2). */
  public void receiverReport(final int ssrc) {
    header(RtcpPacket.RECEIVER_REPORT, 0);
    putInt(ssrc);
    putLength();
  }

  /**
   * A block of the report just written: how a source is received.
   *
   * @param fractionLost in 256ths: 0..255
   * @param cumulativeLost of which 24 bits count
   * @param highestSequence with how often it wrapped above 16 bits
   * @param lastReport see {@link RtcpReader#lastReport}
   * @param sinceLastReport see {@link RtcpReader#sinceLastReport}
   */
  public void block(
      final int ssrc,
      final int fractionLost,
      final int cumulativeLost,
      final int highestSequence,
      final int jitterTicks,
      final int lastReport,
      final int sinceLastReport) {
    buffer.putByte(at, (byte) (buffer.getByte(at) + 1));
    putInt(ssrc);
    putInt(fractionLost << FRACTION_SHIFT | cumulativeLost & LOST_MASK);
    putInt(highestSequence);
    putInt(jitterTicks);
    putInt(lastReport);
    putInt(sinceLastReport);
    putLength();
  }

  /**
   * A source description of nothing but the canonical name (section 6.5.1).
   *
   * @param name ASCII, at most 255 bytes
   */
  public void cname(final int ssrc, final byte[] name) {
    header(RtcpPacket.SOURCE_DESCRIPTION, 1);
    putInt(ssrc);
    putByte(CNAME);
    putByte(name.length);
    buffer.putBytes(end, name);
    end += name.length;
    // The list of items ends with a zero, and then up to the word's end with more.
    do {
      putByte(0);
    } while ((end - at) % RtcpPacket.WORD_BYTES != 0);
    putLength();
  }

  /** A goodbye of one source, without a reason (section 6.6). */
  public void bye(final int ssrc) {
    header(RtcpPacket.BYE, 1);
    putInt(ssrc);
    putLength();
  }

  private void header(final int type, final int count) {
    at = end;
    putByte(RtcpPacket.VERSION_2 | count);
    putByte(type);
    end = at + RtcpPacket.HEADER_BYTES;
  }

  private void putByte(final int value) {
    buffer.putByte(end, (byte) (value & BYTE_MASK));
    end++;
  }

  private void putInt(final int value) {
    buffer.putInt(end, value, BIG_ENDIAN);
    end += Integer.BYTES;
  }

  private void putLength() {
    final int words = (end - at) / RtcpPacket.WORD_BYTES - 1;
    buffer.putShort(at + RtcpPacket.LENGTH_OFFSET, (short) words, BIG_ENDIAN);
  }
}
