package dev.conductor.signaling.guard;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A token bucket a source address for requests outside dialogs. An IPv6 source counts by its /64,
 * since a host owns that many addresses.
 *
 * <p>Threads: any; held only for a look-up and some arithmetic. The table is bounded; the source
 * heard of longest ago makes room.
 */
public final class RequestGuard {
  private static final long SECOND_NS = 1_000_000_000L;

  private final int requestsPerSecond;
  private final int burst;
  private final Map<Source, Bucket> buckets;

  /**
   * With every bucket full.
   *
   * @param requestsPerSecond how fast a bucket fills
   * @param burst what it holds
   * @param maxSources buckets kept
   */
  public RequestGuard(final int requestsPerSecond, final int burst, final int maxSources) {
    this.requestsPerSecond = requestsPerSecond;
    this.burst = burst;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(final Map.Entry<Source, Bucket> eldest) {
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
    final Bucket bucket =
        buckets.computeIfAbsent(
            Source.of(Objects.requireNonNull(source, "source")), key -> new Bucket(burst, nowNs));
    final long elapsedNs = Math.max(0, nowNs - bucket.filledAtNs);
    bucket.tokens =
        Math.min(burst, bucket.tokens + (double) elapsedNs * requestsPerSecond / SECOND_NS);
    bucket.filledAtNs = nowNs;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens -= 1;
    return true;
  }

  /** Sources remembered. */
  public synchronized int sources() {
    return buckets.size();
  }

  /** What one source has left. */
  private static final class Bucket {
    private double tokens;
    private long filledAtNs;

    Bucket(final double tokens, final long filledAtNs) {
      this.tokens = tokens;
      this.filledAtNs = filledAtNs;
    }
  }

  /** An IPv4 address or an IPv6 /64. */
  private record Source(long high, boolean ip6) {
    static Source of(final InetAddress address) {
      final byte[] bytes = address.getAddress();
      long high = 0;
      for (final byte b : Arrays.copyOf(bytes, Math.min(8, bytes.length))) {
        high = high << 8 | b & 0xFF;
      }
      return new Source(high, address instanceof Inet6Address);
    }
  }
}
