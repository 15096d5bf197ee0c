package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * The decoder of the system's libopus.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet; some 32 KB outside the heap until closed.
 */
final class LibopusDecoder extends OpusDecoder {
  private static final long LOST = 0;

  private final LibopusMemory memory =
      new LibopusMemory(Libopus.opus_decoder_get_size(Libopus.CHANNELS));

  LibopusDecoder() {
    reset();
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
    if (!memory.isOpen()) {
      return FAILED;
    }
    in.getBytes(offset, memory.packet, 0, length);
    return decode(memory.packetAddress(), length, out, outOffset, samples, fec);
  }

  @Override
  int decodeLoss(final short[] out, final int outOffset, final int samples) {
    return memory.isOpen() ? decode(LOST, 0, out, outOffset, samples, false) : FAILED;
  }

  private int decode(
      final long packet,
      final int bytes,
      final short[] out,
      final int outOffset,
      final int samples,
      final boolean fec) {
    final int decoded =
        Libopus.opus_decode(
            memory.stateAddress(), packet, bytes, memory.pcmAddress, samples, fec ? 1 : 0);
    if (decoded == samples) {
      memory.pcm.read(0, out, outOffset, samples);
    }
    return decoded;
  }

  /** Makes the state anew: a decoder has no settings to keep. */
  @Override
  public void reset() {
    if (memory.isOpen()) {
      Libopus.opus_decoder_init(memory.stateAddress(), RATE_HZ, Libopus.CHANNELS);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
