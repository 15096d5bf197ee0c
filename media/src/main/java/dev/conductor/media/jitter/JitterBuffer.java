package dev.conductor.media.jitter;

import dev.conductor.media.status.MediaCounters;
import org.agrona.DirectBuffer;

/**
 * Holds the packets of one line until it is time to play them.
 *
 * <p>In a tick the owner puts in what came, calls {@link #begin}, then {@link #next} until it has
 * enough for its frame, and {@link #end}. An answer covers {@link #ticks}, which may be more than
 * was wanted: the owner keeps what is left for its next frame.
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
   * What is to be done next.
   *
   * @threading immutable.
   * @allocation none.
   */
  enum Answer {
    /** Play the packet that {@link JitterBuffer#payload} names. */
    PLAY,
    /** The sound that belongs here is missing, and later sound is there: make it up. */
    CONCEAL,
    /** Nothing is there, and nobody knows yet whether it is late or lost: make the sound longer. */
    STRETCH,
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
   * @param clockRateHz of its timestamp; another one than before begins a stream
   * @param arrivalNs when it came
   * @return whether it is held now; where not, a counter says why
   */
  boolean put(
      DirectBuffer packet,
      int offset,
      int payloadOffset,
      int payloadLength,
      int durationTicks,
      int clockRateHz,
      long arrivalNs);

  /** Begins a tick: decides when a stream starts, and cuts a delay that grew too long. */
  void begin(long nowNs);

  /**
   * Decides what comes next.
   *
   * @param wantedTicks what the frame still lacks; more than 0
   */
  Answer next(int wantedTicks);

  /**
   * Ends a tick.
   *
   * @param unplayedNs how much sound the owner was given and has not played yet
   */
  void end(long unplayedNs);

  /** The clock of the stream's timestamps, in Hz. */
  int clockRateHz();

  /** How much the last answer covers, more than 0. After PLAY all that is left of the packet. */
  int ticks();

  /** After PLAY: the first tick within the packet that is to be played. */
  int fromTicks();

  /** After PLAY: whether the sound was made longer meanwhile, because this packet was late. */
  boolean isLate();

  /** After CONCEAL: whether the packet just behind the hole is there; {@link #payload} names it. */
  boolean isNextHeld();

  /** Where the payload is; it stays until the next {@link #put}. */
  DirectBuffer payload();

  /** Where the payload begins in {@link #payload}. */
  int payloadOffset();

  /** How long the payload is, in bytes. */
  int payloadLength();

  /** The payload type. */
  int payloadType();

  /** Whether the next answer would be PLAY, of the same payload type as the last one. */
  boolean isNextPlayable();

  /**
   * By how much the sound waits longer than the measured jitter asks for: the owner should leave
   * out as much, at its ease. Negative: it should make the sound longer. 0: all is well.
   */
  int surplusTicks();

  /** Whether a surplus is to be left out now, whatever is being said. */
  boolean isUrgent();

  /** The owner has left something out, or made the sound longer. */
  void scaled(boolean shorter);

  /** Whether less is held than a frame needs, so that another read is worth its cost. */
  boolean isBehind();

  /** Packets held. */
  int held();

  /**
   * Where in {@link #payload} the payload of a held packet begins.
   *
   * @param ahead how many sequence numbers after the one played last; that packet is held
   */
  int heldPayloadOffset(int ahead);

  /** How long the packet played last had waited, in milliseconds. */
  int depthMs();

  /** How long a packet that was not delayed is to wait, in milliseconds. */
  int targetMs();

  /** How many milliseconds of sound were made up because their packets were lost. */
  long concealedMs();

  /** How many packets came too late to be played. */
  long latePackets();

  /** Whether the stream leaves out packets in pauses (it skipped time without losing any). */
  boolean usesDtx();

  /** Learns the jitter anew, as after a stall of our own that looks like one. */
  void relearn();

  /**
   * Drops all but the latest packets and goes on with them: after a stall of our own what waited
   * for us is old, and to catch up with it by leaving out pauses would cost time that is short.
   */
  void keepLatest(int packets);

  /** Forgets the stream, as when the line changes; what is held is discarded. */
  void reset();
}
