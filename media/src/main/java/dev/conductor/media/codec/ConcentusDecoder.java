package dev.conductor.media.codec;

import io.github.jaredmdobson.concentus.OpusException;
import org.agrona.DirectBuffer;

/**
 * The decoder of Concentus, which is Java.
 *
 * <p>What it throws at a bad packet, of whatever kind, leaves its state half changed: it begins
 * anew then.
 *
 * @threading the media agent that owns the session.
 * @allocation tens of kilobytes a packet, by the library.
 */
final class ConcentusDecoder extends OpusDecoder {
  private final io.github.jaredmdobson.concentus.OpusDecoder decoder;
  private final byte[] packet = new byte[OpusPacket.MAX_BYTES];

  ConcentusDecoder() {
    try {
      decoder = new io.github.jaredmdobson.concentus.OpusDecoder(RATE_HZ, 1);
    } catch (final OpusException refused) {
      throw new IllegalStateException("Concentus decodes no 48 kHz", refused);
    }
  }

  @Override
  int decodePacket(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset,
      final int samples,
      final boolean fec) {
    in.getBytes(offset, packet, 0, length);
    return decode(packet, length, out, outOffset, samples, fec);
  }

  @Override
  int decodeLoss(final short[] out, final int outOffset, final int samples) {
    return decode(null, 0, out, outOffset, samples, false);
  }

  private int decode(
      final byte[] from,
      final int bytes,
      final short[] out,
      final int outOffset,
      final int samples,
      final boolean fec) {
    try {
      return decoder.decode(from, 0, bytes, out, outOffset, samples, fec);
    } catch (final Exception | AssertionError bad) {
      decoder.resetState();
      return FAILED;
    }
  }

  @Override
  public void reset() {
    decoder.resetState();
  }
}
