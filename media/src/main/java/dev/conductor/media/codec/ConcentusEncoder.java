package dev.conductor.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Arrays;
import org.agrona.MutableDirectBuffer;

/**
 * The encoder of Concentus, which is Java.
 *
 * @threading the media agent that owns the session.
 * @allocation tens of kilobytes a packet, by the library.
 */
final class ConcentusEncoder extends OpusEncoder {
  /** As over libopus, so that both sound alike. */
  private static final int COMPLEXITY = 5;

  private static final int FRAME_SAMPLES = 960;

  /** How much of the sound is kept for one that goes on from here; twice as much gains little. */
  private static final int KEPT_SAMPLES = 3 * FRAME_SAMPLES;

  private static final OpusBandwidth[] BANDWIDTHS = {
    OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND,
    OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND,
    OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND,
    OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND,
    OpusBandwidth.OPUS_BANDWIDTH_FULLBAND
  };

  private final io.github.jaredmdobson.concentus.OpusEncoder encoder;
  private final byte[] packet = new byte[OpusPacket.MAX_FRAME_BYTES];
  private final short[] recent = new short[KEPT_SAMPLES];

  ConcentusEncoder(final int maxRateHz, final int maxBitrateBps, final boolean fec) {
    super(maxRateHz, maxBitrateBps, fec);
    try {
      encoder =
          new io.github.jaredmdobson.concentus.OpusEncoder(
              rateHz(), 1, OpusApplication.OPUS_APPLICATION_VOIP);
    } catch (final OpusException refused) {
      throw new IllegalStateException("Concentus encodes no 48 kHz", refused);
    }
    encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
    encoder.setComplexity(COMPLEXITY);
    encoder.setMaxBandwidth(BANDWIDTHS[bandwidth]);
    encoder.setBitrate(bitrateBps);
    if (fec) {
      encoder.setUseInbandFEC(true);
      encoder.setPacketLossPercent(EXPECTED_LOSS_PERCENT);
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
    final int bytes = encode(in, inOffset, samples, roomBytes);
    if (bytes > 0) {
      out.putBytes(outOffset, packet, 0, bytes);
    }
    return bytes;
  }

  private int encode(final short[] in, final int inOffset, final int samples, final int roomBytes) {
    try {
      final int bytes = encoder.encode(in, inOffset, samples, packet, 0, roomBytes);
      final int kept = Math.min(samples, KEPT_SAMPLES);
      System.arraycopy(recent, kept, recent, 0, KEPT_SAMPLES - kept);
      System.arraycopy(in, inOffset + samples - kept, recent, KEPT_SAMPLES - kept, kept);
      return bytes;
    } catch (final Exception | AssertionError bad) {
      encoder.resetState();
      return FAILED;
    }
  }

  @Override
  boolean follow(final OpusEncoder other) {
    if (!(other instanceof ConcentusEncoder source)) {
      return false;
    }
    reset();
    for (int i = 0; i < KEPT_SAMPLES; i += FRAME_SAMPLES) {
      encode(source.recent, i, FRAME_SAMPLES, packet.length);
    }
    return true;
  }

  @Override
  public void reset() {
    encoder.resetState();
    Arrays.fill(recent, (short) 0);
  }
}
