package dev.conductor.media.rtp;

/**
 * AES counter mode and HMAC-SHA1 (RFC 3711, sections 4.1.1 and 4.2.1; RFC 6188).
 *
 * @threading one thread at a time.
 * @allocation all at construction.
 */
final class CounterModeTransform implements SrtpTransform {
  private static final int SSRC_OFFSET = 4;
  private static final int INDEX_OFFSET = 8;
  private static final int WORD_BYTES = 4;

  private final AesBlocks aes;
  private final HmacSha1 hmac;
  private final byte[] salt;
  private final int rtpTagBytes;
  private final int rtcpTagBytes;
  private final byte[] counter = new byte[AesBlocks.BLOCK_BYTES];
  private final byte[] word = new byte[WORD_BYTES];
  private final byte[] digest = new byte[HmacSha1.BYTES];

  CounterModeTransform(
      final byte[] key, final byte[] authKey, final byte[] salt, final SrtpProfile profile) {
    aes = new AesBlocks(key, MAX_BYTES);
    hmac = new HmacSha1(authKey);
    this.salt = salt.clone();
    rtpTagBytes = profile.rtpTagBytes();
    rtcpTagBytes = profile.rtcpTagBytes();
  }

  @Override
  public int sealRtp(
      final byte[] packet,
      final int clearBytes,
      final int lengthBytes,
      final int ssrc,
      final long index) {
    crypt(packet, clearBytes, lengthBytes, ssrc, index);
    authenticate(packet, lengthBytes, index);
    System.arraycopy(digest, 0, packet, lengthBytes, rtpTagBytes);
    return lengthBytes + rtpTagBytes;
  }

  @Override
  public int openRtp(
      final byte[] packet,
      final int clearBytes,
      final int lengthBytes,
      final int ssrc,
      final long index) {
    final int bareBytes = lengthBytes - rtpTagBytes;
    authenticate(packet, bareBytes, index);
    if (!Bytes.isSame(digest, 0, packet, bareBytes, rtpTagBytes)) {
      return -1;
    }
    crypt(packet, clearBytes, bareBytes, ssrc, index);
    return bareBytes;
  }

  /** The tag covers the packet and the roll-over counter (RFC 3711, section 4.2). */
  private void authenticate(final byte[] packet, final int lengthBytes, final long index) {
    hmac.update(packet, 0, lengthBytes);
    Bytes.putInt32(word, 0, (int) (index >>> 16));
    hmac.update(word, 0, WORD_BYTES);
    hmac.digest(digest);
  }

  private void crypt(
      final byte[] packet,
      final int clearBytes,
      final int lengthBytes,
      final int ssrc,
      final long index) {
    System.arraycopy(salt, 0, counter, 0, salt.length);
    Bytes.xorInt32(counter, SSRC_OFFSET, ssrc);
    Bytes.xorInt48(counter, INDEX_OFFSET, index);
    aes.xor(counter, packet, clearBytes, lengthBytes - clearBytes);
  }

  @Override
  public int sealRtcp(final byte[] packet, final int lengthBytes, final int ssrc, final int index) {
    crypt(packet, RTCP_CLEAR_BYTES, lengthBytes, ssrc, index);
    Bytes.putInt32(packet, lengthBytes, index | ENCRYPTED_BIT);
    final int coveredBytes = lengthBytes + RTCP_INDEX_BYTES;
    hmac.update(packet, 0, coveredBytes);
    hmac.digest(digest);
    System.arraycopy(digest, 0, packet, coveredBytes, rtcpTagBytes);
    return coveredBytes + rtcpTagBytes;
  }

  @Override
  public int rtcpIndexWord(final byte[] packet, final int lengthBytes) {
    return Bytes.int32(packet, lengthBytes - rtcpTagBytes - RTCP_INDEX_BYTES);
  }

  @Override
  public int openRtcp(final byte[] packet, final int lengthBytes, final int ssrc) {
    final int coveredBytes = lengthBytes - rtcpTagBytes;
    hmac.update(packet, 0, coveredBytes);
    hmac.digest(digest);
    if (!Bytes.isSame(digest, 0, packet, coveredBytes, rtcpTagBytes)) {
      return -1;
    }
    final int bareBytes = coveredBytes - RTCP_INDEX_BYTES;
    final int indexWord = rtcpIndexWord(packet, lengthBytes);
    if ((indexWord & ENCRYPTED_BIT) != 0) {
      crypt(packet, RTCP_CLEAR_BYTES, bareBytes, ssrc, indexWord & ~ENCRYPTED_BIT);
    }
    return bareBytes;
  }

  @Override
  public int rtpOverheadBytes() {
    return rtpTagBytes;
  }

  @Override
  public int rtcpOverheadBytes() {
    return RTCP_INDEX_BYTES + rtcpTagBytes;
  }
}
