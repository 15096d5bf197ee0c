package dev.conductor.signaling.dialog;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.sdp.Agreement;
import dev.conductor.signaling.sdp.Origin;
import java.net.InetSocketAddress;

/**
 * One dialog as the side that was called. Each method says what happened and answers what to do
 * now; a dialog ends once, and the step that ends it is the only one that returns an end.
 *
 * <p>Threads: no lock of its own, see the package. Allocates nothing but new origins.
 */
public final class UasDialog {
  /** Where the dialog stands. */
  public enum State {
    /** The INVITE waits for the focus. */
    INVITED,
    /** Our 200 waits for its ACK. */
    ACCEPTED,
    /** Up. */
    CONFIRMED,
    /** Over. */
    OVER
  }

  /** What is in hand of a later INVITE or UPDATE. */
  private enum Change {
    NONE,
    /** The focus has not answered the offer of a re-INVITE yet. */
    ASKED,
    /** The focus has not answered the offer of an UPDATE yet. */
    UPDATE_ASKED,
    /** Our 200 to a re-INVITE waits for its ACK. */
    ANSWERED
  }

  /** What is in hand of a refresh of ours. */
  private enum Refresh {
    NONE,
    UPDATE,
    REINVITE
  }

  private State state = State.INVITED;
  private Change change = Change.NONE;
  private Refresh refresh = Refresh.NONE;
  private DialogEnd end;

  /** The offer in hand; null when it is ours to make. */
  private Agreement offer;

  /** The offer last accepted; null when the last was ours. */
  private Agreement accepted;

  private boolean prackAwaited;
  private boolean acceptedBeforePrack;
  private int invitesAnswered;
  private boolean ourOfferOut;
  private boolean endAsked;
  private String endReason = "";
  private Origin origin;
  private InetSocketAddress localRtp;

  /**
   * An INVITE that waits for the focus.
   *
   * @param sessionId for {@code o=}, the same for as long as the dialog lasts
   * @param offer null when the INVITE had none
   */
  public UasDialog(final long sessionId, final Agreement offer) {
    this.origin = new Origin(sessionId, 0);
    this.offer = offer;
  }

  /**
   * A reliable 180 goes out now (RFC 3262, section 3): the 200 waits for its PRACK. Only for an
   * INVITE with an offer; one without gets our offer in the 200, its first reliable response.
   */
  public void ring() {
    prackAwaited = true;
  }

  /** The PRACK for our 180 came. */
  public Step onPrack() {
    if (state != State.INVITED || !prackAwaited) {
      return Step.NOTHING;
    }
    prackAwaited = false;
    return acceptedBeforePrack ? accept(localRtp) : Step.NOTHING;
  }

  /** No PRACK came in time (RFC 3262, section 3). */
  public Step onPrackTimeout() {
    return state == State.INVITED && prackAwaited
        ? finish(DialogEnd.NO_ACK, Step.REFUSE_INVITE)
        : Step.NOTHING;
  }

  /**
   * A dialog we began, answered and acknowledged: from here on it is as one that came in.
   *
   * @param sessionId as our offer had it, of which this was the first version
   * @param localRtp where we receive
   */
  public static UasDialog answered(final long sessionId, final InetSocketAddress localRtp) {
    final UasDialog dialog = new UasDialog(sessionId, null);
    dialog.origin = dialog.origin.next();
    dialog.localRtp = localRtp;
    dialog.state = State.CONFIRMED;
    return dialog;
  }

  /** The focus accepts what is in hand; where we receive is {@code rtp}. */
  public Step accept(final InetSocketAddress rtp) {
    if (state == State.INVITED && prackAwaited) {
      localRtp = rtp;
      acceptedBeforePrack = true;
      return Step.NOTHING;
    }
    if (state == State.INVITED) {
      state = State.ACCEPTED;
      invitesAnswered++;
    } else if (state == State.CONFIRMED && change == Change.ASKED) {
      change = Change.ANSWERED;
      invitesAnswered++;
    } else if (state == State.CONFIRMED && change == Change.UPDATE_ASKED) {
      change = Change.NONE;
    } else {
      return Step.NOTHING;
    }
    localRtp = rtp;
    origin = origin.next();
    accepted = offer;
    ourOfferOut = offer == null;
    return ourOfferOut ? Step.SEND_OFFER : Step.SEND_ANSWER;
  }

