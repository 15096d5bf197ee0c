package dev.conductor.model;

/**
 * By how much a reservation is open to callers for longer than it is booked. Immutable.
 *
 * @param earlyMs before its start
 * @param graceMs after its end
 */
public record DialWindow(long earlyMs, long graceMs) {
  /** Nothing before and nothing after. */
  public static final DialWindow EXACT = new DialWindow(0, 0);
}
