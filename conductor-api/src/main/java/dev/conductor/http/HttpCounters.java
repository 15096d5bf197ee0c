package dev.conductor.http;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of {@link HttpCounter}. Any thread; never waits. */
public final class HttpCounters {
  private final Map<HttpCounter, LongAdder> counts = new EnumMap<>(HttpCounter.class);

  /** All start at zero. */
  public HttpCounters() {
    for (final HttpCounter counter : HttpCounter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Adds one. */
  void increment(final HttpCounter counter) {
    counts.get(counter).increment();
  }

  /** The count so far. */
  public long get(final HttpCounter counter) {
    return counts.get(counter).sum();
  }

  /** All counts by metric name. */
  public SortedMap<String, Long> toMap() {
    final SortedMap<String, Long> map = new TreeMap<>();
    counts.forEach((counter, adder) -> map.put(counter.metricName(), adder.sum()));
    return Collections.unmodifiableSortedMap(map);
  }
}