  /** The focus refuses what is in hand. */
  public Step refuse() {
    if (state == State.INVITED) {
      return finish(DialogEnd.ENDED_BY_US, Step.REFUSE_INVITE);
    }
    if (state == State.CONFIRMED && asked()) {
      change = Change.NONE;
      return Step.REFUSE_CHANGE;
    }
    return Step.NOTHING;
  }

  private boolean asked() {
    return change == Change.ASKED || change == Change.UPDATE_ASKED;
  }

  /** Whether the next ACK must hold the answer to an offer of ours. */
  public boolean awaitsAnswer() {
    return ourOfferOut && (state == State.ACCEPTED || change == Change.ANSWERED);
  }

  /**
   * The ACK to our 200 came.
   *
   * @param answerUsable whether it held the answer we waited for; of no weight when we waited for
   *     none
   */
  public Step onAck(final boolean answerUsable) {
    final boolean answered = ourOfferOut;
    if (state == State.ACCEPTED) {
      ourOfferOut = false;
      if (endAsked) {
        return finish(DialogEnd.ENDED_BY_US, Step.SEND_BYE);
      }
      if (answered && !answerUsable) {
        endReason = "bad-answer";
        return finish(DialogEnd.BAD_ANSWER, Step.SEND_BYE);
      }
      state = State.CONFIRMED;
      return Step.CONFIRMED;
    }
    if (state == State.CONFIRMED && change == Change.ANSWERED) {
      change = Change.NONE;
      ourOfferOut = false;
      if (endAsked) {
        return finish(DialogEnd.ENDED_BY_US, Step.SEND_BYE);
      }
      return answered && answerUsable ? Step.RENEGOTIATED : Step.NOTHING;
    }
    return Step.NOTHING;
  }

  /** No ACK came in time (RFC 3261, section 13.3.1.4). */
  public Step onAckTimeout() {
    if (state == State.ACCEPTED || state == State.CONFIRMED && change == Change.ANSWERED) {
      endReason = "no-ack";
      return finish(endAsked ? DialogEnd.ENDED_BY_US : DialogEnd.NO_ACK, Step.SEND_BYE);
    }
    return Step.NOTHING;
  }

  /** Whether a re-INVITE must wait: an INVITE or another change is not through yet. */
  public boolean busy() {
    return state == State.INVITED || state == State.ACCEPTED || change != Change.NONE;
  }

  /**
   * A re-INVITE came.
   *
   * @param newOffer null when it has none: then we offer, where we receive now
   */
  public Step onReinvite(final Agreement newOffer) {
    if (state == State.OVER) {
      return Step.OVER;
    }
    if (busy() || endAsked || refresh == Refresh.REINVITE) {
      return Step.GLARE;
    }
    if (isSame(newOffer)) {
      change = Change.ANSWERED;
      invitesAnswered++;
      return Step.SEND_SAME;
    }
    change = Change.ASKED;
    offer = newOffer;
    return newOffer == null ? accept(localRtp) : Step.ASK_FOCUS;
  }

  /** Whether the offer is the very one accepted last, so that nothing is to change. */
  private boolean isSame(final Agreement newOffer) {
    return newOffer != null && accepted != null && newOffer.offer().equals(accepted.offer());
  }

  /**
   * An UPDATE came (RFC 3311, section 5.2).
   *
   * @param newOffer null when it has none
   */
  public Step onUpdate(final Agreement newOffer) {
    if (state == State.OVER) {
      return Step.OVER;
    }
    if (change == Change.UPDATE_ASKED) {
      return Step.RETRY_LATER;
    }
    if (newOffer == null) {
      return Step.SEND_OK;
    }
    if (ourOfferOut || refresh == Refresh.REINVITE) {
      return Step.GLARE;
    }
    if (busy() || endAsked) {
      return Step.RETRY_LATER;
    }
    if (isSame(newOffer)) {
      return Step.SEND_SAME;
    }
    change = Change.UPDATE_ASKED;
    offer = newOffer;
    return Step.ASK_FOCUS;
  }

