package dev.conductor.focus;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;

/** What SIP tells, as the conductor takes it out of {@link SipInbox}. The conductor only. */
interface SipSignals {
  /** A new dialog waits for our answer, and has waited for so long. */
  void onInvite(Invitation invitation, long waitedNs);

  /** Our 200 was acknowledged; the answer is null where the offer was the far end's. */
  void onConfirmed(DialogId dialog, MediaDescription answer);

  /** A re-INVITE waits for our answer; null where it had no offer. */
  void onOffer(DialogId dialog, MediaDescription offer);

  /** A key came by INFO. */
  void onInfoDigit(DialogId dialog, char digit);

  /** It rings where we call. */
  void onRinging(DialogId dialog, int status);

  /** Whom we called has answered. */
  void onAnswered(DialogId dialog, MediaDescription answer);

  /** Whom we called was not reached. */
  void onDialFailed(DialogId dialog, int status, String reason);

  /** The dialog is over; the reason is the far end's own, empty where it gave none. */
  void onEnded(DialogId dialog, DialogEnd end, String reason);
}
