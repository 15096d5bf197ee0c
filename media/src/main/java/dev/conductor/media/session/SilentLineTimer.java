package dev.conductor.media.session;

/**
 * Tells each time a line that may send has been silent for another whole probe time.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class SilentLineTimer {
  private static final long NS_PER_MS = 1_000_000;

  private final long probeNs;
  private boolean running;
  private long sinceNs;
  private long nextNs;

  SilentLineTimer(final long probeMs) {
    probeNs = probeMs * NS_PER_MS;
  }

  /** The line may send from now on, or may not. */
  void expect(final boolean maySend, final long nowNs) {
    running = maySend;
    onPacket(nowNs);
  }

  /** The line was heard. */
  void onPacket(final long nowNs) {
    sinceNs = nowNs;
    nextNs = nowNs + probeNs;
  }

  /** Milliseconds of silence if another probe time is over, else 0. */
  long dueMs(final long nowNs) {
    if (!running || nowNs - nextNs < 0) {
      return 0;
    }
    final long probes = (nowNs - sinceNs) / probeNs;
    nextNs = sinceNs + (probes + 1) * probeNs;
    return probes * probeNs / NS_PER_MS;
  }
}
