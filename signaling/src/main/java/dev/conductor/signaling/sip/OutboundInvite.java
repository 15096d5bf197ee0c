package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.sdp.KeyAgreement;
import dev.conductor.signaling.sdp.Origin;
import dev.conductor.signaling.sdp.SdpException;
import dev.conductor.signaling.sdp.SessionDescription;
import dev.conductor.signaling.trunk.Target;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.SipException;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * One INVITE of ours to one proxy (RFC 3261, section 13.2): where it rings in several places the
 * first that answers wins, the others are hung up on. Threads: see its parent; what happened is
 * decided under its lock, and done outside.
 */
final class OutboundInvite extends ClientExchange {
  /** A proxy that does not even say 100 for so long is passed over. */
  static final long TRYING_NS = TimeUnit.SECONDS.toNanos(5);

  /** How long a CANCEL may go without the INVITE's end, 64 times T1. */
  private static final long CANCEL_NS = TimeUnit.SECONDS.toNanos(32);

  private enum State {
    CALLING,
    PROCEEDING,
    ANSWERED,
    OVER
  }

  private final Map<String, Request> acks = new ConcurrentHashMap<>();
  private final KeyAgreement keys;
  private final OutboundDial dial;
  private final String number;
  private State state = State.CALLING;
  private boolean cancelAsked;
  private boolean cancelSent;
  private long sinceNs;
  private Dialog answered;

  OutboundInvite(
      final TrunkRequests requests,
      final TrunkLink link,
      final OutboundDial dial,
      final String number) {
    super(requests, link);
    this.keys = new KeyAgreement(link.srtp(), link.tls());
    this.dial = dial;
    this.number = number;
    this.sinceNs = System.nanoTime();
  }

  @Override
  Request request(final Target to, final long cseq) {
    final Request invite =
        requests().request(Request.INVITE, this, to, number, link().callerId(), cseq);
    final SipCore core = requests().core();
    core.messages().headers("Allow", Messages.ALLOW).forEach(invite::addHeader);
    final InetSocketAddress rtp =
        core.addresses().asSeenBy(to.remote().getAddress(), dial.localRtp());
    core.messages()
        .describe(invite, link().offerAnswer().offer(rtp, new Origin(dial.id().value(), 1), keys));
    return invite;
  }

  @Override
  void onAnswer(final ResponseEvent event) {
    final int status = event.getResponse().getStatusCode();
    if (status < 200) {
      onProvisional(status);
    } else if (status < 300) {
      onOk(event.getDialog(), event.getResponse());
    } else if (finish()) {
      dial.onRefused(this, status, Messages.plain(event.getResponse().getReasonPhrase()));
    }
  }

  /** What the sound will be protected with. */
  KeyAgreement keys() {
    return keys;
  }

  private void onProvisional(final int status) {
    final boolean cancel;
    synchronized (this) {
      if (state == State.ANSWERED) {
        return;
      }
      // One that was passed over and speaks after all must not ring on.
      cancel = (cancelAsked || state == State.OVER) && !cancelSent;
      state = state == State.OVER ? state : State.PROCEEDING;
      cancelSent |= cancel;
    }
    if (cancel) {
      requests().send(this, this::cancelNow);
    } else if (status > 100 && isOpen()) {
      dial.onRinging(status);
    }
  }

  /** A 2xx: of the first place, of another, or once more. */
  void onOk(final Dialog dialog, final Response ok) {
    if (dialog == null) {
      return;
    }
    final boolean first;
    synchronized (this) {
      if (dialog == answered) {
        return;
      }
      first = (state == State.CALLING || state == State.PROCEEDING) && !cancelAsked;
      if (first) {
        answered = dialog;
      }
      if (first || state != State.ANSWERED) {
        state = first ? State.ANSWERED : State.OVER;
      }
    }
    final MediaDescription answer = first ? answer(ok) : null;
    requests().send(this, () -> acknowledgeNow(dialog, Messages.sequence(ok), answer, first));
  }

