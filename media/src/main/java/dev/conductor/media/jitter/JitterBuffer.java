package dev.conductor.media.jitter;

import dev.conductor.media.status.MediaCounters;
import org.agrona.DirectBuffer;

/**
 * Holds the packets of one line until it is time to play them.
 *
 * <p>In a tick the owner puts in what came, calls {@link #begin} and then {@link #next} until its
 * frame is full. Each answer covers {@link #ticks} of the frame.
 *
 * <p>Every packet put in ends in exactly one of these counters: played, late, duplicate, overflow,
 * stray, discarded, of a bad length; or it is still held.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units times in nanoseconds; durations and timestamps in ticks of the payload's clock.
 */
public interface JitterBuffer {
  /**
   * What is to be done for the next ticks of the frame.
   *
   * @threading immutable.
   * @allocation none.
   */
  enum Answer {
    /** Play from the packet that {@link JitterBuffer#payload} names. */
    PLAY,
    /** The sound that belongs here is missing: make it up. */
    CONCEAL,
    /** There is no stream, or it has not begun to be played: silence. */
    WAIT
  }

  /** Names the counters of the agent that owns the session from now on. */
  void countWith(MediaCounters counters);

  /**
   * Takes a packet of sound.
   *
   * @param packet whose header was found valid; copied
   * @param offset of the packet
   * @param payloadOffset of the payload, from the packet's first byte
   * @param payloadLength in bytes
   * @param durationTicks how long the payload sounds
   * @param arrivalNs when it came
   */
  void put(
      DirectBuffer packet,
      int offset,
      int payloadOffset,
      int payloadLength,
      int durationTicks,
      long arrivalNs);

  /** Begins a tick: decides when a stream starts, and cuts a delay that grew too long. */
  void begin(long nowNs);

  /**
   * Decides on the next part of the frame.
   *
   * @param wantedTicks what the frame still lacks; more than 0
   */
  Answer next(int wantedTicks);

  /** How much of the frame the last answer covers: 1..wanted. */
  int ticks();

  /** After PLAY: whether this packet was not played from before, so is to be decoded. */
  boolean isFresh();

  /** After PLAY: the first tick within the packet that is to be played. */
  int fromTicks();

  /** After PLAY: where the payload is; it stays until the next {@link #put}. */
  DirectBuffer payload();

  /** After PLAY: where the payload begins in {@link #payload}. */
  int payloadOffset();

  /** After PLAY: how long the payload is, in bytes. */
  int payloadLength();

  /** After PLAY: the payload type. */
  int payloadType();

  /** Whether less is held than a frame needs, so that another read is worth its cost. */
  boolean isBehind();

  /** Packets held. */
  int held();

  /** Learns the jitter anew, as after a stall of our own that looks like one. */
  void relearn();

  /** Forgets the stream, as when the line changes; what is held is discarded. */
  void reset();
}
