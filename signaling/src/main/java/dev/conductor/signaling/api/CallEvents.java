package dev.conductor.signaling.api;

/**
 * What signaling tells the focus. Implemented by the focus's hatch: each method only hands on and
 * returns at once.
 *
 * <p>Threads: JAIN-SIP's and signaling's own.
 */
public interface CallEvents {
  /**
   * A new dialog waits for {@link CallControl#accept} or {@link CallControl#refuse}.
   *
   * @return false when the hatch takes no new work: answered 503 with Retry-After
   */
  boolean onInvite(Invitation invitation);

  /**
   * Our 200 was acknowledged: once for the INVITE, and again for each re-INVITE without an offer,
   * which signaling answers by itself with an offer for where we receive now.
   *
   * @param answer the far end's answer where our 200 held the offer, else null
   */
  void onConfirmed(DialogId dialog, MediaDescription answer);

  /**
   * A re-INVITE changes the line; waits for accept or refuse. Until then the old line stands.
   *
   * @return false when the hatch takes no new work: answered 503 with Retry-After
   */
  boolean onOffer(DialogId dialog, MediaDescription offer);

  /** A key came by INFO (application/dtmf-relay or application/dtmf). */
  void onDigit(DialogId dialog, char digit);

  /**
   * The dialog is over; told exactly once for each that {@link #onInvite} took.
   *
   * @param reason the far end's Reason header (RFC 3326), cause and text, e.g. {@code Q.850 16} or
   *     {@code SIP 200 Call completed elsewhere}; empty where it gave none
   */
  void onEnded(DialogId dialog, DialogEnd end, String reason);

  /** Where we call it rings, or the network says something else on the way; 180 to 199. */
  void onRinging(DialogId dialog, int status);

  /**
   * Whom we called has answered; the dialog is up, like one that came in.
   *
   * @param answer to our offer
   */
  void onAnswered(DialogId dialog, MediaDescription answer);

  /**
   * A number we called was not reached; told in place of {@link #onEnded} where nobody answered.
   *
   * @param status of the last answer: 408 for none, 503 where nothing could be sent
   * @param reason its reason phrase
   */
  void onDialFailed(DialogId dialog, int status, String reason);
}
