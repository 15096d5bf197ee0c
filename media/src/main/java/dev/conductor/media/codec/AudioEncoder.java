package dev.conductor.media.codec;

import org.agrona.MutableDirectBuffer;

/**
 * Turns the samples of one stream into payloads.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet, where the codec says nothing else.
 * @units 16-bit linear PCM, one channel.
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

  /**
   * Whether what a frame is encoded to depends on the frames before. If not, one encoder may serve
   * any number of streams.
   */
  default boolean hasState() {
    return false;
  }

  /**
   * Goes on where another encoder of the same codec and settings stands: a decoder that followed
   * that one will follow this one without a click.
   */
  default void copyFrom(final AudioEncoder other) {
    // Without state there is nothing to copy.
  }

  /** Forgets the stream so far. */
  default void reset() {
    // Without state there is nothing to forget.
  }

  /** Gives back what is not on the heap; not used after. Any thread. */
  default void close() {
    // Most have nothing but the heap.
  }
}
