package dev.conductor.media.jitter;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Room for 32 packets, found by their timestamps. What is known of a packet lies just before its
 * payload, so that a packet that is played at once touches few lines of the processor's cache.
 *
 * <pre>
 * 0         8           12         16         20       24     28     32
 * | arrival | timestamp | duration | sequence | length | type | free | payload ...
 * </pre>
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units payloads in bytes, arrivals in nanoseconds, durations in ticks.
 */
final class Slots {
  /** What {@link #first} and {@link #last} answer when nothing is held. */
  static final int NO_SLOT = -1;

  private static final int COUNT = Integer.SIZE;
  private static final int TIMESTAMP = 8;
  private static final int DURATION = 12;
  private static final int SEQUENCE = 16;
  private static final int LENGTH = 20;
  private static final int TYPE = 24;
  private static final int PAYLOAD = 32;

  private final int payloadBytes;
  private final int slotBytes;
  private final UnsafeBuffer records;

  /** A bit a slot that holds a packet. */
  private int taken;

  Slots(final int payloadBytes) {
    this.payloadBytes = payloadBytes;
    slotBytes = PAYLOAD + (payloadBytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
    records = new UnsafeBuffer(new byte[COUNT * slotBytes]);
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
    final int at = slot * slotBytes;
    records.putLong(at, arrivalNs);
    records.putInt(at + TIMESTAMP, RtpHeader.timestamp(packet, offset));
    records.putInt(at + DURATION, durationTicks);
    records.putInt(at + SEQUENCE, RtpHeader.sequence(packet, offset));
    records.putInt(at + LENGTH, payloadLength);
    records.putInt(at + TYPE, RtpHeader.payloadType(packet, offset));
    records.putBytes(at + PAYLOAD, packet, offset + payloadOffset, payloadLength);
  }

  /** Puts in place of what a slot holds a packet of the same length, type and duration. */
  void replace(
      final int slot,
      final int sequence,
      final int timestamp,
      final long arrivalNs,
      final DirectBuffer payload,
      final int payloadOffset) {
    final int at = slot * slotBytes;
    records.putLong(at, arrivalNs);
    records.putInt(at + TIMESTAMP, timestamp);
    records.putInt(at + SEQUENCE, sequence);
    records.putBytes(at + PAYLOAD, payload, payloadOffset, payloadLength(slot));
  }

  /** Gives a slot back; what is in it stays readable until the next {@link #put}. */
  void free(final int slot) {
    taken &= ~(1 << slot);
  }

  /** The slot with the earliest timestamp, or {@link #NO_SLOT}. */
  int first() {
    int first = NO_SLOT;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      if (first == NO_SLOT || Sequences.timestampDistance(timestamp(slot), timestamp(first)) < 0) {
        first = slot;
      }
    }
    return first;
  }

  /** The slot with the latest timestamp, or {@link #NO_SLOT}. */
  int last() {
    int last = NO_SLOT;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      if (last == NO_SLOT || Sequences.timestampDistance(timestamp(slot), timestamp(last)) > 0) {
        last = slot;
      }
    }
    return last;
  }

  /** The slot with this sequence number, or {@link #NO_SLOT}. */
  int find(final int sequence) {
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      if (sequence(slot) == sequence) {
        return slot;
      }
    }
    return NO_SLOT;
  }

  /**
   * Whether the packets held are such as a {@link CleanRun} has, in a row, and came one a tick.
   *
   * @param sequence and the others: of the first of them
   */
  boolean isRow(final int sequence, final int timestamp, final int type, final long arrivalNs) {
    for (int i = 0; i < count(); i++) {
      final int slot = find(Sequences.unsigned(sequence + i));
      if (slot == NO_SLOT
          || timestamp(slot) != timestamp + i * CleanRun.SAMPLES
          || arrivalNs(slot) != arrivalNs + i * CleanRun.PACKET_NS
          || durationTicks(slot) != CleanRun.SAMPLES
          || payloadLength(slot) != CleanRun.SAMPLES
          || payloadType(slot) != type) {
        return false;
      }
    }
    return true;
  }

  /** Where the held sound ends; something is held. */
  int endTimestamp() {
    final int last = last();
    return timestamp(last) + durationTicks(last);
  }

  /**
   * How long the packet that waits longest will have waited when its turn comes; there is one.
   *
   * @param turnNs when the playhead's turn is
   */
  long longestWaitNs(final long turnNs, final int playhead, final TransitWindow clock) {
    long longestNs = Long.MIN_VALUE;
    for (int rest = taken; rest != 0; rest &= rest - 1) {
      final int slot = Integer.numberOfTrailingZeros(rest);
      final int aheadTicks = Sequences.timestampDistance(timestamp(slot), playhead);
      longestNs = Math.max(longestNs, turnNs + clock.toNs(aheadTicks) - arrivalNs(slot));
    }
    return longestNs;
  }

  long arrivalNs(final int slot) {
    return records.getLong(slot * slotBytes);
  }

  int timestamp(final int slot) {
    return records.getInt(slot * slotBytes + TIMESTAMP);
  }

  int durationTicks(final int slot) {
    return records.getInt(slot * slotBytes + DURATION);
  }

  int sequence(final int slot) {
    return records.getInt(slot * slotBytes + SEQUENCE);
  }

  int payloadLength(final int slot) {
    return records.getInt(slot * slotBytes + LENGTH);
  }

  int payloadType(final int slot) {
    return records.getInt(slot * slotBytes + TYPE);
  }

  DirectBuffer payload() {
    return records;
  }

  int payloadOffset(final int slot) {
    return slot * slotBytes + PAYLOAD;
  }
}
