package dev.conductor.media.jitter;

import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import org.agrona.DirectBuffer;

/**
 * A stretch of a stream in which each tick brings just one packet, 20 ms of G.711, the next in
 * sequence, and plays just one: that one, or where packets are held because some came late, the one
 * that waited longest. That is nearly every tick of nearly every line, and then all that the jitter
 * buffer and the statistics would note is a few numbers. They are gathered here, side by side, and
 * handed over when the run ends; so a thousand lines in a run fit into the processor's cache, which
 * the whole machinery of a thousand lines does not. Who has more to note a tick extends this: then
 * all of it is one object.
 *
 * <p>The owner ends a run before whatever it does not know: another packet, or none, a report, a
 * change of the line. What comes after finds everything as if there had been no run.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units times in nanoseconds; timestamps in ticks of 8 kHz.
 */
public abstract class CleanRun {
  /** Samples, and bytes, of a payload. */
  public static final int SAMPLES = 160;

  /** Bytes of a packet. */
  public static final int PACKET_BYTES = RtpHeader.FIXED_BYTES + SAMPLES;

  /** With more the oldest would have waited longer than any may. */
  public static final int MAX_HELD = 5;

  static final int RATE_HZ = 8_000;
  static final long PACKET_NS = 20_000_000;

  private boolean on;
  private int payloadType;
  private int ssrc;
  private int nextSequence;
  private int nextTimestamp;

  /** Packets held. */
  private int held;

  /** Packets so far. */
  private int packets;

  /** Packets that the statistics were not told of yet. */
  private int uncounted;

  /** Packets since {@link #delay}. */
  private int delayed;

  private DelayControl delay;

  private long nowNs;

  /** When the next packet would come if its transit took no time, by the window's base. */
  private long nextBaseNs;

  /** The window's latest and earliest, those of the run included. */
  private long latestNs;

  private long earliestNs;

  /** The same of the run alone. */
  private long latestOfRunNs;

  private long earliestOfRunNs;

  /** From here on the window has something to forget. */
  private long endNs;

  private int surplusForTicks;
  private int jitter16ths;
  private int lastArrivalTicks;
  private long lastArrivalNs;

  /** None yet. */
  protected CleanRun() {}

  /** A figure without a meaning: reading it brings near what the next packet will need. */
  protected final long readAhead() {
    return nextTimestamp + endNs;
  }

  /** Whether there is one. */
  public final boolean isOn() {
    return on;
  }

  /**
   * A stream is about to go on with this packet.
   *
   * @param heldPackets before it, each of which came a tick after the other
   */
  void next(
      final int packetSsrc,
      final int type,
      final int sequence,
      final int timestamp,
      final int heldPackets) {
    held = heldPackets;
    ssrc = packetSsrc;
    payloadType = type;
    nextSequence = sequence;
    nextTimestamp = timestamp;
    packets = 0;
    uncounted = 0;
  }

  /** What the delay is judged by from now on. */
  void delay(
      final DelayControl judge,
      final long tickNs,
      final int surplusTicks,
      final TransitWindow transits,
      final long somethingDueNs) {
    delay = judge;
    delayed = 0;
    nowNs = tickNs;
    surplusForTicks = surplusTicks;
    nextBaseNs = tickNs - transits.transitNs(nextTimestamp, tickNs);
    latestNs = transits.latestNs();
    earliestNs = latestNs - transits.spreadNs();
    latestOfRunNs = Long.MIN_VALUE;
    earliestOfRunNs = Long.MAX_VALUE;
    endNs = somethingDueNs;
  }

  /**
   * Begins, where the statistics are of the same stream.
   *
   * @return whether it did
   */
  boolean begin(final ReceptionStatistics reception) {
    on = reception.isAt(ssrc, nextSequence, nextTimestamp, SAMPLES, RATE_HZ);
    jitter16ths = (int) reception.jitter16ths();
    lastArrivalTicks = reception.lastArrivalTicks();
    return on;
  }

