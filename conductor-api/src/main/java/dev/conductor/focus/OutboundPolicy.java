package dev.conductor.focus;

import dev.conductor.config.ConductorConfig;
import dev.conductor.config.OutboundConfig;
import dev.conductor.signaling.api.PhoneNumbers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Which numbers may be called, and how often. What is counted is counted since the start of the
 * server, days by UTC. The conductor only.
 */
final class OutboundPolicy {
  private static final int MOST_NUMBERS = 100_000;
  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private final Map<String, Deque<Long>> placedMs =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Deque<Long>> eldest) {
          return size() > MOST_NUMBERS;
        }
      };

  private final Map<String, Integer> placedToday = new HashMap<>();
  private final OutboundConfig config;
  private final PhoneNumbers numbers;
  private long today;

  OutboundPolicy(final ConductorConfig config) {
    this.config = config.outbound();
    this.numbers = new PhoneNumbers(config.sip().numbers().countryCode());
  }

  /** Whether such numbers may be called at all. */
  boolean isAllowed(final String number) {
    final String canonical = numbers.canonical(number);
    final String bare = canonical.startsWith("+") ? canonical.substring(1) : canonical;
    return config.allowedPrefixes().stream()
        .anyMatch(prefix -> (prefix.startsWith("+") ? canonical : bare).startsWith(prefix));
  }

  /** Why this number may not be called now, empty when it may. */
  String refusal(
      final String customer, final String conference, final String number, final long nowMs) {
    beginDay(nowMs);
    if (placedToday.getOrDefault(customer, 0) >= config.dailyCap()) {
      return "placeCall: customer " + customer + " has called " + config.dailyCap() + " today";
    }
    final Deque<Long> times = placedMs.get(key(conference, number));
    while (times != null && !times.isEmpty() && nowMs - times.peek() >= config.repeatWindowMs()) {
      times.poll();
    }
    return times != null && times.size() >= config.repeatLimit()
        ? "number: " + number + " was called " + times.size() + " times just now"
        : "";
  }

  /** It is being called. */
  void placed(
      final String customer, final String conference, final String number, final long nowMs) {
    beginDay(nowMs);
    placedToday.merge(customer, 1, Integer::sum);
    placedMs.computeIfAbsent(key(conference, number), name -> new ArrayDeque<>()).add(nowMs);
  }

  private void beginDay(final long nowMs) {
    if (nowMs / DAY_MS != today) {
      today = nowMs / DAY_MS;
      placedToday.clear();
    }
  }

  private String key(final String conference, final String number) {
    return conference + " " + numbers.canonical(number);
  }
}
