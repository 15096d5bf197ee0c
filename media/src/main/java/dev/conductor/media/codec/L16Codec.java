package dev.conductor.media.codec;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Linear PCM in network byte order (RFC 3551, section 4.5.11), one channel, both ways.
 *
 * @threading stateless, so any; sessions may share one.
 * @allocation none a packet.
 * @units 16-bit linear PCM at the rate given; two bytes a sample.
 */
public final class L16Codec implements AudioDecoder, AudioEncoder {
  /** Samples that are read and written at a time. */
  private static final int GROUP = Long.BYTES / Short.BYTES;

  private final int rateHz;

  /**
   * For one rate.
   *
   * @param rateHz of the samples, as {@code a=rtpmap} says it
   */
  public L16Codec(final int rateHz) {
    if (rateHz <= 0) {
      throw new IllegalArgumentException("rateHz " + rateHz + " is not positive");
    }
    this.rateHz = rateHz;
  }

  @Override
  public int rateHz() {
    return rateHz;
  }

  @Override
  public int durationSamples(final DirectBuffer in, final int offset, final int length) {
    return length % Short.BYTES == 0 ? length / Short.BYTES : MALFORMED;
  }

  /** Decodes one payload; half a sample at its end is left out. */
  @Override
  public int decode(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset) {
    final int samples = length / Short.BYTES;
    final int grouped = samples - samples % GROUP;
    for (int i = 0; i < grouped; i += GROUP) {
      final long four = in.getLong(offset + i * Short.BYTES, ByteOrder.BIG_ENDIAN);
      out[outOffset + i] = (short) (four >> 48);
      out[outOffset + i + 1] = (short) (four >> 32);
      out[outOffset + i + 2] = (short) (four >> 16);
      out[outOffset + i + 3] = (short) four;
    }
    for (int i = grouped; i < samples; i++) {
      out[outOffset + i] = in.getShort(offset + i * Short.BYTES, ByteOrder.BIG_ENDIAN);
    }
    return samples;
  }

  @Override
  public int encode(
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset) {
    final int grouped = samples - samples % GROUP;
    for (int i = 0; i < grouped; i += GROUP) {
      final int from = inOffset + i;
      final long four =
          (long) in[from] << 48
              | (in[from + 1] & 0xFFFFL) << 32
              | (in[from + 2] & 0xFFFFL) << 16
              | in[from + 3] & 0xFFFFL;
      out.putLong(outOffset + i * Short.BYTES, four, ByteOrder.BIG_ENDIAN);
    }
    for (int i = grouped; i < samples; i++) {
      out.putShort(outOffset + i * Short.BYTES, in[inOffset + i], ByteOrder.BIG_ENDIAN);
    }
    return samples * Short.BYTES;
  }

  @Override
  public void reset() {
    // Each sample stands alone: there is nothing to forget.
  }

  @Override
  public void close() {
    // There is nothing but the heap.
  }
}
