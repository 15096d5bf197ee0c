package dev.conductor.config;

/**
 * Section {@code events}. Any thread; immutable.
 *
 * @param maxReaders event readers a call
 * @param maxEventsBehind a reader further behind gets a GAP and a snapshot
 * @param heartbeatMs how often an idle reader hears from us
 */
public record EventsConfig(int maxReaders, int maxEventsBehind, int heartbeatMs) {

  /** Checks every value. */
  public EventsConfig {
    Checks.inRange("events.max-readers", maxReaders, 1, 10_000);
    Checks.inRange("events.max-events-behind", maxEventsBehind, 16, 1_048_576);
    Checks.inRange("events.heartbeat-ms", heartbeatMs, 100, 600_000);
  }
}
