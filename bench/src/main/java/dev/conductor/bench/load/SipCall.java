package dev.conductor.bench.load;

import java.util.function.Consumer;

/**
 * One call by SIP over UDP, from the INVITE to the answer of the BYE (RFC 3261, sections 13, 15 and
 * 17.1); what is not answered is repeated. The swarm's thread only.
 */
final class SipCall {
  private static final long T1_NS = 500_000_000;
  private static final long T2_NS = 4_000_000_000L;
  private static final int RINGING = 180;
  private static final int ACCEPTED = 200;
  private static final int REFUSED = 300;

  private final Names names;
  private final Consumer<String> wire;
  private final Consumer<SipText> onAnswered;

  private State state = State.NEW;
  private String request = "";
  private String to;
  private String target;
  private long beganNs;
  private long heardNs;
  private long answeredNs;
  private long nextSendNs;
  private long intervalNs;
  private int refusal;
  private int repeats;

  SipCall(final Names names, final Consumer<String> wire, final Consumer<SipText> onAnswered) {
    this.names = names;
    this.wire = wire;
    this.onAnswered = onAnswered;
    this.to = "<" + names.number() + ">";
    this.target = names.number();
  }

  /** Where a call stands. */
  enum State {
    /** Not dialled yet. */
    NEW,
    /** INVITE sent, no final answer yet. */
    DIALLING,
    /** Answered and acknowledged. */
    UP,
    /** BYE sent, no answer yet. */
    ENDING,
    /** Over as it should be. */
    OVER,
    /** Refused, or hung up on. */
    FAILED
  }

  /**
   * What a call is called. Immutable.
   *
   * @param number whom it dials, a SIP URI
   * @param self the caller's own address, a SIP URI: his ANI and the swarm's socket
   * @param via the swarm's SIP socket, as {@code host:port}
   * @param callId of the dialog
   * @param sdp the offer
   */
  record Names(String number, String self, String via, String callId, String sdp) {}

  State state() {
    return state;
  }

  /** From the INVITE to the 200, in nanoseconds; only once it is answered. */
  long setUpNs() {
    return answeredNs - beganNs;
  }

  /**
   * From the INVITE to what the caller hears first, 180 or 200 (the post-dial delay), in
   * nanoseconds; only once it is answered.
   */
  long postDialNs() {
    return heardNs - beganNs;
  }

  /** When it was answered; only once it is. */
  long answeredNs() {
    return answeredNs;
  }

  /** With which status it was refused; 0 where it was not. */
  int refusal() {
    return refusal;
  }

  /** Requests that had to be repeated. */
  int repeats() {
    return repeats;
  }

  /** Dials. */
  void dial(final long nowNs) {
    state = State.DIALLING;
    beganNs = nowNs;
    final String contact = "Contact: <" + names.self() + ">\r\nContent-Type: application/sdp\r\n";
    begin(message("INVITE", "i", contact, names.sdp()), nowNs);
  }

  /** Hangs up, if it is up. */
  void hangUp(final long nowNs) {
    if (state == State.UP) {
      state = State.ENDING;
      begin(message("BYE", "b", "", ""), nowNs);
    }
  }

  /** Repeats what was not answered. */
  void onTick(final long nowNs) {
    if (!request.isEmpty() && nowNs - nextSendNs >= 0) {
      wire.accept(request);
      repeats++;
      intervalNs = Math.min(2 * intervalNs, T2_NS);
      nextSendNs = nowNs + intervalNs;
    }
  }

  /** An answer to one of its requests came. */
  void onResponse(final SipText response, final long nowNs) {
    final boolean toInvite = response.header("CSeq").endsWith("INVITE");
    if (toInvite) {
      if (heardNs == 0 && response.status() >= RINGING && response.status() < REFUSED) {
        heardNs = nowNs;
      }
      request = state == State.DIALLING ? "" : request;
      if (response.status() >= REFUSED) {
        to = response.header("To");
        acknowledge("i");
        if (state == State.DIALLING) {
          refusal = response.status();
          state = State.FAILED;
        }
      } else if (response.status() >= ACCEPTED) {
        onAccepted(response, nowNs);
      }
    } else if (state == State.ENDING && response.status() >= ACCEPTED) {
      request = "";
      state = State.OVER;
    }
  }

  /** The far end hung up. */
  void onBye() {
    request = "";
    state = state == State.ENDING ? State.OVER : State.FAILED;
  }

  private void onAccepted(final SipText response, final long nowNs) {
    if (state != State.DIALLING) {
      acknowledge("a");
      return;
    }
    to = response.header("To");
    target = response.contact().isEmpty() ? target : response.contact();
    acknowledge("a");
    state = State.UP;
    answeredNs = nowNs;
    onAnswered.accept(response);
  }

  /** The ACK of a refusal has the INVITE's branch, that of an answer one of its own (17.1.1.3). */
  private void acknowledge(final String transaction) {
    wire.accept(message("ACK", transaction, "", ""));
  }

  private void begin(final String text, final long nowNs) {
    request = text;
    intervalNs = T1_NS;
    nextSendNs = nowNs + intervalNs;
    wire.accept(text);
  }

  private String message(
      final String method, final String transaction, final String headers, final String body) {
    return method
        + ' '
        + target
        + " SIP/2.0\r\nVia: SIP/2.0/UDP "
        + names.via()
        + ";rport;branch=z9hG4bK"
        + Integer.toHexString(names.callId().hashCode())
        + transaction
        + "\r\nMax-Forwards: 70\r\nFrom: <"
        + names.self()
        + ">;tag=load\r\nTo: "
        + to
        + "\r\nCall-ID: "
        + names.callId()
        + "\r\nCSeq: "
        + (method.equals("BYE") ? "2 " : "1 ")
        + method
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
