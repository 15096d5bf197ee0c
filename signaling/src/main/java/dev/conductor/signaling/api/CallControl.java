package dev.conductor.signaling.api;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What the focus asks of signaling. Asking never waits and makes no SIP stack call: it goes through
 * a bounded queue to signaling's sender threads.
 *
 * <p>Threads: the conductor. A dialog that is already over is ignored.
 */
public interface CallControl {
  /**
   * Answers the INVITE or re-INVITE in hand with 200: an answer to its offer, or an offer of ours
   * where it had none.
   *
   * @param localRtp where we receive
   * @return false when the hatch is full
   */
  boolean accept(DialogId dialog, InetSocketAddress localRtp);

  /**
   * Answers the INVITE or re-INVITE in hand with a refusal.
   *
   * @param status 400..699
   * @param reason the reason phrase
   * @return false when the hatch is full
   */
  boolean refuse(DialogId dialog, int status, String reason);

  /**
   * Hangs up: BYE where the dialog is confirmed, after the ACK where it is not yet.
   *
   * @param reason goes into a Reason header (RFC 3326), e.g. {@code media-timeout}
   * @return false when the hatch is full
   */
  boolean end(DialogId dialog, String reason);

  /**
   * Asks by OPTIONS in the dialog whether the far end is still there; 408, 481 or silence ends it.
   *
   * @return false when the hatch is full
   */
  boolean probe(DialogId dialog);

  /** Whether a trunk is for this number, up or not. */
  boolean hasRoute(String number);

  /** A way to call this number now; empty where no trunk is for it, or none of these is up. */
  Optional<OutboundLine> lineTo(String number);

  /**
   * Calls a number: the INVITE goes out with an offer of ours; a trunk that is out of order is
   * passed over for the next that is for the number. {@link #end} gives up, before the answer by
   * CANCEL. What becomes of it is told by {@link CallEvents#onRinging}, {@link
   * CallEvents#onAnswered} or {@link CallEvents#onDialFailed}.
   *
   * @param line as {@link #lineTo} gave it
   * @param localRtp where we receive
   * @return false when the hatch is full or as many dialogs as allowed are up
   */
  boolean dial(OutboundLine line, String number, InetSocketAddress localRtp);
}
