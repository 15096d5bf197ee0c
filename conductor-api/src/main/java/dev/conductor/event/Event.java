package dev.conductor.event;

import dev.conductor.model.EventTarget;

/**
 * One change of a call. Immutable.
 *
 * @param seq from 1 without gaps for logged events; for a passing one the number of the last logged
 * @param timeMs Unix time
 * @param callUid the call
 * @param source what object
 * @param name what happened
 * @param target the object's whole new state; null for SYSTEM END alone
 * @param cause who asked
 * @param durable false for one that was told while the store was down: if the process ends before
 *     the store returns, it never was
 */
public record Event(
    long seq,
    long timeMs,
    String callUid,
    EventSource source,
    EventName name,
    EventTarget target,
    Cause cause,
    boolean durable) {

  /** An event as it is when the store works. */
  public Event(
      final long seq,
      final long timeMs,
      final String callUid,
      final EventSource source,
      final EventName name,
      final EventTarget target,
      final Cause cause) {
    this(seq, timeMs, callUid, source, name, target, cause, true);
  }

  /** Whether it is told to those who listen now and never stored: TALKING. */
  public boolean passing() {
    return name == EventName.TALKING;
  }

  /** The same, told while the store is down. */
  public Event notDurable() {
    return new Event(seq, timeMs, callUid, source, name, target, cause, false);
  }

  /**
   * Who asked. Immutable.
   *
   * @param by API, KEYPAD, PHONE, TIMER or SYSTEM
   * @param command the function's name, empty for none
   * @param id names the request, empty for none
   * @param actor who sat at the host page, empty for unknown
   */
  public record Cause(String by, String command, String id, String actor) {}
}
