package dev.conductor.demo;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * One call of a phone: its INVITE and the dialog that comes of it, as the calling side (RFC 3261,
 * sections 9, 12, 13, 14, 15). Over UDP only. The pool's thread only.
 */
final class PhoneDialog {
  private static final int NO_SUCH_DIALOG = 481;

  private final PhoneAddress me;
  private final Wire wire;
  private final SplittableRandom random;
  private final Events events;
  private final String callId;
  private final String localTag;
  private final Map<String, ClientTransaction> transactions = new HashMap<>();
  private final PhoneAnswers answers;

  private PhoneState state = PhoneState.IDLE;
  private InetSocketAddress server;
  private String remoteUri = "";
  private String remoteTag = "";
  private String remoteTarget = "";
  private List<String> routes = List.of();
  private long localSequence;
  private ClientTransaction invite;
  private boolean cancelWanted;

  PhoneDialog(
      final PhoneAddress me, final Wire wire, final SplittableRandom random, final Events events) {
    this(me, wire, random, events, "");
  }

  /** Of an INVITE that came, by its Call-ID. */
  PhoneDialog(
      final PhoneAddress me,
      final Wire wire,
      final SplittableRandom random,
      final Events events,
      final String called) {
    this.me = me;
    this.wire = wire;
    this.random = random;
    this.events = events;
    this.callId = called.isEmpty() ? token() + "@" + me.hostPort() : called;
    this.localTag = token();
    this.answers = new PhoneAnswers(me, wire);
  }

  /** What the phone is told of its call. The pool's thread. */
  interface Events {
    /** A description came with an answer to our offer; null when it could not be read. */
    void onSession(SessionText session);

    /** The far end offers another session; null: it wants our offer. Gives our description. */
    String onOffer(SessionText offer);

    /** The INVITE's final status, before the state follows it. */
    void onStatus(int status);

    /** The state of the call changed. */
    void onState(PhoneState state);
  }

  String callId() {
    return callId;
  }

  PhoneState state() {
    return state;
  }

  /** Sends the INVITE. */
  void invite(
      final InetSocketAddress to,
      final String number,
      final String sdp,
      final long nowNs,
      final IntConsumer onFinal) {
    server = to;
    remoteUri = "sip:" + number + "@" + PhoneAddress.host(to) + ":" + to.getPort();
    remoteTarget = remoteUri;
    become(PhoneState.DIALLING);
    invite =
        send(
            "INVITE",
            Content.sdp(sdp),
            nowNs,
            status -> {
              events.onStatus(status);
              if (status >= 300) {
                become(PhoneState.OVER);
              } else if (cancelWanted) {
                bye(nowNs);
              } else {
                become(PhoneState.UP);
              }
              onFinal.accept(status);
            });
  }

  /** Answers the INVITE that began this call; as the called side (RFC 3261, section 13.3). */
  void accept(final SipMessage message, final InetSocketAddress from) {
    server = from;
    remoteUri = SipMessage.uri(message.header("from"));
    remoteTag = SipMessage.parameter(message.header("from"), "tag");
    remoteTarget = SipMessage.uri(message.header("contact"));
    routes = List.copyOf(message.headers("record-route"));
    final String offer = message.body();
    final String sdp = events.onOffer(offer.isEmpty() ? null : SessionText.parse(offer));
    become(PhoneState.UP);
    answers.answer(message, from, localTag, "200 OK", sdp);
  }

  /** Offers another session within the call; told 491, say, when that is not possible now. */
  void reinvite(final String sdp, final long nowNs, final IntConsumer onFinal) {
    send("INVITE", Content.sdp(sdp), nowNs, status -> onInDialog(status, nowNs, onFinal));
  }

  /** Sends an INFO (RFC 6086 calls this use of it legacy). */
  void info(final Content content, final long nowNs, final IntConsumer onFinal) {
    send("INFO", content, nowNs, status -> onInDialog(status, nowNs, onFinal));
  }

