package dev.conductor.signaling.dialog;

/**
 * What we agree to of session timers (RFC 4028, section 9). A far end that knows nothing of them
 * and asks for none gets none: whether it is still there shows in its sound and in OPTIONS.
 *
 * @param wishS how long a session may last without a refresh; 0: as the far end likes
 * @param minSeS the least we take
 */
public record SessionRules(int wishS, int minSeS) {
  /** What the answer to this request is to say. */
  public SessionTerms answer(final SessionAsk ask) {
    if (ask.expiresS() > 0 && ask.expiresS() < minSeS && ask.supported()) {
      return new SessionTerms(0, false, true, true);
    }
    final int expiresS = expires(ask);
    if (expiresS == 0) {
      return SessionTerms.NONE;
    }
    // Who knows timers may refresh by himself, unless he left it to us.
    final boolean weRefresh = !ask.supported() || ask.refresher() == Refresher.UAS;
    return new SessionTerms(expiresS, weRefresh, false, ask.supported());
  }

  private int expires(final SessionAsk ask) {
    final int leastS = Math.max(minSeS, ask.minSeS());
    if (ask.expiresS() == 0) {
      return ask.supported() && wishS > 0 ? Math.max(wishS, leastS) : 0;
    }
    final int mostS = wishS > 0 ? Math.max(wishS, leastS) : Integer.MAX_VALUE;
    return Math.max(leastS, Math.min(ask.expiresS(), mostS));
  }
}
