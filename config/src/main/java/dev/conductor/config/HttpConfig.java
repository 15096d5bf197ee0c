package dev.conductor.config;

/**
 * Section {@code http}. Any thread; immutable.
 *
 * @param host address to listen on
 * @param port TCP port; 0 lets the system choose (tests)
 * @param maxBodyBytes a larger body is answered 413
 * @param maxParameters more parameters are refused
 * @param maxConnections connections at once; more are closed
 * @param idleMs a connection that sends nothing for this long is closed
 * @param requestsPerSecond requests one token may make; more are answered 429
 * @param requestBurst how many of them at once
 */
public record HttpConfig(
    String host,
    int port,
    int maxBodyBytes,
    int maxParameters,
    int maxConnections,
    int idleMs,
    int requestsPerSecond,
    int requestBurst) {

  /** Checks every value. */
  public HttpConfig {
    Checks.notBlank("http.host", host);
    Checks.inRange("http.port", port, 0, 65_535);
    Checks.inRange("http.max-body-bytes", maxBodyBytes, 1_024, 16_777_216);
    Checks.inRange("http.max-parameters", maxParameters, 16, 65_536);
    Checks.inRange("http.max-connections", maxConnections, 1, 100_000);
    Checks.inRange("http.idle-ms", idleMs, 1_000, 3_600_000);
    Checks.inRange("http.requests-per-second", requestsPerSecond, 1, 1_000_000);
    Checks.inRange("http.request-burst", requestBurst, 1, 1_000_000);
  }
}
