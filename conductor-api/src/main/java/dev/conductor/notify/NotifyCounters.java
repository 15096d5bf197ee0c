package dev.conductor.notify;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** The counts of {@link NotifyCounter}. Any thread; never waits. */
public final class NotifyCounters {
  private final Map<NotifyCounter, LongAdder> counts = new EnumMap<>(NotifyCounter.class);
  private final LongAccumulator largestQueueBytes = new LongAccumulator(Math::max, 0);

  /** All start at zero. */
  public NotifyCounters() {
    for (final NotifyCounter counter : NotifyCounter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Adds one. */
  void increment(final NotifyCounter counter) {
    counts.get(counter).increment();
  }

  /** Notes how much waits for one reader. */
  void noteQueued(final long bytes) {
    largestQueueBytes.accumulate(bytes);
  }

  /** The most that ever waited for one reader. */
  long largestQueueBytes() {
    return largestQueueBytes.get();
  }

  /** The count so far. */
  public long get(final NotifyCounter counter) {
    return counts.get(counter).sum();
  }

  /** All counts by metric name. */
  public SortedMap<String, Long> toMap() {
    final SortedMap<String, Long> map = new TreeMap<>();
    counts.forEach((counter, adder) -> map.put(counter.metricName(), adder.sum()));
    return Collections.unmodifiableSortedMap(map);
  }
}