  /**
   * The session is to be refreshed by us.
   *
   * @param byUpdate whether the far end knows UPDATE
   * @return NOTHING while something else is in hand
   */
  public Step refresh(final boolean byUpdate) {
    if (state != State.CONFIRMED || busy() || endAsked || refresh != Refresh.NONE) {
      return Step.NOTHING;
    }
    refresh = byUpdate ? Refresh.UPDATE : Refresh.REINVITE;
    return byUpdate ? Step.SEND_UPDATE : Step.SEND_REINVITE;
  }

  /**
   * A refresh of ours was answered.
   *
   * @return whether one was out
   */
  public boolean refreshAnswered() {
    final boolean out = refresh != Refresh.NONE;
    refresh = Refresh.NONE;
    return out;
  }

  /** A CANCEL for the INVITE or re-INVITE in hand (RFC 3261, section 9.2). */
  public Step onCancel() {
    if (state == State.INVITED) {
      return finish(DialogEnd.CANCELLED, Step.CANCEL_INVITE);
    }
    if (state == State.CONFIRMED && change == Change.ASKED) {
      change = Change.NONE;
      return Step.CANCEL_CHANGE;
    }
    return Step.NOTHING;
  }

  /**
   * A BYE came; before the ACK, or after a 180 of ours, it ends the dialog as well (RFC 3261,
   * section 15.1.2).
   */
  public Step onBye() {
    if (state == State.OVER) {
      return Step.NOTHING;
    }
    final boolean inHand = state == State.INVITED || asked();
    return finish(DialogEnd.BYE, inHand ? Step.CANCEL_CHANGE : Step.OVER);
  }

  /**
   * The focus hangs up. Before the ACK to our 200 the BYE waits for it, or for its time-out.
   *
   * @param reason for the Reason header
   */
  public Step end(final String reason) {
    if (state == State.OVER || endAsked) {
      return Step.NOTHING;
    }
    endReason = reason;
    if (state == State.INVITED) {
      return finish(DialogEnd.ENDED_BY_US, Step.REFUSE_INVITE);
    }
    if (state == State.ACCEPTED) {
      endAsked = true;
      return Step.NOTHING;
    }
    return finish(DialogEnd.ENDED_BY_US, Step.SEND_BYE);
  }

  /** A request of ours was answered 408 or 481, or not at all. */
  public Step onPeerGone() {
    if (state == State.OVER) {
      return Step.NOTHING;
    }
    endReason = "peer-gone";
    return finish(DialogEnd.PEER_GONE, Step.SEND_BYE);
  }

  /** Nobody refreshed the session in time (RFC 4028, section 10). */
  public Step onSessionExpired() {
    if (state == State.OVER) {
      return Step.NOTHING;
    }
    endReason = "session-expired";
    return finish(DialogEnd.SESSION_EXPIRED, Step.SEND_BYE);
  }

  /** What we had to send could not be sent. */
  public Step onTransportFailure() {
    return state == State.OVER ? Step.NOTHING : finish(DialogEnd.TRANSPORT, Step.OVER);
  }

  private Step finish(final DialogEnd how, final Step step) {
    state = State.OVER;
    end = how;
    return step;
  }

  /** How many 200s to an INVITE went out, which tells one wait for an ACK from the next. */
  public int invitesAnswered() {
    return invitesAnswered;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** Why it is over; null while it is not. */
  public DialogEnd endCause() {
    return end;
  }

  /** What a BYE of ours says in its Reason header; empty for nothing. */
  public String endReason() {
    return endReason;
  }

  /** The offer to answer; null when it is ours to make. */
  public Agreement offer() {
    return offer;
  }

  /** The origin of the description to send now. */
  public Origin origin() {
    return origin;
  }

  /** Where we receive, as last accepted; null before. */
  public InetSocketAddress localRtp() {
    return localRtp;
  }
}
