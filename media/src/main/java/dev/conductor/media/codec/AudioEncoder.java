package dev.conductor.media.codec;

import org.agrona.MutableDirectBuffer;

/**
 * Turns the samples of one stream into payloads.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet.
 * @units 16-bit linear PCM.
 */
public interface AudioEncoder {
  /** Rate of the samples taken in, in Hz. */
  int rateHz();

  /**
   * Encodes one frame.
   *
   * @param in the samples
   * @param inOffset index of the first
   * @param samples how many
   * @param out takes the payload; it must have room for it
   * @param outOffset where the payload begins, in bytes
   * @return bytes written
   */
  int encode(short[] in, int inOffset, int samples, MutableDirectBuffer out, int outOffset);
}
