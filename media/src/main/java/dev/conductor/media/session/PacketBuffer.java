package dev.conductor.media.session;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for one datagram, as the network and as we see it.
 *
 * @threading the media agent that owns it.
 * @allocation all at construction, off the heap.
 */
final class PacketBuffer {
  /** The longest datagram that is read whole. */
  static final int BYTES = 2_048;

  private final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

  /** For the network. */
  ByteBuffer bytes() {
    return bytes;
  }

  /** The same memory. */
  UnsafeBuffer buffer() {
    return buffer;
  }
}
