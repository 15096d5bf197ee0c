package dev.conductor.media.rtp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC (RFC 2104) over the JDK's SHA-1. The JDK's own HMAC gives its result as new arrays.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 */
final class HmacSha1 {
  static final int BYTES = 20;

  private static final int BLOCK_BYTES = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5C;

  private final MessageDigest sha1;
  private final byte[] innerKey = new byte[BLOCK_BYTES];
  private final byte[] outerKey = new byte[BLOCK_BYTES];

  /** Under this key, of no more than a block. */
  HmacSha1(final byte[] key) {
    try {
      sha1 = MessageDigest.getInstance("SHA-1");
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-1", e);
    }
    System.arraycopy(key, 0, innerKey, 0, key.length);
    System.arraycopy(key, 0, outerKey, 0, key.length);
    for (int i = 0; i < BLOCK_BYTES; i++) {
      innerKey[i] ^= INNER;
      outerKey[i] ^= OUTER;
    }
    sha1.update(innerKey);
  }

  /** Takes in bytes. */
  void update(final byte[] data, final int offset, final int lengthBytes) {
    sha1.update(data, offset, lengthBytes);
  }

  /** Writes {@link #BYTES} and begins anew. */
  void digest(final byte[] into) {
    try {
      sha1.digest(into, 0, BYTES);
      sha1.update(outerKey, 0, BLOCK_BYTES);
      sha1.update(into, 0, BYTES);
      sha1.digest(into, 0, BYTES);
    } catch (final DigestException e) {
      throw new IllegalStateException(e);
    }
    sha1.update(innerKey, 0, BLOCK_BYTES);
  }
}
