package dev.conductor.media.codec;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * G.711 A-law (ITU-T G.711, table 1; RFC 3551, section 4.5.14), both ways.
 *
 * <p>The linear side is the 13-bit signal of the standard, eight times as large. A sample on a
 * decision value belongs to the interval above it, for either sign. Every code word decodes and
 * encodes to itself.
 *
 * @threading stateless, so any; sessions may share one.
 * @allocation none a packet.
 * @units 16-bit linear PCM at 8 kHz; a byte a sample.
 */
public final class G711Alaw implements G711, AudioEncoder {
  private static final int RATE_HZ = 8_000;
  private static final int SHIFT = 4;

  /** Even bits are sent inverted. */
  private static final int TOGGLE = 0x55;

  private static final short[] LINEAR = linear();
  private static final byte[] CODES = codes();

  /** A coder of its own; it holds no state. */
  public G711Alaw() {}

  @Override
  public int rateHz() {
    return RATE_HZ;
  }

  @Override
  public int durationSamples(final DirectBuffer in, final int offset, final int length) {
    return length;
  }

  @Override
  public int decode(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset) {
    return G711Tables.decode(LINEAR, in, offset, length, out, outOffset);
  }

  @Override
  public int sumAbsolute(final DirectBuffer in, final int offset, final int length) {
    return G711Tables.sumAbsolute(LINEAR, in, offset, length);
  }

  @Override
  public int encode(
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset) {
    return G711Tables.encode(CODES, SHIFT, in, inOffset, samples, out, outOffset);
  }

  @Override
  public void reset() {
    // Each sample stands alone: there is nothing to forget.
  }

  @Override
  public void close() {
    // There is nothing but the heap.
  }

  private static short[] linear() {
    final short[] table = new short[256];
    for (int code = 0; code < table.length; code++) {
      final int bits = code ^ TOGGLE;
      final int segment = (bits >> 4) & 7;
      final int step = 2 * (bits & 15) + 1;
      final int magnitude = segment == 0 ? step : (step + 32) << (segment - 1);
      // In A-law the sign bit says positive.
      final int value = (bits & 0x80) != 0 ? magnitude : -magnitude;
      table[code] = (short) (value << (SHIFT - 1));
    }
    return table;
  }

  private static byte[] codes() {
    final byte[] table = new byte[1 << (Short.SIZE - SHIFT)];
    for (int index = 0; index < table.length; index++) {
      final int value = (short) (index << SHIFT) >> SHIFT;
      final int sign = value < 0 ? 0 : 0x80;
      final int magnitude = value < 0 ? ~value : value;
      final int segment = Math.max(0, 28 - Integer.numberOfLeadingZeros(magnitude));
      final int step = (magnitude >> Math.max(0, segment - 1)) & 15;
      table[index] = (byte) ((sign | (segment << 4) | step) ^ TOGGLE);
    }
    return table;
  }
}
