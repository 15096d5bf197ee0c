package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * Turns the payloads of one stream into samples.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet.
 * @units 16-bit linear PCM.
 */
public interface AudioDecoder {
  /** Rate of the samples given out, in Hz. */
  int rateHz();

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

  /** Forgets the stream so far, as after a jump in it. */
  void reset();
}
