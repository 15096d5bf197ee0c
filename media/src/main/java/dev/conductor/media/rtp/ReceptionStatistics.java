package dev.conductor.media.rtp;

/**
 * How one line's stream arrives (RFC 3550, appendices A.1, A.3 and A.8): the highest sequence
 * number, what was lost, the interarrival jitter.
 *
 * <p>The first source is believed at once, as its address was checked before. Another SSRC, or a
 * jump of the sequence, takes over after two packets in sequence; a stray one changes nothing. With
 * another SSRC the figures for reports begin anew, the totals of the line go on.
 *
 * <p>The jitter leaves out what does not move the timestamp, as telephone events do (RFC 4733):
 * they repeat the time of their beginning, and steps of a second or more, which are jumps of the
 * far end's clock. When the clock rate changes with the payload type, it is carried over in the new
 * ticks, and the first packet of the new clock is measured against nothing.
 *
 * @threading the media agent that owns the session.
 * @allocation none.
 * @units jitter in ticks of the clock in force; times in nanoseconds.
 */
public final class ReceptionStatistics {
  /** {@link #onPacket}: the timestamp is none of when the packet was made. */
  public static final int UNTIMED = 0;

  private static final int CYCLE = 1 << 16;
  private static final int MAX_DROPOUT = 3_000;
  private static final int MAX_MISORDER = 100;
  private static final int NOT_FOLLOWED = CYCLE + 1;

  private static final int MAX_LOST = 0x7F_FFFF;
  private static final int MIN_LOST = -0x80_0000;
  private static final int FRACTION_SHIFT = 8;
  private static final int MAX_FRACTION = 255;

  /** The jitter is kept in 16ths of a tick. */
  private static final int JITTER_SHIFT = 4;

  private static final int JITTER_ROUNDING = 8;
  private static final long NS_A_SECOND = 1_000_000_000L;
  private static final long MS_A_SECOND = 1_000;

  private boolean heard;
  private int ssrc;
  private int baseSequence;
  private int highest;
  private long cycles;
  private long received;
  private int badSequence = NOT_FOLLOWED;

  /** One who may become the source. */
  private int strangerSsrc;

  private int strangerNext = NOT_FOLLOWED;

  private long expectedBefore;
  private long receivedBefore;

  private int clockRateHz;
  private boolean timed;
  private int lastTransitTicks;
  private int lastTimestamp;
  private long jitter16ths;

  private long packets;
  private long octets;
  private long lostOfFormer;

  /** Statistics of nothing. */
  public ReceptionStatistics() {}

  /**
   * Takes a packet that was found valid.
   *
   * @param sequence 0..65535
   * @param timestamp in ticks
   * @param rateHz of the timestamp's clock, or {@link #UNTIMED}
   * @param payloadBytes without padding
   * @param arrivalNs when it came
   * @return false for one that counts for nothing yet: it is far from the stream, or another's
   */
  public boolean onPacket(
      final int packetSsrc,
      final int sequence,
      final int timestamp,
      final int rateHz,
      final int payloadBytes,
      final long arrivalNs) {
    if (!belongs(packetSsrc, sequence)) {
      return false;
    }
    received++;
    packets++;
    octets += payloadBytes;
    if (rateHz != UNTIMED) {
      measure(timestamp, rateHz, arrivalNs);
    }
    return true;
  }

  /**
   * Whether what comes next is just what should come next.
   *
   * @param nextTimestamp of it, one packet after the last
   */
  public boolean isAt(
      final int nextSsrc,
      final int nextSequence,
      final int nextTimestamp,
      final int packetTicks,
      final int rateHz) {
    return heard
        && timed
        && nextSsrc == ssrc
        && nextSequence == Sequences.next(highest)
        && nextTimestamp == lastTimestamp + packetTicks
        && rateHz == clockRateHz;
  }

  /**
   * Takes packets of which each was the next, as {@link #onPacket} would have taken them one by
   * one.
   *
   * @param count of them
   * @param packetTicks of each
   * @param payloadBytes of each
   * @param newJitter16ths by {@link #jitterAfter}
   * @param arrivalTicks of the last, by {@link #ticks}
   */
  public void onRun(
      final int count,
      final int packetTicks,
      final int payloadBytes,
      final int newJitter16ths,
      final int arrivalTicks) {
    received += count;
    packets += count;
    octets += (long) count * payloadBytes;
    final int sequence = Sequences.unsigned(highest + count);
    cycles += sequence < highest ? CYCLE : 0;
    highest = sequence;
    jitter16ths = newJitter16ths;
    lastTimestamp += count * packetTicks;
    lastTransitTicks = arrivalTicks - lastTimestamp;
  }

  private boolean belongs(final int packetSsrc, final int sequence) {
    if (!heard) {
      begin(packetSsrc, sequence);
    } else if (packetSsrc != ssrc) {
      final boolean follows = packetSsrc == strangerSsrc && sequence == strangerNext;
      strangerSsrc = packetSsrc;
      strangerNext = Sequences.next(sequence);
      if (!follows) {
        return false;
      }
      begin(packetSsrc, sequence);
    } else {
      return advance(sequence);
    }
    return true;
  }

