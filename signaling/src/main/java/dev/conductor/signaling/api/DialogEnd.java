package dev.conductor.signaling.api;

/** Why a dialog is over. */
public enum DialogEnd {
  /** The far end hung up (BYE). */
  BYE,
  /** The far end gave up before our answer (CANCEL). */
  CANCELLED,
  /**
   * No ACK for our 200 within 32 s (RFC 3261, section 13.3.1.4), or no PRACK for our 180 (RFC 3262,
   * section 3).
   */
  NO_ACK,
  /** A probe or a request of ours was answered 408 or 481, or not at all. */
  PEER_GONE,
  /** Nobody refreshed the session in the time agreed (RFC 4028, section 10). */
  SESSION_EXPIRED,
  /** We hung up and the far end has been told. */
  ENDED_BY_US,
  /** The answer to a late offer could not be used. */
  BAD_ANSWER,
  /** The stack could not send; the connection or the route is gone. */
  TRANSPORT
}
