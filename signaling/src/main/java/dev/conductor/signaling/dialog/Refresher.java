package dev.conductor.signaling.dialog;

/**
 * Who refreshes a session, in the words of one transaction (RFC 4028, section 4). Any thread;
 * immutable.
 */
public enum Refresher {
  /** Nobody was named. */
  NONE,
  /** Whoever sent the request. */
  UAC,
  /** Whoever answered it. */
  UAS
}