  /** Another source. */
  private void begin(final int newSsrc, final int sequence) {
    restart(sequence);
    heard = true;
    ssrc = newSsrc;
    strangerNext = NOT_FOLLOWED;
    jitter16ths = 0;
  }

  /** The same or another source, counted from here. */
  private void restart(final int sequence) {
    lostOfFormer += lost();
    baseSequence = sequence;
    highest = sequence;
    cycles = 0;
    received = 0;
    badSequence = NOT_FOLLOWED;
    expectedBefore = 0;
    receivedBefore = 0;
    timed = false;
  }

  private boolean advance(final int sequence) {
    final int ahead = Sequences.unsigned(sequence - highest);
    if (ahead < MAX_DROPOUT) {
      cycles += sequence < highest ? CYCLE : 0;
      highest = sequence;
    } else if (ahead <= CYCLE - MAX_MISORDER) {
      if (sequence != badSequence) {
        badSequence = Sequences.next(sequence);
        return false;
      }
      // Two in sequence: the far end began anew without telling.
      restart(sequence);
    }
    return true;
  }

  private void measure(final int timestamp, final int rateHz, final long arrivalNs) {
    if (rateHz != clockRateHz) {
      jitter16ths = clockRateHz == 0 ? 0 : jitter16ths * rateHz / clockRateHz;
      clockRateHz = rateHz;
      timed = false;
    }
    if (timed && timestamp == lastTimestamp) {
      return;
    }
    final int transitTicks = ticks(arrivalNs, rateHz) - timestamp;
    if (timed) {
      final long stepTicks = Math.abs((long) (transitTicks - lastTransitTicks));
      jitter16ths = jitterAfter(jitter16ths, stepTicks, clockRateHz);
    }
    lastTransitTicks = transitTicks;
    lastTimestamp = timestamp;
    timed = true;
  }

  /** A time in ticks of a clock; wraps as timestamps do. */
  public static int ticks(final long timeNs, final int rateHz) {
    final long seconds = Math.floorDiv(timeNs, NS_A_SECOND);
    final long restNs = timeNs - seconds * NS_A_SECOND;
    return (int) (seconds * rateHz + restNs * rateHz / NS_A_SECOND);
  }

  /**
   * The interarrival jitter after one more packet, in 16ths of a tick.
   *
   * @param stepTicks by what its transit differs from the one before; a second or more is a jump
   */
  public static long jitterAfter(final long jitter16ths, final long stepTicks, final int rateHz) {
    return stepTicks < rateHz
        ? jitter16ths + stepTicks - ((jitter16ths + JITTER_ROUNDING) >> JITTER_SHIFT)
        : jitter16ths;
  }

  /** The interarrival jitter in 16ths of a tick. */
  public long jitter16ths() {
    return jitter16ths;
  }

  /** When the packet last measured came, in ticks. */
  public int lastArrivalTicks() {
    return lastTransitTicks + lastTimestamp;
  }

  /** Whether anything was heard. */
  public boolean isHeard() {
    return heard;
  }

  /** Whose stream it is. */
  public int ssrc() {
    return ssrc;
  }

  /** The highest sequence number, with how often it wrapped above 16 bits. */
  public int highestSequence() {
    return (int) (cycles + highest);
  }

  /** Packets of this source, repeats included. */
  public long received() {
    return received;
  }

  /** Packets that this source must have sent between its first and its latest. */
  public long expected() {
    return heard ? cycles + highest - baseSequence + 1 : 0;
  }

  /** Packets lost of this source; negative when more came twice. */
  public long lost() {
    return expected() - received;
  }

  /** The same as it fits into a report's 24 bits. */
  public int cumulativeLost() {
    return (int) Math.max(MIN_LOST, Math.min(MAX_LOST, lost()));
  }

  /** Whether something came since the last call of {@link #takeFractionLost}. */
  public boolean isHeardSinceReport() {
    return received != receivedBefore;
  }

  /** The part of the packets lost since the last call, in 256ths: 0..255. */
  public int takeFractionLost() {
    final long expectedSince = expected() - expectedBefore;
    final long lostSince = expectedSince - (received - receivedBefore);
    expectedBefore = expected();
    receivedBefore = received;
    return expectedSince <= 0 || lostSince <= 0
        ? 0
        : (int) Math.min(MAX_FRACTION, (lostSince << FRACTION_SHIFT) / expectedSince);
  }

  /** The interarrival jitter in ticks. */
  public int jitterTicks() {
    return (int) (jitter16ths >> JITTER_SHIFT);
  }

  /** The same in milliseconds; 0 while there is no clock. */
  public double jitterMs() {
    return clockRateHz == 0 ? 0 : (double) jitterTicks() * MS_A_SECOND / clockRateHz;
  }

  /** Packets of all the line's sources so far. */
  public long packets() {
    return packets;
  }

  /** Bytes of payload of all the line's sources so far. */
  public long octets() {
    return octets;
  }

  /** Packets lost of all the line's sources so far. */
  public long totalLost() {
    return lostOfFormer + lost();
  }
}
