package dev.conductor.media.codec;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one coder of libopus has outside the heap: its state, room for samples and room for a
 * packet, in one block.
 *
 * @threading of the coder that owns it.
 * @allocation the block, at construction.
 */
final class LibopusMemory {
  private static final int ALIGNMENT_BYTES = 64;

  /** The coder's state. */
  final UnsafeBuffer state;

  final UnsafeBuffer packet;
  final Pointer pcm;
  final long pcmAddress;

  private long address;

  LibopusMemory(final int stateBytes) {
    final int pcmAt = aligned(stateBytes);
    final int packetAt = pcmAt + aligned(OpusPacket.MAX_SAMPLES * Short.BYTES);
    address = Native.malloc(packetAt + OpusPacket.MAX_BYTES);
    if (address == 0) {
      throw new IllegalStateException("no native memory for an Opus coder");
    }
    state = new UnsafeBuffer(address, stateBytes);
    pcmAddress = address + pcmAt;
    pcm = new Pointer(pcmAddress);
    packet = new UnsafeBuffer(address + packetAt, OpusPacket.MAX_BYTES);
  }

  boolean isOpen() {
    return address != 0;
  }

  /** Where the state is; only of an open block. */
  long stateAddress() {
    return state.addressOffset();
  }

  long packetAddress() {
    return packet.addressOffset();
  }

  /** Gives the block back, once. */
  void close() {
    final long block = address;
    address = 0;
    if (block != 0) {
      Native.free(block);
    }
  }

  private static int aligned(final int bytes) {
    return (bytes + ALIGNMENT_BYTES - 1) / ALIGNMENT_BYTES * ALIGNMENT_BYTES;
  }
}
