package dev.conductor.media.status;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The figures of one line: a slot each, written by the agent that owns the session and read by
 * anybody. Each figure is whole; two of them may be of different seconds.
 *
 * <p>A level that is not known reads as NaN. The writes are ordered, so a session that is handed
 * over goes on in the same gauges.
 *
 * @threading the setters: one thread at a time, the owner's. The getters: any.
 * @allocation none after construction.
 */
public final class LineGauges {
  private static final int RECEIVED = 0;
  private static final int LOST = 1;
  private static final int LATE = 2;
  private static final int JITTER_MS = 3;
  private static final int DEPTH_MS = 4;
  private static final int ROUND_TRIP_MS = 5;
  private static final int REMOTE_LOSS = 6;
  private static final int REMOTE_JITTER_MS = 7;
  private static final int LEVEL_DB = 8;
  private static final int MOS = 9;
  private static final int COUNT = 10;

  private final AtomicLongArray values = new AtomicLongArray(COUNT);

  /** Gauges of a line on which nothing was heard. */
  public LineGauges() {
    for (int i = JITTER_MS; i < COUNT; i++) {
      set(i, Double.NaN);
    }
  }

  private void set(final int index, final double value) {
    values.setRelease(index, Double.doubleToRawLongBits(value));
  }

  private double get(final int index) {
    return Double.longBitsToDouble(values.getAcquire(index));
  }

  /** Sets the packets received. */
  public void received(final long packets) {
    values.setRelease(RECEIVED, packets);
  }

  /** Packets received. */
  public long received() {
    return values.getAcquire(RECEIVED);
  }

  /** Sets the packets lost on the way here. */
  public void lost(final long packets) {
    values.setRelease(LOST, packets);
  }

  /** Packets lost on the way here; negative when more came twice than were lost. */
  public long lost() {
    return values.getAcquire(LOST);
  }

  /** Sets the packets that came and were not played. */
  public void late(final long packets) {
    values.setRelease(LATE, packets);
  }

  /** Packets that came but were not played, as they came too late or were too many. */
  public long late() {
    return values.getAcquire(LATE);
  }

  /** Sets the interarrival jitter. */
  public void jitterMs(final double jitterMs) {
    set(JITTER_MS, jitterMs);
  }

  /** The interarrival jitter of what comes. */
  public double jitterMs() {
    return get(JITTER_MS);
  }

  /** Sets how much sound the jitter buffer holds. */
  public void depthMs(final double depthMs) {
    set(DEPTH_MS, depthMs);
  }

  /** How much sound the jitter buffer holds. */
  public double depthMs() {
    return get(DEPTH_MS);
  }

  /** Sets the round trip. */
  public void roundTripMs(final double roundTripMs) {
    set(ROUND_TRIP_MS, roundTripMs);
  }

  /** The network's round trip to the far end. */
  public double roundTripMs() {
    return get(ROUND_TRIP_MS);
  }

  /** Sets what the far end lost lately. */
  public void remoteLoss(final double fraction) {
    set(REMOTE_LOSS, fraction);
  }

  /** The part of our packets the far end lost lately: 0..1. */
  public double remoteLoss() {
    return get(REMOTE_LOSS);
  }

  /** Sets the far end's jitter. */
  public void remoteJitterMs(final double jitterMs) {
    set(REMOTE_JITTER_MS, jitterMs);
  }

  /** The interarrival jitter the far end measures of what we send. */
  public double remoteJitterMs() {
    return get(REMOTE_JITTER_MS);
  }

  /** Sets the level of the voice. */
  public void levelDb(final double levelDb) {
    set(LEVEL_DB, levelDb);
  }

  /** The level of the voice in dBov: -127..0. */
  public double levelDb() {
    return get(LEVEL_DB);
  }

  /** Sets the estimated opinion score. */
  public void mos(final double mos) {
    set(MOS, mos);
  }

  /** The estimated opinion score: 1..4.5. */
  public double mos() {
    return get(MOS);
  }
}
