package dev.conductor.signaling.dialog;

/**
 * How long a session lasts without being refreshed, and who refreshes it (RFC 4028). Any thread;
 * immutable.
 *
 * @param expiresS 0: it has no timer
 * @param weRefresh whether it is up to us
 * @param tooBrief whether the far end asked for too little: to be answered 422
 * @param peerSupports whether the far end knows session timers
 */
public record SessionTerms(
    int expiresS, boolean weRefresh, boolean tooBrief, boolean peerSupports) {
  /** No timer. */
  public static final SessionTerms NONE = new SessionTerms(0, false, false, false);
}
