package dev.conductor.store;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of {@link StoreCounter}. Any thread; never waits. */
public final class StoreCounters {
  private final Map<StoreCounter, LongAdder> counts = new EnumMap<>(StoreCounter.class);

  /** All start at zero. */
  public StoreCounters() {
    for (final StoreCounter counter : StoreCounter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Adds so many. */
  void add(final StoreCounter counter, final long howMany) {
    counts.get(counter).add(howMany);
  }

  /** The count so far. */
  public long get(final StoreCounter counter) {
    return counts.get(counter).sum();
  }

  /** All counts by metric name. */
  public SortedMap<String, Long> toMap() {
    final SortedMap<String, Long> map = new TreeMap<>();
    counts.forEach((counter, adder) -> map.put(counter.metricName(), adder.sum()));
    return Collections.unmodifiableSortedMap(map);
  }
}
