package dev.conductor.signaling.sip;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The counts of {@link SipCounter}, and our refusals by status. Any thread; never waits. */
public final class SipCounters {
  private final Map<SipCounter, LongAdder> counts = new EnumMap<>(SipCounter.class);
  private final Map<Integer, LongAdder> refusals = new ConcurrentHashMap<>();

  /** All start at zero. */
  public SipCounters() {
    for (final SipCounter counter : SipCounter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Adds one. */
  void increment(final SipCounter counter) {
    counts.get(counter).increment();
  }

  /** Adds one to the refusals of a status. */
  void refused(final int status) {
    refusals.computeIfAbsent(status, key -> new LongAdder()).increment();
  }

  /** The count so far. */
  public long get(final SipCounter counter) {
    return counts.get(counter).sum();
  }

  /** Refusals of this status so far. */
  public long refusals(final int status) {
    final LongAdder adder = refusals.get(status);
    return adder == null ? 0 : adder.sum();
  }

  /** All counts by metric name, refusals as {@code refusals_<status>}. */
  public SortedMap<String, Long> toMap() {
    final SortedMap<String, Long> map = new TreeMap<>();
    counts.forEach((counter, adder) -> map.put(counter.metricName(), adder.sum()));
    refusals.forEach((status, adder) -> map.put("refusals_" + status, adder.sum()));
    return Collections.unmodifiableSortedMap(map);
  }
}
