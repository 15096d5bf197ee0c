package dev.conductor.media.rtp;

/**
 * The authenticator of GCM (NIST SP 800-38D, section 6.4): a polynomial over GF(2^128) at the
 * secret point H. The JDK has it only inside its GCM cipher, which allocates for every packet.
 *
 * <p>The products are made of ordinary multiplications whose operands have three zero bits between
 * any two others, so that no carry reaches a bit that counts. No table and no branch depends on
 * what is secret.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 */
final class Ghash {
  private static final long EVERY_FOURTH = 0x1111_1111_1111_1111L;

  private final long h0;
  private final long h1;
  private final long h0Mirrored;
  private final long h1Mirrored;
  private long y0;
  private long y1;

  /** At this point, {@link AesBlocks#BLOCK_BYTES} long. */
  Ghash(final byte[] h) {
    h1 = Bytes.int64(h, 0);
    h0 = Bytes.int64(h, Long.BYTES);
    h0Mirrored = Long.reverse(h0);
    h1Mirrored = Long.reverse(h1);
  }

  /** Begins anew. */
  void reset() {
    y0 = 0;
    y1 = 0;
  }

  /** Takes in bytes, filled up with zeros to whole blocks. */
  void update(final byte[] data, final int offset, final int lengthBytes) {
    int at = offset;
    int left = lengthBytes;
    for (; left >= AesBlocks.BLOCK_BYTES; left -= AesBlocks.BLOCK_BYTES) {
      block(Bytes.int64(data, at), Bytes.int64(data, at + Long.BYTES));
      at += AesBlocks.BLOCK_BYTES;
    }
    if (left > 0) {
      long high = 0;
      long low = 0;
      for (int i = 0; i < left; i++) {
        final long value = data[at + i] & 0xFFL;
        if (i < Long.BYTES) {
          high |= value << 56 - 8 * i;
        } else {
          low |= value << 120 - 8 * i;
        }
      }
      block(high, low);
    }
  }

  /** Takes in one block, its first half first. */
  void block(final long high, final long low) {
    y1 ^= high;
    y0 ^= low;
    multiply();
  }

  /** Writes the result. */
  void digest(final byte[] into) {
    Bytes.putInt64(into, 0, y1);
    Bytes.putInt64(into, Long.BYTES, y0);
  }

  /** Makes Y to Y times H: three half products each way (Karatsuba), then the reduction. */
  private void multiply() {
    final long y0Mirrored = Long.reverse(y0);
    final long y1Mirrored = Long.reverse(y1);
    final long low = lowHalf(y0, h0);
    final long high = lowHalf(y1, h1);
    final long middle = lowHalf(y0 ^ y1, h0 ^ h1) ^ low ^ high;
    final long lowUpper = lowHalf(y0Mirrored, h0Mirrored);
    final long highUpper = lowHalf(y1Mirrored, h1Mirrored);
    final long middleUpper =
        lowHalf(y0Mirrored ^ y1Mirrored, h0Mirrored ^ h1Mirrored) ^ lowUpper ^ highUpper;
    reduce(
        low,
        Long.reverse(lowUpper) >>> 1 ^ middle,
        high ^ Long.reverse(middleUpper) >>> 1,
        Long.reverse(highUpper) >>> 1);
  }

  /** Reduces 256 bits, lowest word first, modulo x^128 + x^7 + x^2 + x + 1, mirrored. */
  private void reduce(final long word0, final long word1, final long word2, final long word3) {
    final long v3 = word3 << 1 | word2 >>> 63;
    final long v2 = word2 << 1 | word1 >>> 63;
    final long v1 = word1 << 1 | word0 >>> 63;
    final long v0 = word0 << 1;
    final long folded1 = v1 ^ v0 << 63 ^ v0 << 62 ^ v0 << 57;
    y0 = v2 ^ v0 ^ v0 >>> 1 ^ v0 >>> 2 ^ v0 >>> 7 ^ folded1 << 63 ^ folded1 << 62 ^ folded1 << 57;
    y1 = v3 ^ folded1 ^ folded1 >>> 1 ^ folded1 >>> 2 ^ folded1 >>> 7;
  }

  /** The lower 64 bits of a product without carries. */
  private static long lowHalf(final long x, final long y) {
    final long x0 = x & EVERY_FOURTH;
    final long x1 = x & EVERY_FOURTH << 1;
    final long x2 = x & EVERY_FOURTH << 2;
    final long x3 = x & EVERY_FOURTH << 3;
    final long y0 = y & EVERY_FOURTH;
    final long y1 = y & EVERY_FOURTH << 1;
    final long y2 = y & EVERY_FOURTH << 2;
    final long y3 = y & EVERY_FOURTH << 3;
    return (x0 * y0 ^ x1 * y3 ^ x2 * y2 ^ x3 * y1) & EVERY_FOURTH
        | (x0 * y1 ^ x1 * y0 ^ x2 * y3 ^ x3 * y2) & EVERY_FOURTH << 1
        | (x0 * y2 ^ x1 * y1 ^ x2 * y0 ^ x3 * y3) & EVERY_FOURTH << 2
        | (x0 * y3 ^ x1 * y2 ^ x2 * y1 ^ x3 * y0) & EVERY_FOURTH << 3;
  }
}
