package dev.conductor.signaling.api;

/**
 * The ways to protect sound that we agree to, best first, named as SDP has them (RFC 4568, section
 * 6.2; RFC 6188, section 4; RFC 7714, section 14.2). Any thread; immutable.
 */
public enum SrtpSuite {
  /** AES-GCM, 256 bits. */
  AEAD_AES_256_GCM(44),
  /** AES-GCM, 128 bits. */
  AEAD_AES_128_GCM(28),
  /** AES counter mode, 256 bits, tags of 80 bits. */
  AES_256_CM_HMAC_SHA1_80(46),
  /** AES counter mode, 128 bits, tags of 80 bits: what every phone has. */
  AES_CM_128_HMAC_SHA1_80(30),
  /** The same with tags of 32 bits. */
  AES_CM_128_HMAC_SHA1_32(30);

  private final int masterBytes;

  SrtpSuite(final int masterBytes) {
    this.masterBytes = masterBytes;
  }

  /** Bytes of master key and salt. */
  public int masterBytes() {
    return masterBytes;
  }
}
