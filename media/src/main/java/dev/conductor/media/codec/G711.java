package dev.conductor.media.codec;

import org.agrona.DirectBuffer;

/**
 * Either law of G.711: a byte is a sample, and each stands alone. So a payload can be judged
 * without being decoded, and be decoded later, or never.
 *
 * @threading stateless, so any; sessions may share one.
 * @allocation none.
 * @units 16-bit linear PCM at 8 kHz; a byte a sample.
 */
public interface G711 extends AudioDecoder {
  /** The sum of the absolute values of the samples that a payload decodes to. */
  int sumAbsolute(DirectBuffer in, int offset, int length);
}
