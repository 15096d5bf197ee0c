package dev.conductor.media.session;

/**
 * The network's round trip out of echoes that are read late.
 *
 * <p>The kernel does not tell when a report came, only that it was since its socket was read
 * before. So an echo gives no time but a span: the round trip is at most what it seems to be, and
 * at least that less the wait. Each echo narrows the span the ones before left; the middle is the
 * best guess. An echo that contradicts them says that the way has changed, and the span begins anew
 * with it.
 *
 * @threading the media agent that owns the session.
 * @allocation none.
 * @units nanoseconds.
 */
final class RoundTrip {
  /** What the way may have changed from one echo to the next, without its being another way. */
  private static final long DRIFT_NS = 1_000_000;

  private boolean known;
  private long leastNs;
  private long mostNs;

  /**
   * Takes an echo.
   *
   * @param seenNs the round trip as if the echo had come when it was read
   * @param waitNs how long it may have waited to be read
   */
  void onEcho(final long seenNs, final long waitNs) {
    final long echoLeastNs = Math.max(0, seenNs - waitNs);
    final long least = Math.max(leastNs - DRIFT_NS, echoLeastNs);
    final long most = Math.min(mostNs + DRIFT_NS, seenNs);
    final boolean agrees = known && least <= most;
    leastNs = agrees ? least : echoLeastNs;
    mostNs = agrees ? most : seenNs;
    known = true;
  }

  /** Whether there was an echo. */
  boolean isKnown() {
    return known;
  }

  /** The round trip, once it is known. */
  long roundTripNs() {
    return (leastNs + mostNs) / 2;
  }

  /** Forgets it, as when the far end moved. */
  void forget() {
    known = false;
  }
}
