package dev.conductor.media.jitter;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for 32 packets, found by their timestamps.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units payloads in bytes, arrivals in nanoseconds, durations in ticks.
 */
final class Slots {
  private static final int COUNT = Integer.SIZE;
  private static final int NO_SLOT = -1;

  private final int payloadBytes;
  private final UnsafeBuffer payloads;
  private final int[] timestamps = new int[COUNT];
  private final int[] durationsTicks = new int[COUNT];
  private final int[] lengths = new int[COUNT];
  private final byte[] payloadTypes = new byte[COUNT];
  private final long[] arrivalsNs = new long[COUNT];

  /** A bit a slot that holds a packet. */
  private int taken;

  /** A bit a slot that was played from. */
  private int touched;

  Slots(final int payloadBytes) {
    this.payloadBytes = payloadBytes;
    payloads = new UnsafeBuffer(new byte[COUNT * payloadBytes]);
  }

  int payloadBytes() {
    return payloadBytes;
  }

  int count() {
    return Integer.bitCount(taken);
  }

  boolean isFull() {
    return taken == -1;
  }

  /** Copies a packet into a free slot; there is one. */
  void put(
      final DirectBuffer packet,
      final int offset,
      final int payloadOffset,
      final int payloadLength,
      final int durationTicks,
      final long arrivalNs) {
    final int slot = Integer.numberOfTrailingZeros(~taken);
    taken |= 1 << slot;
    touched &= ~(1 << slot);
    timestamps[slot] = RtpHeader.timestamp(packet, offset);
    payloadTypes[slot] = (byte) RtpHeader.payloadType(packet, offset);
    durationsTicks[slot] = durationTicks;
    lengths[slot] = payloadLength;
    arrivalsNs[slot] = arrivalNs;
    payloads.putBytes(slot * payloadBytes, packet, offset + payloadOffset, payloadLength);
  }

  void free(final int slot) {
    taken &= ~(1 << slot);
  }

  /** Marks a slot as played from; true the first time. */
  boolean touch(final int slot) {
    final boolean fresh = !isTouched(slot);
    touched |= 1 << slot;
    return fresh;
  }

  boolean isTouched(final int slot) {
    return (touched >>> slot & 1) != 0;
  }

  /** The slot with the earliest timestamp, or -1. */
  int first() {
    int first = NO_SLOT;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      if (first == NO_SLOT
          || Sequences.timestampDistance(timestamps[slot], timestamps[first]) < 0) {
        first = slot;
      }
    }
    return first;
  }

  /** The slot with the latest timestamp, or -1. */
  int last() {
    int last = NO_SLOT;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      if (last == NO_SLOT || Sequences.timestampDistance(timestamps[slot], timestamps[last]) > 0) {
        last = slot;
      }
    }
    return last;
  }

  /** When the packet that has waited longest came; there is one. */
  long earliestArrivalNs() {
    long earliestNs = arrivalsNs[Integer.numberOfTrailingZeros(taken)];
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final long arrivalNs = arrivalsNs[Integer.numberOfTrailingZeros(rest)];
      earliestNs = arrivalNs - earliestNs < 0 ? arrivalNs : earliestNs;
    }
    return earliestNs;
  }

  /** How long the packet that waits longest will have waited when its turn comes; there is one. */
  long longestWaitNs(final long nowNs, final int playhead, final long tickNs) {
    long longestNs = Long.MIN_VALUE;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      final long turnNs = nowNs + Sequences.timestampDistance(timestamps[slot], playhead) * tickNs;
      longestNs = Math.max(longestNs, turnNs - arrivalsNs[slot]);
    }
    return longestNs;
  }

  int timestamp(final int slot) {
    return timestamps[slot];
  }

  int durationTicks(final int slot) {
    return durationsTicks[slot];
  }

  long arrivalNs(final int slot) {
    return arrivalsNs[slot];
  }

  int payloadType(final int slot) {
    return payloadTypes[slot];
  }

  DirectBuffer payload() {
    return payloads;
  }

  int payloadOffset(final int slot) {
    return slot * payloadBytes;
  }

  int payloadLength(final int slot) {
    return lengths[slot];
  }
}
