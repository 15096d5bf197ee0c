package dev.conductor.media.codec;

import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Opus to samples (RFC 6716): 48 kHz, one channel, whatever the packet's bandwidth and channels
 * are; two channels are folded into one. Made by {@link OpusLibrary#decoder}.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet over libopus; Concentus allocates.
 * @units 16-bit linear PCM at 48 kHz.
 */
public abstract sealed class OpusDecoder implements AudioDecoder
    permits ConcentusDecoder, LibopusDecoder {
  static final int RATE_HZ = 48_000;

  /** What the library's calls give when they do not give samples. */
  static final int FAILED = -1;

  /** A payload of a TOC byte and at most one more says that nothing was sent (DTX). */
  private static final int SILENCE_BYTES = 2;

  private int errors;

  OpusDecoder() {}

  /** The packet's sound, or with {@code fec} that of {@code samples} lost before it. */
  abstract int decodePacket(
      DirectBuffer in,
      int offset,
      int length,
      short[] out,
      int outOffset,
      int samples,
      boolean fec);

  /** Makes up at most {@link OpusPacket#MAX_SAMPLES}. */
  abstract int decodeLoss(short[] out, int outOffset, int samples);

  /** How many calls the library refused; sound was made up for them. */
  public final int errors() {
    return errors;
  }

  @Override
  public final int rateHz() {
    return RATE_HZ;
  }

  @Override
  public final int durationSamples(final DirectBuffer in, final int offset, final int length) {
    return OpusPacket.durationSamples(in, offset, length);
  }

  /**
   * Decodes one payload; sound is made up for one that the library refuses, and none given for one
   * whose duration is {@link #MALFORMED}. Both are counted.
   */
  @Override
  public final int decode(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset) {
    final int samples = durationSamples(in, offset, length);
    if (samples == MALFORMED) {
      errors++;
      return 0;
    }
    if (decodePacket(in, offset, length, out, outOffset, samples, false) == samples) {
      return samples;
    }
    errors++;
    return conceal(out, outOffset, samples);
  }

  @Override
  public final boolean isSilence(final DirectBuffer in, final int offset, final int length) {
    return length <= SILENCE_BYTES;
  }

  @Override
  public final boolean concealsItself() {
    return true;
  }

  @Override
  public final int conceal(final short[] out, final int outOffset, final int samples) {
    int done = 0;
    while (done < samples) {
      final int piece = Math.min(samples - done, OpusPacket.MAX_SAMPLES);
      if (decodeLoss(out, outOffset + done, piece) != piece) {
        errors++;
        Arrays.fill(out, outOffset + done, outOffset + done + piece, (short) 0);
      }
      done += piece;
    }
    return samples;
  }

  @Override
  public final int recover(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset,
      final int samples) {
    final boolean canCarry =
        samples <= OpusPacket.MAX_SAMPLES && durationSamples(in, offset, length) != MALFORMED;
    if (canCarry && decodePacket(in, offset, length, out, outOffset, samples, true) == samples) {
      return samples;
    }
    errors++;
    return conceal(out, outOffset, samples);
  }
}
