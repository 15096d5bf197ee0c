package dev.conductor.media.jitter;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import org.agrona.DirectBuffer;

/**
 * Tells whether a packet belongs to the stream. One far from it in sequence, timestamp or SSRC is a
 * stray, until the next one follows it in sequence: then the stream goes on there (RFC 3550, A.1).
 * A newer packet of another clock begins a stream at once: a change of codec is no accident.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units timestamps in ticks of the payload's clock.
 */
final class StreamFinder {
  /**
   * What a packet is to the stream.
   *
   * @threading immutable.
   * @allocation none.
   */
  enum Place {
    /** It belongs to it. */
    WITHIN,
    /** A stream begins with it. */
    FIRST,
    /** It has nothing to do with it, so far. */
    STRAY,
    /** It belongs to what was before the clock changed. */
    PAST
  }

  private static final int JUMP_MS = 1_000;
  private static final int JUMP_PACKETS = 100;
  private static final int BACK_STEPS = 2;

  private final SequenceWindow window;
  private boolean known;
  private int ssrc;
  private int clockRateHz;
  private int newestTimestamp;
  private boolean strayed;
  private int straySsrc;
  private int strayNext;
  private int strayTimestamp;
  private int backSteps;

  StreamFinder(final SequenceWindow window) {
    this.window = window;
  }

  boolean isKnown() {
    return known;
  }

  int clockRateHz() {
    return clockRateHz;
  }

  /** Forgets the stream. */
  void forget() {
    known = false;
    strayed = false;
    backSteps = 0;
  }

  /** Begins with this packet. */
  void startAt(final DirectBuffer packet, final int offset, final int clock) {
    known = true;
    strayed = false;
    ssrc = RtpHeader.ssrc(packet, offset);
    clockRateHz = clock;
    newestTimestamp = RtpHeader.timestamp(packet, offset);
    window.startAt(RtpHeader.sequence(packet, offset));
  }

  /** Takes note of a packet that belongs to the stream. */
  void add(final int sequence, final int timestamp) {
    window.add(sequence);
    backSteps = 0;
    if (Sequences.timestampDistance(timestamp, newestTimestamp) > 0) {
      newestTimestamp = timestamp;
    }
  }

  /**
   * Whether the timestamps went back while the sequence went on, packet after packet; to be asked
   * of each packet that comes after its time.
   */
  boolean isStepBack(final int sequence) {
    if (!window.isNewest(sequence)) {
      return false;
    }
    window.add(sequence);
    backSteps++;
    return backSteps >= BACK_STEPS;
  }

  /** Whether this packet is the newest, and there was no other since. */
  boolean isAt(final int sequence, final int nextTimestamp, final int ticks) {
    return known
        && !strayed
        && window.distance(sequence) == 0
        && newestTimestamp == nextTimestamp - ticks;
  }

  int ssrc() {
    return ssrc;
  }

  /** Takes note of packets that followed the newest, one by one. */
  void addRun(final int packets, final int timestamp) {
    window.addRun(packets);
    backSteps = 0;
    newestTimestamp = timestamp;
  }

  /**
   * Says what a packet is to the stream.
   *
   * @param resting whether nothing of it is played: it may go on at any later time
   * @param empty whether it rests and holds nothing: then whatever comes is its next
   */
  Place placeOf(
      final DirectBuffer packet,
      final int offset,
      final int clock,
      final boolean resting,
      final boolean empty) {
    if (!known) {
      return Place.FIRST;
    }
    final int packetSsrc = RtpHeader.ssrc(packet, offset);
    final int sequence = RtpHeader.sequence(packet, offset);
    final int timestamp = RtpHeader.timestamp(packet, offset);
    if (packetSsrc == ssrc && isNear(sequence)) {
      if (clock != clockRateHz) {
        return window.isNewest(sequence) ? Place.FIRST : Place.PAST;
      }
      final int ahead = Sequences.timestampDistance(timestamp, newestTimestamp);
      if (isWithinJump(ahead) || resting && ahead > 0) {
        strayed = false;
        return Place.WITHIN;
      }
    }
    final boolean follows =
        strayed
            && packetSsrc == straySsrc
            && sequence == strayNext
            && isWithinJump(Sequences.timestampDistance(timestamp, strayTimestamp));
    if (follows || empty) {
      return Place.FIRST;
    }
    strayed = true;
    straySsrc = packetSsrc;
    strayNext = Sequences.next(sequence);
    strayTimestamp = timestamp;
    return Place.STRAY;
  }

  private boolean isNear(final int sequence) {
    final int packets = window.distance(sequence);
    return packets >= -JUMP_PACKETS && packets <= JUMP_PACKETS;
  }

  private boolean isWithinJump(final int distanceTicks) {
    final int limit = JUMP_MS * (clockRateHz / 1_000);
    return distanceTicks >= -limit && distanceTicks <= limit;
  }
}
