package dev.conductor.bench.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a histogram on the server's page counted in a while. Immutable.
 *
 * @param within how many were at most so much, by the bounds in seconds; the last one has no bound
 */
record BucketCounts(TreeMap<Double, Double> within) {
  private static final double SECOND_NS = 1e9;
  private static final double PERCENT = 100;

  /**
   * Between two pages.
   *
   * @param name of the histogram, with its unit
   */
  static BucketCounts moved(
      final Map<String, Double> before, final Map<String, Double> after, final String name) {
    final String begin = name + "_bucket{le=\"";
    final TreeMap<Double, Double> within = new TreeMap<>();
    after.forEach(
        (key, count) -> {
          if (key.startsWith(begin)) {
            final String bound = key.substring(begin.length(), key.length() - "\"}".length());
            within.put(
                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                count - before.getOrDefault(key, 0.0));
          }
        });
    return new BucketCounts(within);
  }

  /**
   * A percentile, as if what is between two bounds were evenly spread; the last bound for what is
   * beyond it, and 0 where nothing was counted.
   */
  long percentileNs(final double percentile) {
    double below = 0;
    double belowCount = 0;
    final double wanted =
        within.isEmpty() ? 0 : within.lastEntry().getValue() * percentile / PERCENT;
    for (final Map.Entry<Double, Double> bucket : within.entrySet()) {
      final double count = bucket.getValue();
      if (count >= wanted && count > belowCount && !bucket.getKey().isInfinite()) {
        final double part = (wanted - belowCount) / (count - belowCount);
        return Math.round((below + part * (bucket.getKey() - below)) * SECOND_NS);
      }
      below = bucket.getKey().isInfinite() ? below : bucket.getKey();
      belowCount = count;
    }
    return wanted > 0 ? Math.round(below * SECOND_NS) : 0;
  }
}
