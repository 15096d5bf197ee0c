package dev.conductor.notify;

/** Counts a reader's gaps: the third within a minute is one too many. On its event loop. */
final class GapLimit {
  private static final int ALLOWED = 2;
  private static final long WINDOW_NS = 60_000_000_000L;

  private final long[] lastNs = new long[ALLOWED];
  private int count;

  /** Notes a gap; false when the reader is to be closed. */
  boolean allow(final long nowNs) {
    final int slot = count % ALLOWED;
    final boolean allowed = count < ALLOWED || nowNs - lastNs[slot] > WINDOW_NS;
    lastNs[slot] = nowNs;
    count++;
    return allowed;
  }
}
