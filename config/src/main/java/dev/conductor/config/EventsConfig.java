package dev.conductor.config;

/**
 * Section {@code events}. Any thread; immutable.
 *
 * @param host address the XML socket listens on
 * @param port its TCP port; 0 lets the system choose (tests)
 * @param maxConnections connections of the XML socket at once; more are closed
 * @param maxPendingLogins of these, so many that have not logged in yet; more are closed
 * @param loginMs how long a connection of the XML socket has for its login line
 * @param maxReaders event readers a call, of all transports together
 * @param maxEventsBehind a reader further behind gets a GAP and a snapshot
 * @param maxBytesBehind the same in bytes; a call keeps so much in memory for its readers
 * @param heartbeatMs how often an idle reader hears from us
 * @param printedNames whether readers that do not say get the document's misprinted names
 */
public record EventsConfig(
    String host,
    int port,
    int maxConnections,
    int maxPendingLogins,
    int loginMs,
    int maxReaders,
    int maxEventsBehind,
    int maxBytesBehind,
    int heartbeatMs,
    boolean printedNames) {

  /** Checks every value. */
  public EventsConfig {
    Checks.notBlank("events.host", host);
    Checks.inRange("events.port", port, 0, 65_535);
    Checks.inRange("events.max-connections", maxConnections, 1, 100_000);
    Checks.inRange("events.max-pending-logins", maxPendingLogins, 1, 100_000);
    Checks.inRange("events.login-ms", loginMs, 100, 60_000);
    Checks.inRange("events.max-readers", maxReaders, 1, 10_000);
    Checks.inRange("events.max-events-behind", maxEventsBehind, 16, 1_048_576);
    Checks.inRange("events.max-bytes-behind", maxBytesBehind, 65_536, 1_073_741_824);
    Checks.inRange("events.heartbeat-ms", heartbeatMs, 100, 600_000);
  }
}
