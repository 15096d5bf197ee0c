package dev.conductor.signaling.dialog;

/**
 * When the session of one dialog is to be refreshed, and when it is over for want of it (RFC 4028,
 * section 10). Time comes in; it is any monotonic clock.
 *
 * <p>Threads: no lock of its own, see the package.
 */
public final class SessionTimer {
  /** What is to be done now. */
  public enum Due {
    /** Nothing yet. */
    NOTHING,
    /** Send a refresh. */
    REFRESH,
    /** Nobody refreshed in time: BYE. */
    EXPIRED
  }

  private static final long SECOND_NS = 1_000_000_000L;

  /** The BYE leaves this long before the session ends, but never in its first two thirds. */
  private static final int MOST_EARLY_S = 32;

  private int expiresS;
  private boolean weRefresh;
  private boolean refreshOut;
  private long refreshAtNs;
  private long overAtNs;

  /** No timer yet. */
  public SessionTimer() {}

  /** The session begins, or has been refreshed. */
  public void agree(final SessionTerms terms, final long nowNs) {
    expiresS = terms.expiresS();
    weRefresh = terms.weRefresh();
    refreshOut = false;
    refreshAtNs = nowNs + expiresS * SECOND_NS / 2;
    overAtNs = nowNs + (expiresS - Math.min(MOST_EARLY_S, expiresS / 3)) * SECOND_NS;
  }

  /** Whether the session has a timer. */
  public boolean running() {
    return expiresS > 0;
  }

  /** What is to be done; a refresh is told once, until it is answered or postponed. */
  public Due due(final long nowNs) {
    if (!running()) {
      return Due.NOTHING;
    }
    if (nowNs - overAtNs >= 0) {
      expiresS = 0;
      return Due.EXPIRED;
    }
    if (weRefresh && !refreshOut && nowNs - refreshAtNs >= 0) {
      refreshOut = true;
      return Due.REFRESH;
    }
    return Due.NOTHING;
  }

  /** When to look again; of no meaning while the session has no timer. */
  public long nextNs() {
    final boolean refreshNext = weRefresh && !refreshOut && refreshAtNs - overAtNs < 0;
    return refreshNext ? refreshAtNs : overAtNs;
  }

  /** The refresh came to nothing; try again then. */
  public void tryAgainAt(final long whenNs) {
    refreshOut = false;
    refreshAtNs = whenNs;
  }

  /** Our refresh was answered 422: the far end wants at least this, and is asked for it now. */
  public void raiseTo(final int minSeS, final long nowNs) {
    expiresS = Math.max(expiresS, minSeS);
    tryAgainAt(nowNs);
  }

  /** What a refresh of ours asks for. */
  public int expiresS() {
    return expiresS;
  }
}
