package dev.conductor.media.jitter;

import dev.conductor.media.rtp.Sequences;

/**
 * Which of the latest 64 sequence numbers were seen.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class SequenceWindow {
  /** The newest seen, or the one before the first. */
  private int newest;

  /** A bit a sequence number, the newest lowest. */
  private long seen;

  /** Begins anew, just before this one. */
  void startAt(final int first) {
    newest = Sequences.unsigned(first - 1);
    seen = 0;
  }

  /** How far ahead of the newest; negative when older. */
  int distance(final int sequence) {
    return Sequences.distance(sequence, newest);
  }

  boolean isNewest(final int sequence) {
    return distance(sequence) > 0;
  }

  boolean isSeen(final int sequence) {
    final int age = -distance(sequence);
    return age >= 0 && age < Long.SIZE && (seen >>> age & 1) != 0;
  }

  /** Whether it is so old that nobody knows whether it was seen. */
  boolean isOlder(final int sequence) {
    return -distance(sequence) >= Long.SIZE;
  }

  /** Marks so many that follow the newest. */
  void addRun(final int packets) {
    seen = packets < Long.SIZE ? seen << packets | (1L << packets) - 1 : -1;
    newest = Sequences.unsigned(newest + packets);
  }

  /** Marks one that is not older. */
  void add(final int sequence) {
    final int ahead = distance(sequence);
    if (ahead > 0) {
      seen = ahead < Long.SIZE ? seen << ahead : 0;
      newest = sequence;
      seen |= 1;
    } else {
      seen |= 1L << -ahead;
    }
  }
}
