package dev.conductor.media.rtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode under one key, as SRTP uses it (RFC 3711, section 4.1.1; RFC 7714, section
 * 8). The JDK's own counter and GCM modes want a new parameter object a packet and expand the key
 * anew; here its bare cipher is set up once and encrypts all counters of a packet in one go.
 *
 * @threading one thread at a time.
 * @allocation all at construction.
 */
final class AesBlocks {
  static final int BLOCK_BYTES = 16;

  private static final int COUNTER_OFFSET = 12;

  private final Cipher cipher;
  private final byte[] counters;
  private final byte[] stream;

  /**
   * Under this key.
   *
   * @param maxBytes the most that is encrypted at once
   */
  AesBlocks(final byte[] key, final int maxBytes) {
    final int blocks = (maxBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    counters = new byte[blocks * BLOCK_BYTES];
    stream = new byte[blocks * BLOCK_BYTES];
    try {
      // One block of the bare cipher is the building stone of the modes made here.
      cipher = Cipher.getInstance("AES/ECB/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES", e);
    }
  }

  /**
   * Encrypts or decrypts in place.
   *
   * @param first the counter of the first block, {@link #BLOCK_BYTES}; the others count up from it
   */
  void xor(final byte[] first, final byte[] data, final int offset, final int lengthBytes) {
    keystream(first, lengthBytes);
    for (int i = 0; i < lengthBytes; i++) {
      data[offset + i] ^= stream[i];
    }
  }

  /** What {@link #xor} would combine with the data; until the next call. */
  byte[] keystream(final byte[] first, final int lengthBytes) {
    final int bytes = (lengthBytes + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
    int counter = Bytes.int32(first, COUNTER_OFFSET);
    for (int block = 0; block < bytes; block += BLOCK_BYTES) {
      System.arraycopy(first, 0, counters, block, COUNTER_OFFSET);
      Bytes.putInt32(counters, block + COUNTER_OFFSET, counter++);
    }
    try {
      cipher.update(counters, 0, bytes, stream, 0);
    } catch (final ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    return stream;
  }
}
