package dev.conductor.signaling.dialog;

/** What is to be done after something happened to a dialog. Any thread; immutable. */
public enum Step {
  /** Nothing: it came too late or twice. */
  NOTHING,
  /** Send 200 with an answer. */
  SEND_ANSWER,
  /** Send 200 with an offer of ours. */
  SEND_OFFER,
  /** Send 200 with the description last sent: the offer changes nothing. */
  SEND_SAME,
  /** Send 200 without a description. */
  SEND_OK,
  /** Refuse the INVITE; the dialog is over. */
  REFUSE_INVITE,
  /** Refuse the re-INVITE or UPDATE; everything else stays. */
  REFUSE_CHANGE,
  /** Tell the focus that the line is up. */
  CONFIRMED,
  /** Tell the focus what the far end answered to a later offer of ours. */
  RENEGOTIATED,
  /** Ask the focus about an offer. */
  ASK_FOCUS,
  /** Refuse with 491: something of the kind is in hand. */
  GLARE,
  /** Refuse with 500 and Retry-After: an offer of theirs is not answered yet. */
  RETRY_LATER,
  /** Send BYE; the dialog is over. */
  SEND_BYE,
  /** Send 487 to the INVITE; the dialog is over. */
  CANCEL_INVITE,
  /** Send 487 to the re-INVITE or UPDATE; everything else stays. */
  CANCEL_CHANGE,
  /** Send an UPDATE without an offer: a refresh. */
  SEND_UPDATE,
  /** Send a re-INVITE with the description last sent: a refresh. */
  SEND_REINVITE,
  /** The dialog is over; send nothing. */
  OVER
}
