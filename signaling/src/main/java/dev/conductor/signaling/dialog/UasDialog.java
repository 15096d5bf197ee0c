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

  /** What is in hand of a later INVITE. */
  private enum Reinvite {
    NONE,
    /** The focus has not answered yet. */
    ASKED,
    /** Our 200 waits for its ACK. */
    ANSWERED
  }

  private State state = State.INVITED;
  private Reinvite reinvite = Reinvite.NONE;
  private DialogEnd end;

  /** The offer in hand; null when it is ours to make. */
  private Agreement offer;

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

  /** The focus accepts what is in hand; where we receive is {@code rtp}. */
  public Step accept(final InetSocketAddress rtp) {
    if (state == State.INVITED) {
      state = State.ACCEPTED;
    } else if (state == State.CONFIRMED && reinvite == Reinvite.ASKED) {
      reinvite = Reinvite.ANSWERED;
    } else {
      return Step.NOTHING;
    }
    localRtp = rtp;
    origin = origin.next();
    ourOfferOut = offer == null;
    return ourOfferOut ? Step.SEND_OFFER : Step.SEND_ANSWER;
  }

  /** The focus refuses what is in hand. */
  public Step refuse() {
    if (state == State.INVITED) {
      return finish(DialogEnd.ENDED_BY_US, Step.REFUSE_INVITE);
    }
    if (state == State.CONFIRMED && reinvite == Reinvite.ASKED) {
      reinvite = Reinvite.NONE;
      return Step.REFUSE_REINVITE;
    }
    return Step.NOTHING;
  }

  /** Whether the next ACK must hold the answer to an offer of ours. */
  public boolean awaitsAnswer() {
    return ourOfferOut && (state == State.ACCEPTED || reinvite == Reinvite.ANSWERED);
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
    if (state == State.CONFIRMED && reinvite == Reinvite.ANSWERED) {
      reinvite = Reinvite.NONE;
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
    if (state == State.ACCEPTED || state == State.CONFIRMED && reinvite == Reinvite.ANSWERED) {
      endReason = "no-ack";
      return finish(endAsked ? DialogEnd.ENDED_BY_US : DialogEnd.NO_ACK, Step.SEND_BYE);
    }
    return Step.NOTHING;
  }

  /** Whether a re-INVITE must wait: an INVITE or a re-INVITE is not through yet. */
  public boolean busy() {
    return state == State.INVITED || state == State.ACCEPTED || reinvite != Reinvite.NONE;
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
    if (busy() || endAsked) {
      return Step.GLARE;
    }
    reinvite = Reinvite.ASKED;
    offer = newOffer;
    return newOffer == null ? accept(localRtp) : Step.ASK_FOCUS;
  }

  /** A CANCEL for the INVITE or re-INVITE in hand (RFC 3261, section 9.2). */
  public Step onCancel() {
    if (state == State.INVITED) {
      return finish(DialogEnd.CANCELLED, Step.CANCEL_INVITE);
    }
    if (state == State.CONFIRMED && reinvite == Reinvite.ASKED) {
      reinvite = Reinvite.NONE;
      return Step.CANCEL_REINVITE;
    }
    return Step.NOTHING;
  }

  /** A BYE came; before the ACK it ends the dialog as well (RFC 3261, section 15.1.2). */
  public Step onBye() {
    if (state == State.OVER) {
      return Step.NOTHING;
    }
    return finish(DialogEnd.BYE, reinvite == Reinvite.ASKED ? Step.CANCEL_REINVITE : Step.OVER);
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

  /** What we had to send could not be sent. */
  public Step onTransportFailure() {
    return state == State.OVER ? Step.NOTHING : finish(DialogEnd.TRANSPORT, Step.OVER);
  }

  private Step finish(final DialogEnd how, final Step step) {
    state = State.OVER;
    end = how;
    return step;
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
