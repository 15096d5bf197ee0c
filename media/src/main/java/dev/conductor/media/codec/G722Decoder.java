package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * Decodes ITU-T G.722 at 64 kbit/s (mode 1; RFC 3551, section 4.5.2): two bands of ADPCM, six bits
 * a sample below 4 kHz and two above.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet.
 * @units 16-bit linear PCM at 16 kHz; a byte is two samples.
 */
public final class G722Decoder implements AudioDecoder {
  private static final int RATE_HZ = 16_000;
  private static final int BAND_MIN = -16_384;
  private static final int BAND_MAX = 16_383;

  private final G722Band low = G722Band.low();
  private final G722Band high = G722Band.high();
  private final G722Mirror mirror = new G722Mirror();

  /** A decoder at the start of a stream. */
  public G722Decoder() {}

  @Override
  public int rateHz() {
    return RATE_HZ;
  }

  @Override
  public int durationSamples(final DirectBuffer in, final int offset, final int length) {
    return 2 * length;
  }

  @Override
  public int decode(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset) {
    for (int i = 0; i < length; i++) {
      final int code = in.getByte(offset + i);
      final int lowSample = lowSample(code & 63);
      final int highSample = highSample((code >> 6) & 3);
      mirror.push(lowSample + highSample, lowSample - highSample);
      out[outOffset + 2 * i] = (short) G722Tables.saturate(mirror.sumOfSeconds() >> 11);
      out[outOffset + 2 * i + 1] = (short) G722Tables.saturate(mirror.sumOfFirsts() >> 11);
    }
    return 2 * length;
  }

  private int lowSample(final int code) {
    final int step = low.step();
    final int sample = low.prediction() + (step * G722Tables.LOW_OUTPUTS_6[code] >> 15);
    final int coarse = code >> 2;
    low.learn(step * G722Tables.LOW_OUTPUTS_4[coarse] >> 15, G722Tables.LOW_LOG_MOVES[coarse]);
    return limited(sample);
  }

  private int highSample(final int code) {
    final int difference = high.step() * G722Tables.HIGH_OUTPUTS[code] >> 15;
    final int sample = high.prediction() + difference;
    high.learn(difference, G722Tables.HIGH_LOG_MOVES[code]);
    return limited(sample);
  }

  private static int limited(final int sample) {
    return Math.max(BAND_MIN, Math.min(BAND_MAX, sample));
  }

  @Override
  public void reset() {
    low.reset();
    high.reset();
    mirror.reset();
  }
}
