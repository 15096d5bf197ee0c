package dev.conductor.media.jitter;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;

/**
 * What one line has suffered so far, for those who ask.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds.
 */
final class LineFigures {
  private static final long NS_PER_MS = 1_000_000;
  private static final long FRAME_NS = 20 * NS_PER_MS;

  private long concealedNs;
  private long latePackets;
  private long depthNs;
  private boolean dtx;

  /** So much sound was lost and made up. */
  void onConcealed(final long ns, final MediaCounters counters) {
    final long before = frames(concealedNs);
    concealedNs += ns;
    counters.add(MediaCounter.JITTER_CONCEALED, frames(concealedNs) - before);
  }

  private static long frames(final long ns) {
    return (ns + FRAME_NS - 1) / FRAME_NS;
  }

  /** A packet came after its time. */
  void onLate(final MediaCounters counters) {
    latePackets++;
    counters.increment(MediaCounter.JITTER_LATE);
  }

  /** A packet was played after so long a wait. */
  void onPlayed(final long waitedNs) {
    depthNs = waitedNs;
  }

  /** The far end left out packets in a pause. */
  void onPause() {
    dtx = true;
  }

  long concealedMs() {
    return concealedNs / NS_PER_MS;
  }

  long latePackets() {
    return latePackets;
  }

  long depthNs() {
    return depthNs;
  }

  boolean usesDtx() {
    return dtx;
  }
}
