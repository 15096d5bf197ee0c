package dev.conductor.signaling.dialog;

/**
 * What an INVITE or UPDATE says of session timers (RFC 4028, section 7). Any thread; immutable.
 *
 * @param supported whether its sender knows them
 * @param expiresS {@code Session-Expires}; 0 for none
 * @param minSeS {@code Min-SE}; 0 for none
 * @param refresher who is to refresh
 */
public record SessionAsk(boolean supported, int expiresS, int minSeS, Refresher refresher) {
  /** A request that says nothing of them. */
  public static final SessionAsk NOTHING = new SessionAsk(false, 0, 0, Refresher.NONE);
}
