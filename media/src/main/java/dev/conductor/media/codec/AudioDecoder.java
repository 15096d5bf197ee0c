package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * Turns the payloads of one stream into samples.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet, where the codec says nothing else.
 * @units 16-bit linear PCM, one channel.
 */
public interface AudioDecoder {
  /** What {@link #durationSamples} says of a payload that is none of this codec's. */
  int MALFORMED = -1;

  /** Rate of the samples given out, in Hz. */
  int rateHz();

  /**
   * How many samples a payload decodes to, without decoding it; {@link #MALFORMED} when its length
   * or its head cannot be of this codec.
   */
  int durationSamples(DirectBuffer in, int offset, int length);

  /**
   * Decodes one payload. Any bytes are taken: bad ones give some sound, never an exception.
   *
   * @param in the packet
   * @param offset where the payload begins, in bytes
   * @param length of the payload, in bytes
   * @param out takes the samples; it must have room for them
   * @param outOffset index of the first sample
   * @return samples written
   */
  int decode(DirectBuffer in, int offset, int length, short[] out, int outOffset);

  /** Whether the payload itself says that there is silence (Opus DTX). */
  default boolean isSilence(final DirectBuffer in, final int offset, final int length) {
    return false;
  }

  /**
   * Whether the codec makes up lost sound itself, by {@link #conceal} and {@link #recover}. If not,
   * its owner does so from the samples.
   */
  default boolean concealsItself() {
    return false;
  }

  /**
   * Makes up sound that was lost.
   *
   * @param samples how many, a multiple of 2.5 ms
   * @return samples written
   */
  default int conceal(final short[] out, final int outOffset, final int samples) {
    throw new UnsupportedOperationException("this codec conceals nothing");
  }

  /**
   * Makes up sound that was lost just before this payload, from the copy of it that the payload may
   * carry (Opus in-band FEC); where it carries none the sound is made up as by {@link #conceal}.
   *
   * @param samples how many were lost, at most as many as the payload sounds
   * @return samples written
   */
  default int recover(
      final DirectBuffer in,
      final int offset,
      final int length,
      final short[] out,
      final int outOffset,
      final int samples) {
    throw new UnsupportedOperationException("this codec carries no copies");
  }

  /** Forgets the stream so far, as after a jump in it. */
  default void reset() {
    // Where each sample stands alone there is nothing to forget.
  }

  /** Gives back what is not on the heap; not used after. Any thread. */
  default void close() {
    // Most have nothing but the heap.
  }
}
