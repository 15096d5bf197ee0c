package dev.conductor.model;

/** Where a conference stands, as the Conductor API prints it. */
public enum ConferenceStatus {
  /** A reservation lies ahead. */
  SCHED,
  /** A call is up. */
  ACTIVE,
  /** Open, no call up. */
  IDLE,
  /** The last reservation is over. */
  CLOSED,
  /** Cancelled; final. */
  CANCEL
}
