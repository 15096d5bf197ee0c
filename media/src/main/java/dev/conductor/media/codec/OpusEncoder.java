package dev.conductor.media.codec;

import org.agrona.MutableDirectBuffer;

/**
 * Samples to Opus (RFC 6716), tuned for voices: 48 kHz and one channel in, frames of 20 ms. Made by
 * {@link OpusLibrary#encoder}.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet over libopus; Concentus allocates.
 * @units 16-bit linear PCM at 48 kHz.
 */
public abstract sealed class OpusEncoder implements AudioEncoder
    permits ConcentusEncoder, LibopusEncoder {
  /** What the library's call gives when it gives no bytes. */
  static final int FAILED = -1;

  /** The loss that the encoder prepares for where the far end makes use of the copies. */
  static final int EXPECTED_LOSS_PERCENT = 10;

  /** The least that is of use (RFC 7587, section 6.1). */
  private static final int MIN_BITRATE_BPS = 6_000;

  /** Sampling rates of the five bandwidths, narrow to full (RFC 6716, table 1). */
  private static final int[] BANDWIDTHS_HZ = {8_000, 12_000, 16_000, 24_000, 48_000};

  /**
   * What a voice of each bandwidth needs (RFC 7587, section 3.1.1), and enough beside it for the
   * copies: below these rates libopus gives up the copies or the bandwidth.
   */
  private static final int[] BITRATES_BPS = {16_000, 18_000, 24_000, 28_000, 32_000};

  /** A frame of which nothing came: 20 ms of silence to a decoder that just began, else made up. */
  private static final byte EMPTY_FRAME_CONTENTS = 0x08;

  final int bandwidth;
  final int bitrateBps;
  final boolean fec;
  private int errors;

  OpusEncoder(final int maxRateHz, final int maxBitrateBps, final boolean fec) {
    int widest = 0;
    while (widest < BANDWIDTHS_HZ.length - 1 && BANDWIDTHS_HZ[widest + 1] <= maxRateHz) {
      widest++;
    }
    this.bandwidth = widest;
    this.bitrateBps =
        maxBitrateBps == 0
            ? BITRATES_BPS[widest]
            : Math.max(MIN_BITRATE_BPS, Math.min(BITRATES_BPS[widest], maxBitrateBps));
    this.fec = fec;
  }

  /** Bytes written; {@link #FAILED} if the library did not like it. */
  abstract int encodeFrame(
      short[] in, int inOffset, int samples, MutableDirectBuffer out, int outOffset, int roomBytes);

  /** Takes over what the other knows of its stream; false when it cannot. */
  abstract boolean follow(OpusEncoder other);

  /** How many frames the library refused; an empty one was given for each. */
  public final int errors() {
    return errors;
  }

  @Override
  public final int rateHz() {
    return OpusDecoder.RATE_HZ;
  }

  @Override
  public final boolean hasState() {
    return true;
  }

  @Override
  public final int encode(
      final short[] in,
      final int inOffset,
      final int samples,
      final MutableDirectBuffer out,
      final int outOffset) {
    final int roomBytes = Math.min(OpusPacket.MAX_FRAME_BYTES, out.capacity() - outOffset);
    final int bytes = encodeFrame(in, inOffset, samples, out, outOffset, roomBytes);
    if (bytes > 0) {
      return bytes;
    }
    errors++;
    out.putByte(outOffset, EMPTY_FRAME_CONTENTS);
    return 1;
  }

  /**
   * Goes on where the other stands: exactly over libopus; over Concentus, whose state cannot be
   * copied, from the sound the other encoded last. Forgets the stream if the other is none of the
   * same library.
   */
  @Override
  public final void copyFrom(final AudioEncoder other) {
    if (other != this && !(other instanceof OpusEncoder opus && follow(opus))) {
      reset();
    }
  }
}
