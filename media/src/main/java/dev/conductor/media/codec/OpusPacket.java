package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * Reads how long an Opus packet sounds, from its first bytes (RFC 6716, section 3): the table of
 * contents and the way its frames are packed. Lengths that do not add up are told, so what passes
 * here a decoder takes.
 *
 * @threading pure functions.
 * @allocation none.
 * @units samples at 48 kHz.
 */
final class OpusPacket {
  /** The longest a packet may sound: 120 ms. */
  static final int MAX_SAMPLES = 5_760;

  /** The longest packet looked at; a datagram of ours has no more. */
  static final int MAX_BYTES = 2_048;

  /** The longest frame. */
  static final int MAX_FRAME_BYTES = 1_275;

  private static final int FIRST_HYBRID_CONFIG = 12;
  private static final int FIRST_CELT_CONFIG = 16;
  private static final int SAMPLES_2_5_MS = 120;
  private static final int SAMPLES_10_MS = 480;
  private static final int SAMPLES_60_MS = 2_880;

  /** A frame length of this or more goes on in the next byte. */
  private static final int TWO_BYTE_LENGTH = 252;

  private static final int LENGTHS_FLAG = 0x80;
  private static final int PADDING_FLAG = 0x40;
  private static final int COUNT_MASK = 0x3F;
  private static final int PADDING_GOES_ON = 255;

  private OpusPacket() {}

  /** How long the packet sounds; {@link AudioDecoder#MALFORMED} if it is none. */
  static int durationSamples(final DirectBuffer in, final int offset, final int length) {
    if (length < 1 || length > MAX_BYTES) {
      return AudioDecoder.MALFORMED;
    }
    final int contents = in.getByte(offset) & 0xFF;
    final int end = offset + length;
    final int frames;
    final boolean isWhole;
    switch (contents & 3) {
      case 0:
        frames = 1;
        isWhole = addsUpEqual(length - 1, 1);
        break;
      case 1:
        frames = 2;
        isWhole = addsUpEqual(length - 1, 2);
        break;
      case 2:
        frames = 2;
        isWhole = addsUpByLengths(in, offset + 1, end, 2);
        break;
      default:
        frames = length < 2 ? 0 : in.getByte(offset + 1) & COUNT_MASK;
        isWhole = frames > 0 && addsUpCounted(in, offset + 1, end, frames);
    }
    final int samples = frames * frameSamples(contents >> 3);
    return isWhole && samples <= MAX_SAMPLES ? samples : AudioDecoder.MALFORMED;
  }

  /** How long one frame of that configuration sounds (table 2 of the RFC). */
  private static int frameSamples(final int config) {
    if (config >= FIRST_CELT_CONFIG) {
      return SAMPLES_2_5_MS << (config & 3);
    }
    if (config >= FIRST_HYBRID_CONFIG) {
      return SAMPLES_10_MS << (config & 1);
    }
    return (config & 3) == 3 ? SAMPLES_60_MS : SAMPLES_10_MS << (config & 3);
  }

  private static boolean addsUpEqual(final int bytes, final int frames) {
    return bytes >= 0 && bytes % frames == 0 && bytes / frames <= MAX_FRAME_BYTES;
  }

  /** A packet with a count of frames, and perhaps padding behind them (code 3). */
  private static boolean addsUpCounted(
      final DirectBuffer in, final int countAt, final int packetEnd, final int frames) {
    final int flags = in.getByte(countAt);
    int at = countAt + 1;
    int end = packetEnd;
    if ((flags & PADDING_FLAG) != 0) {
      int padding;
      do {
        if (at >= end) {
          return false;
        }
        padding = in.getByte(at++) & 0xFF;
        end -= Math.min(padding, PADDING_GOES_ON - 1);
      } while (padding == PADDING_GOES_ON);
    }
    return (flags & LENGTHS_FLAG) != 0
        ? addsUpByLengths(in, at, end, frames)
        : addsUpEqual(end - at, frames);
  }

  /** Frames each with its length before them all; the last has what is left. */
  private static boolean addsUpByLengths(
      final DirectBuffer in, final int from, final int end, final int frames) {
    int at = from;
    int bytes = 0;
    for (int i = 1; i < frames; i++) {
      if (at >= end) {
        return false;
      }
      final int first = in.getByte(at++) & 0xFF;
      bytes += first;
      if (first >= TWO_BYTE_LENGTH) {
        if (at >= end) {
          return false;
        }
        bytes += 4 * (in.getByte(at++) & 0xFF);
      }
    }
    final int last = end - at - bytes;
    return last >= 0 && last <= MAX_FRAME_BYTES;
  }
}
