package dev.conductor.media.codec;

import org.agrona.MutableDirectBuffer;

/**
 * The encoder of the system's libopus.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet; some 60 KB outside the heap until closed.
 */
final class LibopusEncoder extends OpusEncoder {
  /**
   * Half the time of the highest for the same likeness to the voice (0.964 and 0.966 at 32 kbit/s);
   * below 4 the likeness falls.
   */
  private static final int COMPLEXITY = 5;

  private final LibopusMemory memory =
      new LibopusMemory(Libopus.opus_encoder_get_size(Libopus.CHANNELS));

  LibopusEncoder(
      final Libopus.Controls controls,
      final int maxRateHz,
      final int maxBitrateBps,
      final boolean fec) {
    super(maxRateHz, maxBitrateBps, fec);
    final long state = memory.stateAddress();
    Libopus.opus_encoder_init(state, rateHz(), Libopus.CHANNELS, Libopus.APPLICATION_VOIP);
    controls.opus_encoder_ctl(state, Libopus.SET_SIGNAL, Libopus.SIGNAL_VOICE);
    controls.opus_encoder_ctl(state, Libopus.SET_COMPLEXITY, COMPLEXITY);
    controls.opus_encoder_ctl(
        state, Libopus.SET_MAX_BANDWIDTH, Libopus.BANDWIDTH_NARROWBAND + bandwidth);
    controls.opus_encoder_ctl(state, Libopus.SET_BITRATE, bitrateBps);
    if (fec) {
      controls.opus_encoder_ctl(state, Libopus.SET_INBAND_FEC, 1);
      controls.opus_encoder_ctl(state, Libopus.SET_PACKET_LOSS_PERC, EXPECTED_LOSS_PERCENT);
    }
  }

  @Override
  int encodeFrame(
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset,
      final int roomBytes) {
    if (!memory.isOpen() || samples > OpusPacket.MAX_SAMPLES) {
      return FAILED;
    }
    memory.pcm.write(0, in, inOffset, samples);
    final int bytes =
        Libopus.opus_encode(
            memory.stateAddress(), memory.pcmAddress, samples, memory.packetAddress(), roomBytes);
    if (bytes > 0) {
      out.putBytes(outOffset, memory.packet, 0, bytes);
    }
    return bytes;
  }

  /** A state is one block and names no place within it, so its bytes are all of it. */
  @Override
  boolean follow(final OpusEncoder other) {
    if (!(other instanceof LibopusEncoder source) || !source.memory.isOpen() || !memory.isOpen()) {
      return false;
    }
    memory.state.putBytes(0, source.memory.state, 0, memory.state.capacity());
    return true;
  }

  @Override
  public void reset() {
    if (memory.isOpen()) {
      Libopus.opus_encoder_ctl(memory.stateAddress(), Libopus.RESET_STATE);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
