package dev.conductor.event;

/** Which object an event is about, in the API's words; SYSTEM is ours. */
public enum EventSource {
  /** The call. */
  CALL,
  /** A caller. */
  CALLER,
  /** The conference. */
  CONFERENCE,
  /** A person of the conference (ours). */
  PERSON,
  /** A breakout. */
  BREAKOUT,
  /** A call tag. */
  TAG,
  /** The event stream itself. */
  SYSTEM
}