  /** Ends the call from our side, by CANCEL or by BYE, whatever is right now. */
  void hangUp(final long nowNs) {
    if (state == PhoneState.UP) {
      bye(nowNs);
    } else if (state == PhoneState.DIALLING) {
      cancelWanted = true;
      become(PhoneState.ENDING);
      if (invite.isProvisional()) {
        cancel(nowNs);
      }
    }
  }

  /** Takes a message of this call. */
  void onMessage(final SipMessage message, final InetSocketAddress from, final long nowNs) {
    if (message.isRequest()) {
      onRequest(message, from);
    } else {
      onResponse(message, nowNs);
    }
  }

  /** Repeats what was not answered. */
  void onTick(final long nowNs) {
    if (!transactions.isEmpty()) {
      for (final ClientTransaction transaction : List.copyOf(transactions.values())) {
        transaction.onTick(nowNs, wire);
      }
      transactions.values().removeIf(transaction -> transaction.isForgettable(nowNs));
    }
  }

  /** Whether the call is over and nothing of it can come any more. */
  boolean isForgettable() {
    return state == PhoneState.OVER && transactions.isEmpty();
  }

  private void onResponse(final SipMessage message, final long nowNs) {
    final ClientTransaction transaction =
        transactions.get(message.branch() + ' ' + message.sequenceMethod());
    final int status = message.status();
    if (transaction == null || status == 0) {
      return;
    }
    if (status < 200) {
      transaction.onProvisional();
      if (transaction == invite && cancelWanted) {
        cancel(nowNs);
      }
    } else if (!transaction.isInvite()) {
      transaction.onFinal(status);
    } else if (!transaction.acknowledgement().isEmpty()) {
      final InetSocketAddress target = status < 300 ? nextHop() : transaction.request().to();
      wire.send(transaction.acknowledgement(), target);
    } else if (status < 300) {
      onAccepted(message, transaction);
    } else {
      final ClientTransaction.Request sent = transaction.request();
      final String ack = inTransactionOf(sent, "ACK", message.header("to"));
      transaction.acknowledge(ack, sent.to(), wire);
      transaction.onFinal(status);
    }
  }

  /**
   * A 2xx to INVITE makes or refreshes the dialog; its ACK is a transaction of its own (13.2.2).
   */
  private void onAccepted(final SipMessage message, final ClientTransaction transaction) {
    if (transaction == invite) {
      remoteTag = SipMessage.parameter(message.header("to"), "tag");
      final List<String> recorded = new ArrayList<>(message.headers("record-route"));
      Collections.reverse(recorded);
      routes = List.copyOf(recorded);
    }
    final String contact = SipMessage.uri(message.header("contact"));
    if (!contact.isEmpty()) {
      remoteTarget = contact;
    }
    final String ack =
        inDialog("ACK", branch(), transaction.request().sequence()) + Content.NONE.text();
    transaction.acknowledge(ack, nextHop(), wire);
    events.onSession(SessionText.parse(message.body()));
    transaction.onFinal(message.status());
  }

  private void onRequest(final SipMessage message, final InetSocketAddress from) {
    final String method = message.method();
    if (method.equals("ACK")) {
      if (!message.body().isEmpty()) {
        events.onSession(SessionText.parse(message.body()));
      }
      return;
    }
    if (answers.repeat(message)) {
      return;
    }
    final boolean dead = state == PhoneState.IDLE || state == PhoneState.OVER;
    if (dead || method.equals("CANCEL")) {
      answers.answer(message, from, localTag, "481 Call/Transaction Does Not Exist", "");
    } else if (answers.isOutOfOrder(message)) {
      answers.answer(message, from, localTag, "500 Server Internal Error", "");
    } else if (method.equals("INVITE")) {
      final String offer = message.body();
      final String sdp = events.onOffer(offer.isEmpty() ? null : SessionText.parse(offer));
      answers.answer(message, from, localTag, "200 OK", sdp);
    } else if (method.equals("BYE")) {
      answers.answer(message, from, localTag, "200 OK", "");
      become(PhoneState.OVER);
    } else if (PhoneAnswers.TAKEN.contains(method)) {
      answers.answer(message, from, localTag, "200 OK", "");
    } else {
      answers.answer(message, from, localTag, "405 Method Not Allowed", "");
    }
  }

