package dev.conductor.media.jitter;

import dev.conductor.media.rtp.Sequences;

/**
 * Interarrival jitter of one stream (RFC 3550, section 6.4.1 and A.8) and the delay it asks for.
 *
 * <pre>
 * D(i,j) = (Rj - Ri) - (Sj - Si)
 * J(i)   = J(i-1) + (|D(i-1,i)| - J(i-1)) / 16
 * </pre>
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds, where the RFC counts ticks.
 */
final class JitterEstimate {
  private static final long MIN_DELAY_NS = 4_000_000;
  private static final long MAX_DELAY_NS = 60_000_000;

  /** A step longer than this is a pause or a jump, not jitter. */
  private static final long MAX_STEP_NS = 1_000_000_000;

  private static final int JITTERS_OF_DELAY = 3;
  private static final int SMOOTHING = 16;

  private final long tickNs;
  private boolean hasLast;
  private int lastTimestamp;
  private long lastArrivalNs;
  private long jitterNs;

  JitterEstimate(final long tickNs) {
    this.tickNs = tickNs;
  }

  /** Takes the next packet in order of sequence. */
  void onPacket(final int timestamp, final long arrivalNs) {
    if (hasLast) {
      final long sentNs = Sequences.timestampDistance(timestamp, lastTimestamp) * tickNs;
      final long stepNs = Math.abs(arrivalNs - lastArrivalNs - sentNs);
      if (stepNs < MAX_STEP_NS) {
        jitterNs += (stepNs - jitterNs) / SMOOTHING;
      }
    }
    hasLast = true;
    lastTimestamp = timestamp;
    lastArrivalNs = arrivalNs;
  }

  /** How long a packet is to wait before it is played: three times the jitter, 4 to 60 ms. */
  long delayNs() {
    return Math.max(MIN_DELAY_NS, Math.min(MAX_DELAY_NS, JITTERS_OF_DELAY * jitterNs));
  }

  /** Forgets what was measured. */
  void relearn() {
    hasLast = false;
    jitterNs = 0;
  }
}
