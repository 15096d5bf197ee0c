package dev.conductor.media.codec;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What both laws of G.711 share: one look-up a sample. Payloads are read and written eight code
 * words at a time, which takes a fifth to a third off the cost of byte by byte.
 *
 * @threading immutable.
 * @allocation none after class loading.
 */
final class G711Tables {
  private static final int GROUP = Long.BYTES;

  private G711Tables() {}

  static int decode(
      final short[] table,
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset) {
    final int grouped = length - length % GROUP;
    for (int i = 0; i < grouped; i += GROUP) {
      long codes = in.getLong(offset + i, ByteOrder.LITTLE_ENDIAN);
      for (int j = 0; j < GROUP; j++) {
        out[outOffset + i + j] = table[(int) codes & 0xFF];
        codes >>>= 8;
      }
    }
    for (int i = grouped; i < length; i++) {
      out[outOffset + i] = table[in.getByte(offset + i) & 0xFF];
    }
    return length;
  }

  static int sumAbsolute(
      final short[] table, final DirectBuffer in, final int offset, final int length) {
    final int grouped = length - length % GROUP;
    int sum = 0;
    for (int i = 0; i < grouped; i += GROUP) {
      final long codes = in.getLong(offset + i, ByteOrder.LITTLE_ENDIAN);
      sum += pair(table, codes) + pair(table, codes >>> 16);
      sum += pair(table, codes >>> 32) + pair(table, codes >>> 48);
    }
    for (int i = grouped; i < length; i++) {
      sum += Math.abs(table[in.getByte(offset + i) & 0xFF]);
    }
    return sum;
  }

  private static int pair(final short[] table, final long codes) {
    return Math.abs(table[(int) codes & 0xFF]) + Math.abs(table[(int) codes >> 8 & 0xFF]);
  }

  /**
   * Looks each sample up by its upper bits.
   *
   * @param table code words by {@code (sample & 0xFFFF) >>> shift}
   */
  static int encode(
      final byte[] table,
      final int shift,
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset) {
    final int grouped = samples - samples % GROUP;
    for (int i = 0; i < grouped; i += GROUP) {
      long codes = 0;
      for (int j = GROUP - 1; j >= 0; j--) {
        codes = (codes << 8) | (table[(in[inOffset + i + j] & 0xFFFF) >>> shift] & 0xFF);
      }
      out.putLong(outOffset + i, codes, ByteOrder.LITTLE_ENDIAN);
    }
    for (int i = grouped; i < samples; i++) {
      out.putByte(outOffset + i, table[(in[inOffset + i] & 0xFFFF) >>> shift]);
    }
    return samples;
  }
}
