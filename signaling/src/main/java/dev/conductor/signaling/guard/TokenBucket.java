package dev.conductor.signaling.guard;

/**
 * A token bucket. One thread at a time. Time is a parameter, in nanoseconds of a monotonic clock.
 */
public final class TokenBucket {
  private static final double SECOND_NS = 1_000_000_000;

  private final double perSecond;
  private final int burst;
  private double tokens;
  private long filledAtNs;

  /**
   * A full one.
   *
   * @param perSecond how fast it fills
   * @param burst what it holds
   */
  public TokenBucket(final double perSecond, final int burst, final long nowNs) {
    this.perSecond = perSecond;
    this.burst = burst;
    tokens = burst;
    filledAtNs = nowNs;
  }

  /** Takes a token; false when there is none. */
  public boolean take(final long nowNs) {
    final long elapsedNs = Math.max(0, nowNs - filledAtNs);
    tokens = Math.min(burst, tokens + elapsedNs * perSecond / SECOND_NS);
    filledAtNs = nowNs;
    if (tokens < 1) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  /** Gives a token back. */
  void refund() {
    tokens = Math.min(burst, tokens + 1);
  }
}
