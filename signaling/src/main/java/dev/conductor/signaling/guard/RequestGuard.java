package dev.conductor.signaling.guard;

import dev.conductor.config.SourceKey;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A token bucket a source ({@link SourceKey}).
 *
 * <p>Threads: any; held only for a look-up and some arithmetic. The table is bounded; the source
 * heard of longest ago makes room.
 */
public final class RequestGuard {
  private final double requestsPerSecond;
  private final int burst;
  private final Map<SourceKey, TokenBucket> buckets;

  /**
   * With every bucket full.
   *
   * @param requestsPerSecond how fast a bucket fills
   * @param burst what it holds
   * @param maxSources buckets kept
   */
  public RequestGuard(final double requestsPerSecond, final int burst, final int maxSources) {
    this.requestsPerSecond = requestsPerSecond;
    this.burst = burst;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(final Map.Entry<SourceKey, TokenBucket> eldest) {
            return size() > maxSources;
          }
        };
  }

  /**
   * Takes a token.
   *
   * @param nowNs a monotonic clock
   * @return false when the source has none left
   */
  public synchronized boolean admit(final InetAddress source, final long nowNs) {
    return buckets
        .computeIfAbsent(
            SourceKey.of(Objects.requireNonNull(source, "source")),
            key -> new TokenBucket(requestsPerSecond, burst, nowNs))
        .take(nowNs);
  }

  /** Gives a token back that turned out not to be due. */
  public synchronized void refund(final InetAddress source) {
    final TokenBucket bucket = buckets.get(SourceKey.of(source));
    if (bucket != null) {
      bucket.refund();
    }
  }

  /** Sources remembered. */
  public synchronized int sources() {
    return buckets.size();
  }
}