  private void onInDialog(final int status, final long nowNs, final IntConsumer onFinal) {
    final boolean gone = status == NO_SUCH_DIALOG || status == ClientTransaction.TIMED_OUT;
    if (gone && state == PhoneState.UP) {
      bye(nowNs);
    }
    onFinal.accept(status);
  }

  private void bye(final long nowNs) {
    become(PhoneState.ENDING);
    send("BYE", Content.NONE, nowNs, status -> become(PhoneState.OVER));
  }

  /** CANCEL has the INVITE's Via and CSeq number (section 9.1). */
  private void cancel(final long nowNs) {
    final ClientTransaction.Request sent = invite.request();
    final String text = inTransactionOf(sent, "CANCEL", "<" + remoteUri + ">");
    final ClientTransaction.Request request =
        new ClientTransaction.Request(
            "CANCEL", sent.uri(), sent.branch(), sent.sequence(), text, sent.to());
    if (!transactions.containsKey(request.key())) {
      invite.onCancelled(nowNs);
      start(new ClientTransaction(request, nowNs, status -> {}));
    }
  }

  private void become(final PhoneState next) {
    if (state != next && state != PhoneState.OVER) {
      state = next;
      events.onState(next);
    }
  }

  private ClientTransaction send(
      final String method, final Content content, final long nowNs, final IntConsumer onFinal) {
    final String branch = branch();
    final String text = inDialog(method, branch, ++localSequence) + content.text();
    final ClientTransaction.Request request =
        new ClientTransaction.Request(method, remoteTarget, branch, localSequence, text, nextHop());
    return start(new ClientTransaction(request, nowNs, onFinal));
  }

  private ClientTransaction start(final ClientTransaction transaction) {
    transactions.put(transaction.request().key(), transaction);
    transaction.start(wire);
    return transaction;
  }

  private String inDialog(final String method, final String branch, final long sequence) {
    final String to = "<" + remoteUri + ">" + (remoteTag.isEmpty() ? "" : ";tag=" + remoteTag);
    final String head = head(method, remoteTarget, branch, sequence, to);
    return method.equals("INVITE")
        ? head + "Contact: " + me.contact() + "\r\nAllow: " + PhoneAnswers.ALLOW + "\r\n"
        : head;
  }

  /** CANCEL and the ACK of a refusal repeat the INVITE's branch (sections 9.1 and 17.1.1.3). */
  private String inTransactionOf(
      final ClientTransaction.Request sent, final String method, final String to) {
    return head(method, sent.uri(), sent.branch(), sent.sequence(), to) + Content.NONE.text();
  }

  private String head(
      final String method,
      final String uri,
      final String branch,
      final long sequence,
      final String to) {
    final StringBuilder text = new StringBuilder(512);
    text.append(method).append(' ').append(uri).append(" SIP/2.0\r\n");
    text.append("Via: SIP/2.0/UDP ").append(me.hostPort()).append(";rport;branch=").append(branch);
    text.append("\r\nMax-Forwards: 70\r\n");
    for (final String route : routes) {
      text.append("Route: ").append(route).append("\r\n");
    }
    text.append("From: <").append(me.uri()).append(">;tag=").append(localTag);
    text.append("\r\nTo: ").append(to).append("\r\nCall-ID: ").append(callId);
    text.append("\r\nCSeq: ").append(sequence).append(' ').append(method).append("\r\n");
    return text.toString();
  }

  /** Where a request of the dialog goes: its first route or its target, if they name an address. */
  private InetSocketAddress nextHop() {
    final String uri = routes.isEmpty() ? remoteTarget : SipMessage.uri(routes.get(0));
    final InetSocketAddress named = PhoneAddress.named(uri);
    return named == null ? server : named;
  }

  private String branch() {
    return "z9hG4bK" + token();
  }

  private String token() {
    return Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
  }
}
