package dev.conductor.media.rtp;

/**
 * Numbers in arrays of bytes, the network's way round.
 *
 * @threading stateless.
 * @allocation none.
 */
final class Bytes {
  private Bytes() {}

  static int int32(final byte[] bytes, final int offset) {
    return bytes[offset] << 24
        | (bytes[offset + 1] & 0xFF) << 16
        | (bytes[offset + 2] & 0xFF) << 8
        | bytes[offset + 3] & 0xFF;
  }

  static void putInt32(final byte[] bytes, final int offset, final int value) {
    bytes[offset] = (byte) (value >>> 24);
    bytes[offset + 1] = (byte) (value >>> 16);
    bytes[offset + 2] = (byte) (value >>> 8);
    bytes[offset + 3] = (byte) value;
  }

  static long int64(final byte[] bytes, final int offset) {
    return (long) int32(bytes, offset) << 32 | int32(bytes, offset + 4) & 0xFFFF_FFFFL;
  }

  static void putInt64(final byte[] bytes, final int offset, final long value) {
    putInt32(bytes, offset, (int) (value >>> 32));
    putInt32(bytes, offset + 4, (int) value);
  }

  /** Exclusive-ors four bytes with a number. */
  static void xorInt32(final byte[] bytes, final int offset, final int value) {
    putInt32(bytes, offset, int32(bytes, offset) ^ value);
  }

  /** Exclusive-ors six bytes with the lower 48 bits of a number. */
  static void xorInt48(final byte[] bytes, final int offset, final long value) {
    bytes[offset] ^= (byte) (value >>> 40);
    bytes[offset + 1] ^= (byte) (value >>> 32);
    xorInt32(bytes, offset + 2, (int) value);
  }

  /** Whether both are the same; takes as long whether they are or not. */
  static boolean isSame(
      final byte[] a, final int aOffset, final byte[] b, final int bOffset, final int length) {
    int difference = 0;
    for (int i = 0; i < length; i++) {
      difference |= a[aOffset + i] ^ b[bOffset + i];
    }
    return difference == 0;
  }
}
