package dev.conductor.demo;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/**
 * How a phone answers requests of the far end (RFC 3261, section 8.2): the answer of the last one
 * is kept for its repetitions. The pool's thread only.
 */
final class PhoneAnswers {
  /** What a phone says it understands. */
  static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

  /** Requests of a call that are taken and change nothing. */
  static final Set<String> TAKEN = Set.of("OPTIONS", "INFO", "UPDATE");

  private final PhoneAddress me;
  private final Wire wire;
  private String lastKey = "";
  private String lastAnswer = "";
  private InetSocketAddress lastTo;
  private long lastSequence = -1;

  PhoneAnswers(final PhoneAddress me, final Wire wire) {
    this.me = me;
    this.wire = wire;
  }

  /** Answers a repeated request as before; false when it is a new one. */
  boolean repeat(final SipMessage request) {
    if (!key(request).equals(lastKey)) {
      return false;
    }
    wire.send(lastAnswer, lastTo);
    return true;
  }

  /** Whether its CSeq is not above the last one (section 12.2.2). */
  boolean isOutOfOrder(final SipMessage request) {
    return request.sequenceNumber() <= lastSequence;
  }

  /**
   * Answers a request.
   *
   * @param tag ours, put into To if there is none
   * @param line status and reason
   * @param sdp empty for no body
   */
  void answer(
      final SipMessage request,
      final InetSocketAddress from,
      final String tag,
      final String line,
      final String sdp) {
    final StringBuilder text = new StringBuilder(512).append("SIP/2.0 ").append(line);
    final List<String> vias = request.headers("via");
    for (int i = 0; i < vias.size(); i++) {
      text.append("\r\nVia: ").append(i == 0 ? seenFrom(vias.get(0), from) : vias.get(i));
    }
    for (final String route : request.headers("record-route")) {
      text.append("\r\nRecord-Route: ").append(route);
    }
    final String to = request.header("to");
    final boolean tagged = !SipMessage.parameter(to, "tag").isEmpty();
    text.append("\r\nFrom: ").append(request.header("from"));
    text.append("\r\nTo: ").append(tagged ? to : to + ";tag=" + tag);
    text.append("\r\nCall-ID: ").append(request.callId());
    text.append("\r\nCSeq: ").append(request.header("cseq"));
    text.append("\r\nContact: ").append(me.contact());
    text.append("\r\nAllow: ").append(ALLOW);
    text.append("\r\nAccept: application/sdp\r\n");
    text.append((sdp.isEmpty() ? Content.NONE : Content.sdp(sdp)).text());
    lastKey = key(request);
    lastAnswer = text.toString();
    lastTo = from;
    lastSequence = Math.max(lastSequence, request.sequenceNumber());
    wire.send(lastAnswer, from);
  }

  private static String key(final SipMessage request) {
    return request.branch() + ' ' + request.method() + ' ' + request.sequenceNumber();
  }

  /** RFC 3581: who asks for {@code rport} is told where his request came from. */
  private static String seenFrom(final String via, final InetSocketAddress from) {
    final String host = from.getAddress().getHostAddress();
    return via.replaceFirst(";rport(?=;|$)", ";rport=" + from.getPort() + ";received=" + host);
  }
}
