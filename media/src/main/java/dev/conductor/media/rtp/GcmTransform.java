package dev.conductor.media.rtp;

/**
 * AES-GCM as SRTP uses it (RFC 7714), over {@link AesBlocks} and {@link Ghash}.
 *
 * @threading one thread at a time.
 * @allocation all at construction.
 */
final class GcmTransform implements SrtpTransform {
  private static final int TAG_BYTES = 16;
  private static final int SSRC_OFFSET = 2;
  private static final int INDEX_OFFSET = 6;
  private static final int COUNTER_OFFSET = 12;
  private static final int BITS = 8;

  private final AesBlocks aes;
  private final Ghash ghash;
  private final byte[] salt;
  private final byte[] counter = new byte[AesBlocks.BLOCK_BYTES];
  private final byte[] associated = new byte[MAX_BYTES + RTCP_INDEX_BYTES];
  private final byte[] tag = new byte[TAG_BYTES];

  GcmTransform(final byte[] key, final byte[] salt) {
    aes = new AesBlocks(key, MAX_BYTES);
    ghash = new Ghash(aes.keystream(counter, AesBlocks.BLOCK_BYTES));
    this.salt = salt.clone();
  }

  @Override
  public int sealRtp(
      final byte[] packet,
      final int clearBytes,
      final int lengthBytes,
      final int ssrc,
      final long index) {
    begin(ssrc, index);
    crypt(packet, clearBytes, lengthBytes - clearBytes);
    authenticate(packet, clearBytes, packet, clearBytes, lengthBytes - clearBytes);
    System.arraycopy(tag, 0, packet, lengthBytes, TAG_BYTES);
    return lengthBytes + TAG_BYTES;
  }

  @Override
  public int openRtp(
      final byte[] packet,
      final int clearBytes,
      final int lengthBytes,
      final int ssrc,
      final long index) {
    final int bareBytes = lengthBytes - TAG_BYTES;
    begin(ssrc, index);
    authenticate(packet, clearBytes, packet, clearBytes, bareBytes - clearBytes);
    if (!Bytes.isSame(tag, 0, packet, bareBytes, TAG_BYTES)) {
      return -1;
    }
    crypt(packet, clearBytes, bareBytes - clearBytes);
    return bareBytes;
  }

  /** Two zero bytes, SSRC and index, with the salt over them (RFC 7714, sections 8.1 and 9.1). */
  private void begin(final int ssrc, final long index) {
    System.arraycopy(salt, 0, counter, 0, salt.length);
    Bytes.xorInt32(counter, SSRC_OFFSET, ssrc);
    Bytes.xorInt48(counter, INDEX_OFFSET, index);
  }

  private void crypt(final byte[] packet, final int offset, final int lengthBytes) {
    Bytes.putInt32(counter, COUNTER_OFFSET, 2);
    aes.xor(counter, packet, offset, lengthBytes);
  }

  /** Makes the tag over what stays readable and over what is encrypted. */
  private void authenticate(
      final byte[] clear,
      final int clearBytes,
      final byte[] packet,
      final int offset,
      final int lengthBytes) {
    ghash.reset();
    ghash.update(clear, 0, clearBytes);
    ghash.update(packet, offset, lengthBytes);
    ghash.block((long) clearBytes * BITS, (long) lengthBytes * BITS);
    ghash.digest(tag);
    Bytes.putInt32(counter, COUNTER_OFFSET, 1);
    aes.xor(counter, tag, 0, TAG_BYTES);
  }

  @Override
  public int sealRtcp(final byte[] packet, final int lengthBytes, final int ssrc, final int index) {
    begin(ssrc, index);
    crypt(packet, RTCP_CLEAR_BYTES, lengthBytes - RTCP_CLEAR_BYTES);
    final int indexWord = index | ENCRYPTED_BIT;
    authenticateRtcp(packet, RTCP_CLEAR_BYTES, lengthBytes, indexWord);
    System.arraycopy(tag, 0, packet, lengthBytes, TAG_BYTES);
    Bytes.putInt32(packet, lengthBytes + TAG_BYTES, indexWord);
    return lengthBytes + TAG_BYTES + RTCP_INDEX_BYTES;
  }

  @Override
  public int rtcpIndexWord(final byte[] packet, final int lengthBytes) {
    return Bytes.int32(packet, lengthBytes - RTCP_INDEX_BYTES);
  }

  @Override
  public int openRtcp(final byte[] packet, final int lengthBytes, final int ssrc) {
    final int indexWord = rtcpIndexWord(packet, lengthBytes);
    final int bareBytes = lengthBytes - RTCP_INDEX_BYTES - TAG_BYTES;
    final boolean encrypted = (indexWord & ENCRYPTED_BIT) != 0;
    begin(ssrc, indexWord & ~ENCRYPTED_BIT);
    authenticateRtcp(packet, encrypted ? RTCP_CLEAR_BYTES : bareBytes, bareBytes, indexWord);
    if (!Bytes.isSame(tag, 0, packet, bareBytes, TAG_BYTES)) {
      return -1;
    }
    if (encrypted) {
      crypt(packet, RTCP_CLEAR_BYTES, bareBytes - RTCP_CLEAR_BYTES);
    }
    return bareBytes;
  }

  /** The index counts as readable, right behind what is (RFC 7714, section 9.2 and 9.3). */
  private void authenticateRtcp(
      final byte[] packet, final int clearBytes, final int lengthBytes, final int indexWord) {
    System.arraycopy(packet, 0, associated, 0, clearBytes);
    Bytes.putInt32(associated, clearBytes, indexWord);
    authenticate(
        associated, clearBytes + RTCP_INDEX_BYTES, packet, clearBytes, lengthBytes - clearBytes);
  }

  @Override
  public int rtpOverheadBytes() {
    return TAG_BYTES;
  }

  @Override
  public int rtcpOverheadBytes() {
    return TAG_BYTES + RTCP_INDEX_BYTES;
  }
}
