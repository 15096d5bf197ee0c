package dev.conductor.config;

/**
 * Section {@code rtp}. Any thread; immutable.
 *
 * @param firstPort first port of the range; each caller takes an even one
 * @param lastPort last port of the range
 * @param quarantineMs how long a port rests after use, so that a new caller does not inherit what
 *     an old peer still sends
 */
public record RtpConfig(int firstPort, int lastPort, int quarantineMs) {

  /** Checks every value. */
  public RtpConfig {
    Checks.inRange("rtp.first-port", firstPort, 1_024, 65_534);
    Checks.inRange("rtp.last-port", lastPort, firstPort + 1L, 65_535);
    Checks.inRange("rtp.quarantine-ms", quarantineMs, 0, 600_000);
  }
}