  /** When the tick of the last packet began. */
  protected final long lastNs() {
    return nowNs;
  }

  /**
   * Takes the packet of a tick, if it is the one that is expected.
   *
   * @param lengthBytes of the packet
   * @param packetArrivalNs when it came; always as long before the tick
   * @return whether it was; if not nothing has changed, and the run is to be ended
   */
  protected final boolean takes(
      final DirectBuffer packet,
      final int lengthBytes,
      final long packetArrivalNs,
      final long tickNs) {
    if (lengthBytes != PACKET_BYTES
        || !RtpHeader.isPlain(packet, 0, payloadType)
        || RtpHeader.sequence(packet, 0) != nextSequence
        || RtpHeader.timestamp(packet, 0) != nextTimestamp
        || RtpHeader.ssrc(packet, 0) != ssrc
        || tickNs - nowNs != PACKET_NS) {
      return false;
    }
    final long transitNs = DelayControl.playableNs(packetArrivalNs, nowNs) - nextBaseNs;
    if (DelayControl.isClockJump(transitNs - earliestNs) || held > 0 && tickNs >= endNs) {
      // Where something is forgotten, what is held may have become too much.
      return false;
    }
    latestOfRunNs = Math.max(latestOfRunNs, transitNs);
    earliestOfRunNs = Math.min(earliestOfRunNs, transitNs);
    latestNs = Math.max(latestNs, transitNs);
    earliestNs = Math.min(earliestNs, transitNs);
    delayed++;
    if (tickNs >= endNs) {
      delay.renew(this, tickNs);
    }
    surplusForTicks =
        DelayControl.isSurplus(tickNs - nextBaseNs + held * PACKET_NS - latestNs)
            ? surplusForTicks + 1
            : 0;
    final int arrivalTicks = ReceptionStatistics.ticks(packetArrivalNs, RATE_HZ);
    final int stepTicks = Math.abs(arrivalTicks - lastArrivalTicks - SAMPLES);
    jitter16ths = (int) ReceptionStatistics.jitterAfter(jitter16ths, stepTicks, RATE_HZ);
    lastArrivalTicks = arrivalTicks;
    lastArrivalNs = packetArrivalNs;
    nowNs = tickNs;
    nextSequence = Sequences.next(nextSequence);
    nextTimestamp += SAMPLES;
    nextBaseNs += PACKET_NS;
    packets++;
    uncounted++;
    return true;
  }

  /** Tells the statistics what they were not told yet. */
  public final void count(final ReceptionStatistics reception) {
    if (uncounted > 0) {
      reception.onRun(uncounted, SAMPLES, SAMPLES, jitter16ths, lastArrivalTicks);
    }
    uncounted = 0;
  }

  /** Ends it; what it gathered can be asked for until the next one. */
  void end(final ReceptionStatistics reception) {
    on = false;
    count(reception);
  }

  int packets() {
    return packets;
  }

  /** Packets that are held all along, read and not played yet. */
  protected final int held() {
    return held;
  }

  /** How long the packet that was played last had waited. */
  long waitedNs() {
    return nowNs - lastArrivalNs + held * PACKET_NS;
  }

  /** Where, in what its owner kept, the payload begins of the packet so many before the last. */
  protected abstract int payloadOffset(int back);

  /** When the last packet came. */
  long lastArrivalNs() {
    return lastArrivalNs;
  }

  /** Packets, and ticks, since {@link #delay}. */
  int delayed() {
    return delayed;
  }

  /** The timestamp that follows the last packet's sound. */
  public final int nextTimestamp() {
    return nextTimestamp;
  }

  int lastSequence() {
    return Sequences.unsigned(nextSequence - 1);
  }

  long latestOfRunNs() {
    return latestOfRunNs;
  }

  long earliestOfRunNs() {
    return earliestOfRunNs;
  }

  int surplusForTicks() {
    return surplusForTicks;
  }
}
