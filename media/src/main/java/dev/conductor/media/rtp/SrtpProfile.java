package dev.conductor.media.rtp;

/**
 * How a line's packets are encrypted and authenticated, by the name SIP agrees it by (RFC 4568,
 * section 6.2; RFC 6188, section 4; RFC 7714, section 12).
 *
 * @threading immutable.
 * @allocation none.
 * @units lengths in bytes.
 */
public enum SrtpProfile {
  /** AES counter mode, 128 bits, tags of 80 bits. */
  AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10),
  /** The same with tags of 32 bits on RTP; RTCP keeps 80 (RFC 3711, section 5.2). */
  AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10),
  /** AES counter mode, 256 bits, tags of 80 bits. */
  AES_256_CM_HMAC_SHA1_80(32, 14, 10, 10),
  /** The same with tags of 32 bits on RTP. */
  AES_256_CM_HMAC_SHA1_32(32, 14, 4, 10),
  /** AES-GCM, 128 bits. */
  AEAD_AES_128_GCM(16, 12, 16, 16),
  /** AES-GCM, 256 bits. */
  AEAD_AES_256_GCM(32, 12, 16, 16);

  private final int keyBytes;
  private final int saltBytes;
  private final int rtpTagBytes;
  private final int rtcpTagBytes;

  SrtpProfile(
      final int keyBytes, final int saltBytes, final int rtpTagBytes, final int rtcpTagBytes) {
    this.keyBytes = keyBytes;
    this.saltBytes = saltBytes;
    this.rtpTagBytes = rtpTagBytes;
    this.rtcpTagBytes = rtcpTagBytes;
  }

  /** Length of the master key, and of the session keys made of it. */
  public int keyBytes() {
    return keyBytes;
  }

  /** Length of the master salt. */
  public int saltBytes() {
    return saltBytes;
  }

  /** Length of what SIP agrees: key and salt. */
  public int masterBytes() {
    return keyBytes + saltBytes;
  }

  int rtpTagBytes() {
    return rtpTagBytes;
  }

  int rtcpTagBytes() {
    return rtcpTagBytes;
  }

  boolean isGcm() {
    return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
  }
}
