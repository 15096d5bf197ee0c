package dev.conductor.media.rtp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Numbers in arrays of bytes, the network's way round.
 *
 * @threading stateless.
 * @allocation none.
 */
final class Bytes {
  private static final VarHandle INT32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static int int32(final byte[] bytes, final int offset) {
    return (int) INT32.get(bytes, offset);
  }

  static void putInt32(final byte[] bytes, final int offset, final int value) {
    INT32.set(bytes, offset, value);
  }

  static long int64(final byte[] bytes, final int offset) {
    return (long) INT64.get(bytes, offset);
  }

  static void putInt64(final byte[] bytes, final int offset, final long value) {
    INT64.set(bytes, offset, value);
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
