package dev.conductor.focus;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of {@link FocusCounter}. Any thread; never waits. */
public final class FocusCounters {
  private final Map<FocusCounter, LongAdder> counts = new EnumMap<>(FocusCounter.class);

  /** All start at zero. */
  public FocusCounters() {
    for (final FocusCounter counter : FocusCounter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Adds one. */
  void increment(final FocusCounter counter) {
    counts.get(counter).increment();
  }

  /** Adds many. */
  void add(final FocusCounter counter, final long howMany) {
    counts.get(counter).add(howMany);
  }

  /** The count so far. */
  public long get(final FocusCounter counter) {
    return counts.get(counter).sum();
  }

  /** All counts by metric name. */
  public SortedMap<String, Long> toMap() {
    final SortedMap<String, Long> map = new TreeMap<>();
    counts.forEach((counter, adder) -> map.put(counter.metricName(), adder.sum()));
    return Collections.unmodifiableSortedMap(map);
  }
}
