package dev.conductor.media.jitter;

import dev.conductor.media.rtp.Sequences;

/**
 * How early and how late the packets of one stream came of late, against its own timestamps: the
 * relative transit time of RFC 3550, section 6.4.1, of which interarrival jitter is the difference.
 *
 * <pre>
 * transit(i) = arrival(i) - timestamp(i)
 * </pre>
 *
 * <p>The latest and the earliest of some seconds are kept, in eight parts of which the oldest is
 * forgotten at a time: a late packet counts at once, and no longer some seconds later.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds; timestamps in ticks of the payload's clock.
 */
final class TransitWindow {
  private static final int PARTS = 8;
  private static final long NS_PER_MS = 1_000_000;
  private static final int MIN_PART_MS = 500;
  private static final int MAX_PART_MS = 4_000;
  private static final long NONE_LATEST = Long.MIN_VALUE;
  private static final long NONE_EARLIEST = Long.MAX_VALUE;

  private final long[] latestNs = new long[PARTS];
  private final long[] earliestNs = new long[PARTS];
  private int ticksPerMs = 8;
  private int partMs = MIN_PART_MS;
  private int part;
  private boolean known;
  private long latestOfAllNs;
  private long earliestOfAllNs;

  /** Transit times are told against this packet, which moves along with time. */
  private int baseTimestamp;

  private long baseNs;

  /** Begins anew with a stream of this clock. */
  void clock(final int clockRateHz) {
    ticksPerMs = clockRateHz / 1_000;
    partMs = MIN_PART_MS;
    forget();
  }

  int ticksPerMs() {
    return ticksPerMs;
  }

  long toNs(final int ticks) {
    return ticks * NS_PER_MS / ticksPerMs;
  }

  int toTicks(final long ns) {
    return (int) (ns * ticksPerMs / NS_PER_MS);
  }

  /** Whether any packet was seen. */
  boolean isKnown() {
    return known;
  }

  /** The transit time of sound with this timestamp at this time, against the base. */
  long transitNs(final int timestamp, final long ns) {
    return ns - baseNs - toNs(Sequences.timestampDistance(timestamp, baseTimestamp));
  }

  /** Takes a packet. */
  void add(final int timestamp, final long arrivalNs) {
    if (!known) {
      restart(timestamp, arrivalNs, 0);
      return;
    }
    final long transitNs = transitNs(timestamp, arrivalNs);
    addRun(transitNs, transitNs);
  }

  /** Takes packets between these transit times. */
  void addRun(final long latestOfRunNs, final long earliestOfRunNs) {
    latestNs[part] = Math.max(latestNs[part], latestOfRunNs);
    earliestNs[part] = Math.min(earliestNs[part], earliestOfRunNs);
    latestOfAllNs = Math.max(latestOfAllNs, latestOfRunNs);
    earliestOfAllNs = Math.min(earliestOfAllNs, earliestOfRunNs);
  }

  /** When {@link #advance} has something to forget next. */
  long nextPartNs() {
    return baseNs + partMs * NS_PER_MS;
  }

  /** Begins with a packet of which others may be later by this much. */
  void restart(final int timestamp, final long arrivalNs, final long spreadNs) {
    forget();
    known = true;
    baseTimestamp = timestamp;
    baseNs = arrivalNs;
    latestNs[part] = spreadNs;
    earliestNs[part] = 0;
    latestOfAllNs = spreadNs;
    earliestOfAllNs = 0;
  }

  /** Time goes on: forgets what is too old. While nothing comes the last known stands. */
  void advance(final long nowNs) {
    final long parts = known ? (nowNs - baseNs) / (partMs * NS_PER_MS) : 0;
    if (parts <= 0) {
      return;
    }
    baseNs += parts * partMs * NS_PER_MS;
    baseTimestamp += (int) (parts * partMs * ticksPerMs);
    for (int i = 0; i < Math.min(parts, PARTS); i++) {
      part = (part + 1) % PARTS;
      latestNs[part] = NONE_LATEST;
      earliestNs[part] = NONE_EARLIEST;
    }
    long latest = NONE_LATEST;
    long earliest = NONE_EARLIEST;
    for (int i = 0; i < PARTS; i++) {
      latest = Math.max(latest, latestNs[i]);
      earliest = Math.min(earliest, earliestNs[i]);
    }
    if (latest != NONE_LATEST) {
      latestOfAllNs = latest;
      earliestOfAllNs = earliest;
    }
  }

  /** The latest transit time; some packet was seen. */
  long latestNs() {
    return latestOfAllNs;
  }

  /** How much later than the earliest the latest was. */
  long spreadNs() {
    return known ? latestOfAllNs - earliestOfAllNs : 0;
  }

  /** Remembers for longer: what was forgotten came again too soon. */
  void widen() {
    partMs = Math.min(MAX_PART_MS, partMs * 2);
  }

  /** Remembers for less long. */
  void narrow() {
    partMs = Math.max(MIN_PART_MS, partMs / 2);
  }

  /** Forgets what was measured. */
  void forget() {
    known = false;
    for (int i = 0; i < PARTS; i++) {
      latestNs[i] = NONE_LATEST;
      earliestNs[i] = NONE_EARLIEST;
    }
  }
}
