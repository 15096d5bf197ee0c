package dev.conductor.media.codec;

import org.agrona.MutableDirectBuffer;

/**
 * Encodes ITU-T G.722 at 64 kbit/s (RFC 3551, section 4.5.2).
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet.
 * @units 16-bit linear PCM at 16 kHz; two samples are a byte.
 */
public final class G722Encoder implements AudioEncoder {
  private static final int RATE_HZ = 16_000;
  private static final int BAND_MIN = -16_384;
  private static final int BAND_MAX = 16_383;

  /** Code words of the low band's intervals next to zero, below it and above. */
  private static final int LOW_FIRST_BELOW = 63;

  private static final int LOW_FIRST_ABOVE = 61;

  private final G722Band low = G722Band.low();
  private final G722Band high = G722Band.high();
  private final G722Mirror mirror = new G722Mirror();

  /** An encoder at the start of a stream. */
  public G722Encoder() {}

  @Override
  public int rateHz() {
    return RATE_HZ;
  }

  /** Encodes one frame; the last of an odd number of samples is left out. */
  @Override
  public int encode(
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset) {
    final int bytes = samples / 2;
    for (int i = 0; i < bytes; i++) {
      mirror.push(in[inOffset + 2 * i], in[inOffset + 2 * i + 1]);
      final int firsts = mirror.sumOfFirsts();
      final int seconds = mirror.sumOfSeconds();
      final int lowCode = lowCode(limited((seconds + firsts) >> 14));
      final int highCode = highCode(limited((seconds - firsts) >> 14));
      out.putByte(outOffset + i, (byte) (highCode << 6 | lowCode));
    }
    return bytes;
  }

  private int lowCode(final int sample) {
    final int step = low.step();
    final int error = G722Tables.saturate(sample - low.prediction());
    final int cell = lowCell(error < 0 ? ~error : error, step);
    final int code = error < 0 ? belowZero(cell) : LOW_FIRST_ABOVE - cell;
    final int coarse = code >> 2;
    low.learn(step * G722Tables.LOW_OUTPUTS_4[coarse] >> 15, G722Tables.LOW_LOG_MOVES[coarse]);
    return code;
  }

  /** Which of the 30 intervals of one sign holds the magnitude. */
  private static int lowCell(final int magnitude, final int step) {
    int from = 0;
    int to = G722Tables.LOW_LEVELS.length - 1;
    while (from < to) {
      final int middle = (from + to + 1) >>> 1;
      if (magnitude >= G722Tables.LOW_LEVELS[middle] * step >> 12) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return from;
  }

  /** 63 and 62, then 31 downwards: the words between belong to the other sign. */
  private static int belowZero(final int cell) {
    return cell < 2 ? LOW_FIRST_BELOW - cell : 33 - cell;
  }

  private int highCode(final int sample) {
    final int step = high.step();
    final int error = G722Tables.saturate(sample - high.prediction());
    final int magnitude = error < 0 ? ~error : error;
    final boolean outer = magnitude >= G722Tables.HIGH_LEVEL * step >> 12;
    final int code = (error < 0 ? 0 : 2) + (outer ? 0 : 1);
    high.learn(step * G722Tables.HIGH_OUTPUTS[code] >> 15, G722Tables.HIGH_LOG_MOVES[code]);
    return code;
  }

  private static int limited(final int sample) {
    return Math.max(BAND_MIN, Math.min(BAND_MAX, sample));
  }

  @Override
  public boolean hasState() {
    return true;
  }

  @Override
  public void copyFrom(final AudioEncoder other) {
    final G722Encoder from = (G722Encoder) other;
    low.copyFrom(from.low);
    high.copyFrom(from.high);
    mirror.copyFrom(from.mirror);
  }

  @Override
  public void reset() {
    low.reset();
    high.reset();
    mirror.reset();
  }
}
