package dev.conductor.config;

import java.util.List;

/**
 * Section {@code outbound}: calls that {@code placeCall} makes. Any thread; immutable.
 *
 * @param allowedPrefixes numbers that may be called begin with one of these; empty: none may
 * @param confirmKey the key by which whoever answers joins; empty: joins at once
 * @param confirmMs how long we wait for that key
 * @param ringMs how long it may ring
 * @param repeatLimit how often one conference may have one number called within {@code
 *     repeatWindowMs}
 * @param repeatWindowMs see there
 * @param dailyCap how many numbers a customer may have called a day (UTC)
 * @param maxAtOnce how many may ring or be confirming at once, in all
 */
public record OutboundConfig(
    List<String> allowedPrefixes,
    String confirmKey,
    int confirmMs,
    int ringMs,
    int repeatLimit,
    int repeatWindowMs,
    int dailyCap,
    int maxAtOnce) {

  /** Checks every value. */
  public OutboundConfig {
    allowedPrefixes = List.copyOf(allowedPrefixes);
    for (final String prefix : allowedPrefixes) {
      if (!prefix.matches("\\+?\\d{1,15}")) {
        throw new ConfigException(
            "outbound.allowed-prefixes", "=" + prefix + " is not the beginning of a phone number");
      }
    }
    if (!confirmKey.matches("[0-9]?")) {
      throw new ConfigException(
          "outbound.confirm-key", "=" + confirmKey + " is not one of the keys 0 to 9");
    }
    Checks.inRange("outbound.confirm-ms", confirmMs, 1_000, 600_000);
    Checks.inRange("outbound.ring-ms", ringMs, 1_000, 600_000);
    Checks.inRange("outbound.repeat-limit", repeatLimit, 1, 10_000);
    Checks.inRange("outbound.repeat-window-ms", repeatWindowMs, 1_000, 86_400_000);
    Checks.inRange("outbound.daily-cap", dailyCap, 0, 10_000_000);
    Checks.inRange("outbound.max-at-once", maxAtOnce, 1, 10_000);
  }
}
