package dev.conductor.media.rtp;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encrypts and authenticates our packets (RFC 3711, section 3.3). Counts the laps of our sequence
 * numbers, anew for each SSRC, and the RTCP packets.
 *
 * @threading one thread at a time.
 * @allocation some kilobytes at construction; none a packet.
 * @units lengths in bytes.
 */
public final class SrtpSender {
  /** More RTCP packets than their index can count: the key is used up (RFC 3711, section 9.2). */
  public static final int USED_UP = -1;

  private static final int MASK_16 = 0xFFFF;
  private static final int RTCP_SSRC_OFFSET = 4;

  private final SrtpTransform rtp;
  private final SrtpTransform rtcp;
  private final byte[] packet;
  private boolean began;
  private int ssrc;
  private long index;
  private int rtcpIndex;

  /**
   * With our master key and salt.
   *
   * @throws IllegalArgumentException when the length is not the profile's
   */
  public SrtpSender(final SrtpProfile profile, final byte[] master) {
    final SrtpKeys keys = new SrtpKeys(profile, master);
    rtp = keys.rtp();
    rtcp = keys.rtcp();
    packet =
        new byte
            [SrtpTransform.MAX_BYTES + Math.max(rtp.rtpOverheadBytes(), rtcp.rtcpOverheadBytes())];
  }

  /**
   * Protects one RTP packet of ours, which is to be a whole one.
   *
   * @param from holds it from index 0; not changed
   * @param into room for it and {@code overhead}; may be the same
   * @return the length of what is to be sent
   */
  public int protectRtp(
      final DirectBuffer from, final int lengthBytes, final MutableDirectBuffer into) {
    final int packetSsrc = RtpHeader.ssrc(from, 0);
    final int sequence = RtpHeader.sequence(from, 0);
    if (!began || packetSsrc != ssrc) {
      began = true;
      ssrc = packetSsrc;
      index = sequence;
    } else {
      index += Sequences.distance(sequence, (int) index & MASK_16);
    }
    from.getBytes(0, packet, 0, lengthBytes);
    final int clearBytes = RtpHeader.payloadOffset(from, 0, lengthBytes);
    final int sealed = rtp.sealRtp(packet, clearBytes, lengthBytes, ssrc, index);
    into.putBytes(0, packet, 0, sealed);
    return sealed;
  }

  /**
   * Protects one compound RTCP packet of ours in place.
   *
   * @param buffer holds it from index 0, with room behind it
   * @return its new length, or {@link #USED_UP}
   */
  public int protectRtcp(final MutableDirectBuffer buffer, final int lengthBytes) {
    if (rtcpIndex < 0) {
      return USED_UP;
    }
    buffer.getBytes(0, packet, 0, lengthBytes);
    final int from = Bytes.int32(packet, RTCP_SSRC_OFFSET);
    final int sealed = rtcp.sealRtcp(packet, lengthBytes, from, rtcpIndex++);
    buffer.putBytes(0, packet, 0, sealed);
    return sealed;
  }
}