  private synchronized boolean isOpen() {
    return state == State.PROCEEDING;
  }

  /**
   * A 2xx came, perhaps once more. The stack would repeat its ACK from its text, which its parser
   * must not see, and is silent about other places for some seconds after the first has answered:
   * so both are done here.
   *
   * @return whether the stack is to go on with it
   */
  boolean onOkSeen(final String toTag, final long sequence) {
    final Request ack = acks.get(toTag);
    if (ack == null || Messages.sequence(ack) != sequence) {
      return true;
    }
    requests().send(this, () -> sendAgainNow(ack));
    return false;
  }

  private void sendAgainNow(final Request ack) {
    try {
      final SIPRequest again = (SIPRequest) ack.clone();
      again.setApplicationData(((SIPRequest) ack).getApplicationData());
      requests().provider(target().local()).sendRequest(again);
    } catch (final SipException | RuntimeException e) {
      requests().core().counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  private MediaDescription answer(final Response ok) {
    try {
      return link()
          .offerAnswer()
          .readAnswer(SessionDescription.parse(Messages.body(ok)), target().local(), keys);
    } catch (final SdpException e) {
      requests().core().counters().increment(SipCounter.BAD_DESCRIPTIONS);
      return null;
    }
  }

  private void acknowledgeNow(
      final Dialog dialog,
      final long sequence,
      final MediaDescription answer,
      final boolean first) {
    boolean sent = true;
    try {
      final Request ack = dialog.createAck(sequence);
      ((ViaHeader) ack.getHeader(ViaHeader.NAME))
          .setHost(Addresses.inUri(requests().seen(target(), link()).getAddress()));
      dial.route(ack, dialog, this);
      dialog.sendAck(ack);
      acks.put(dialog.getRemoteTag(), ack);
    } catch (final SipException | InvalidArgumentException | ParseException | RuntimeException e) {
      requests().core().counters().increment(SipCounter.SEND_FAILURES);
      sent = false;
    }
    if (answer != null && sent) {
      dial.onAnswered(this, dialog, answer);
      return;
    }
    dial.byeNow(this, dialog);
    if (first) {
      dial.onRefused(this, sent ? 488 : 503, sent ? "Answer Not Acceptable" : "Not Sent");
    } else if (wasCancelled()) {
      dial.onRefused(this, 487, "Request Terminated");
    }
  }

  private synchronized boolean wasCancelled() {
    return cancelAsked;
  }

  @Override
  void onSilence() {
    if (finish()) {
      dial.onRefused(this, Response.REQUEST_TIMEOUT, "No Answer From Trunk");
    }
  }

  private synchronized boolean finish() {
    if (state == State.ANSWERED || state == State.OVER) {
      return false;
    }
    state = State.OVER;
    return true;
  }

  /** Gives up: CANCEL at once where something was answered, else as soon as something is. */
  void cancel() {
    final boolean now;
    synchronized (this) {
      cancelAsked = true;
      sinceNs = System.nanoTime();
      now = state == State.PROCEEDING && !cancelSent;
      cancelSent |= now;
    }
    if (now) {
      requests().send(this, this::cancelNow);
    }
  }

  private void cancelNow() {
    try {
      final Request cancel = transaction().createCancel();
      ((SIPRequest) cancel).setApplicationData(hop(target(), link().transport()));
      requests().provider(target().local()).getNewClientTransaction(cancel).sendRequest();
    } catch (final SipException | RuntimeException e) {
      requests().core().counters().increment(SipCounter.SEND_FAILURES);
    }
  }

  /** Time goes by: a proxy that says nothing is passed over, a CANCEL nobody minds is enough. */
  void poll(final long nowNs) {
    final boolean late;
    synchronized (this) {
      final boolean mute = state == State.CALLING && nowNs - sinceNs >= TRYING_NS;
      final boolean unheeded = cancelAsked && nowNs - sinceNs >= CANCEL_NS;
      late = state != State.ANSWERED && state != State.OVER && (mute || unheeded);
    }
    if (late) {
      onSilence();
    }
  }
}
