package dev.conductor.media.rtp;

import java.util.Arrays;

/**
 * Session keys from a master key and salt (RFC 3711, section 4.3; RFC 6188, section 3; RFC 7714,
 * section 11), with a key derivation rate of 0: derived once.
 *
 * @threading one thread; done once.
 * @allocation some kilobytes.
 */
final class SrtpKeys {
  private static final int RTP = 0;
  private static final int RTCP = 3;
  private static final int ENCRYPTION = 0;
  private static final int AUTHENTICATION = 1;
  private static final int SALT = 2;

  /** Where in the counter block the label is. */
  private static final int LABEL_OFFSET = 7;

  private final SrtpProfile profile;
  private final AesBlocks aes;
  private final byte[] salt = new byte[AesBlocks.BLOCK_BYTES];

  /**
   * For a master key with its salt behind it.
   *
   * @throws IllegalArgumentException when the length is not the profile's
   */
  SrtpKeys(final SrtpProfile profile, final byte[] master) {
    if (master.length != profile.masterBytes()) {
      throw new IllegalArgumentException(
          profile
              + " has "
              + profile.masterBytes()
              + " bytes of key and salt, not "
              + master.length);
    }
    this.profile = profile;
    aes = new AesBlocks(Arrays.copyOf(master, profile.keyBytes()), HmacSha1.BYTES * 2);
    System.arraycopy(master, profile.keyBytes(), salt, 0, profile.saltBytes());
  }

  /** What treats RTP packets. */
  SrtpTransform rtp() {
    return transform(RTP);
  }

  /** What treats RTCP packets. */
  SrtpTransform rtcp() {
    return transform(RTCP);
  }

  private SrtpTransform transform(final int firstLabel) {
    final byte[] key = derive(firstLabel + ENCRYPTION, profile.keyBytes());
    final byte[] sessionSalt = derive(firstLabel + SALT, profile.saltBytes());
    return profile.isGcm()
        ? new GcmTransform(key, sessionSalt)
        : new CounterModeTransform(
            key, derive(firstLabel + AUTHENTICATION, HmacSha1.BYTES), sessionSalt, profile);
  }

  /** The key of this label. */
  byte[] derive(final int label, final int lengthBytes) {
    final byte[] first = salt.clone();
    first[LABEL_OFFSET] ^= (byte) label;
    return Arrays.copyOf(aes.keystream(first, lengthBytes), lengthBytes);
  }
}
