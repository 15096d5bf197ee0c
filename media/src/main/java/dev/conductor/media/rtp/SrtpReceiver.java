package dev.conductor.media.rtp;

import org.agrona.MutableDirectBuffer;

/**
 * The far end's encrypted packets (RFC 3711, section 3.3): each is authenticated, refused when it
 * came before, and decrypted where it lies. Its roll-over counter is guessed for each source.
 *
 * @threading one thread at a time.
 * @allocation some kilobytes at construction and some hundred bytes for each source heard; none a
 *     packet.
 * @units lengths in bytes.
 */
public final class SrtpReceiver {
  /** It is no RTP or RTCP packet, or too short for one with a tag. */
  public static final int MALFORMED = -1;

  /** It was not made with the far end's key, or is not as it was made. */
  public static final int NOT_AUTHENTIC = -2;

  /** It came before, or is older than is remembered. */
  public static final int REPLAYED = -3;

  /** It is genuine, but its source is one too many to be remembered. */
  public static final int TOO_MANY_SOURCES = -4;

  /** A far end changes its source now and then: more than this in one line are not remembered. */
  private static final int MAX_SOURCES = 64;

  private static final int RTCP_SSRC_OFFSET = 4;

  private final SrtpTransform rtp;
  private final SrtpTransform rtcp;
  private final SrtpSource[] sources = new SrtpSource[MAX_SOURCES];
  private final byte[] packet = new byte[SrtpTransform.MAX_BYTES];
  private int sourceCount;

  /** Whose packet was checked last: most likely the next one's. */
  private SrtpSource latest;

  /**
   * With the far end's master key and salt.
   *
   * @throws IllegalArgumentException when the length is not the profile's
   */
  public SrtpReceiver(final SrtpProfile profile, final byte[] master) {
    final SrtpKeys keys = new SrtpKeys(profile, master);
    rtp = keys.rtp();
    rtcp = keys.rtcp();
  }

  /**
   * Checks and decrypts an RTP packet in place.
   *
   * @param buffer holds it from index 0
   * @return its length without the tag, or a negative reason; nothing is changed then
   */
  public int unprotectRtp(final MutableDirectBuffer buffer, final int lengthBytes) {
    final int bareBytes = lengthBytes - rtp.rtpOverheadBytes();
    final int headerBytes =
        lengthBytes > packet.length ? MALFORMED : RtpHeader.payloadOffset(buffer, 0, bareBytes);
    if (headerBytes < 0) {
      return MALFORMED;
    }
    final int ssrc = RtpHeader.ssrc(buffer, 0);
    final SrtpSource known = find(ssrc);
    final int sequence = RtpHeader.sequence(buffer, 0);
    final long index = known == null ? sequence : known.rtp.guess(sequence);
    if (known != null && !known.rtp.isNew(index)) {
      return REPLAYED;
    }
    buffer.getBytes(0, packet, 0, lengthBytes);
    final int opened = rtp.openRtp(packet, headerBytes, lengthBytes, ssrc, index);
    if (opened < 0) {
      return NOT_AUTHENTIC;
    }
    final SrtpSource source = known == null ? add(ssrc) : known;
    if (source == null) {
      return TOO_MANY_SOURCES;
    }
    source.rtp.note(index);
    buffer.putBytes(headerBytes, packet, headerBytes, opened - headerBytes);
    return opened;
  }

  /**
   * Checks and decrypts an RTCP packet in place.
   *
   * @param buffer holds it from index 0
   * @return its length without index and tag, or a negative reason; nothing is changed then
   */
  public int unprotectRtcp(final MutableDirectBuffer buffer, final int lengthBytes) {
    if (lengthBytes < SrtpTransform.RTCP_CLEAR_BYTES + rtcp.rtcpOverheadBytes()
        || lengthBytes > packet.length) {
      return MALFORMED;
    }
    buffer.getBytes(0, packet, 0, lengthBytes);
    final int ssrc = Bytes.int32(packet, RTCP_SSRC_OFFSET);
    final int index = rtcp.rtcpIndexWord(packet, lengthBytes) & ~SrtpTransform.ENCRYPTED_BIT;
    final SrtpSource known = find(ssrc);
    if (known != null && !known.rtcp.isNew(index)) {
      return REPLAYED;
    }
    final int opened = rtcp.openRtcp(packet, lengthBytes, ssrc);
    if (opened < 0) {
      return NOT_AUTHENTIC;
    }
    final SrtpSource source = known == null ? add(ssrc) : known;
    if (source == null) {
      return TOO_MANY_SOURCES;
    }
    source.rtcp.note(index);
    buffer.putBytes(0, packet, 0, opened);
    return opened;
  }

  private SrtpSource find(final int ssrc) {
    if (latest != null && latest.ssrc == ssrc) {
      return latest;
    }
    for (int i = 0; i < sourceCount; i++) {
      if (sources[i].ssrc == ssrc) {
        latest = sources[i];
        return latest;
      }
    }
    return null;
  }

  private SrtpSource add(final int ssrc) {
    if (sourceCount == MAX_SOURCES) {
      return null;
    }
    latest = new SrtpSource(ssrc);
    sources[sourceCount++] = latest;
    return latest;
  }
}
