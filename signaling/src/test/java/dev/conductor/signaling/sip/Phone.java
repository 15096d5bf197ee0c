package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** A phone that speaks hand-written SIP: one dialog, one wire. Test code, one thread. */
final class Phone implements AutoCloseable {
  static final String ALLOWED = "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO";

  private static final AtomicLong NAMES = new AtomicLong();

  final Wire wire;
  String callId = "call-" + NAMES.incrementAndGet() + "@phone.test";
  final String fromTag = "f" + NAMES.get();
  private final InetSocketAddress server;
  private final List<String> aside = new ArrayList<>();
  private final Repetitions repetitions = new Repetitions();
  String toTag;
  String inviteBranch;
  String dialled = "15550100";
  int sequence;

  /** Address and port that it writes into Via and Contact; null for its own. */
  String shown;

  /** Whether it asks to be answered to the port it sends from (RFC 3581). */
  boolean asksForPort = true;

  Phone(final Wire wire, final InetSocketAddress server) {
    this.wire = wire;
    this.server = server;
  }

  static Phone udp(final SipService service) throws IOException {
    final InetSocketAddress server = service.localAddresses().get(0);
    return new Phone(Wire.udp(server), server);
  }

  static Phone tcp(final SipService service) throws IOException {
    final InetSocketAddress server = service.localAddresses().get(0);
    return new Phone(Wire.tcp(server), server);
  }

  static Phone over(final String transport, final SipService service) throws IOException {
    return transport.equals("udp") ? udp(service) : tcp(service);
  }

  String where() {
    return shown != null
        ? shown
        : Addresses.inUri(wire.local().getAddress()) + ":" + wire.local().getPort();
  }

  String uri() {
    return "sip:" + dialled + "@" + Addresses.inUri(server.getAddress()) + ":" + server.getPort();
  }

  static String newBranch() {
    return "z9hG4bK-" + NAMES.incrementAndGet();
  }

  /** A request; {@code extra} is whole header lines, each with its end. */
  String request(
      final String method,
      final String branch,
      final int cseq,
      final String extra,
      final String type,
      final String body) {
    return method
        + " "
        + uri()
        + " SIP/2.0\r\nVia: SIP/2.0/"
        + wire.transport()
        + " "
        + where()
        + (asksForPort ? ";rport" : "")
        + ";branch="
        + branch
        + "\r\nMax-Forwards: 70\r\nFrom: \"Ann\" <sip:+15551234567@phone.test>;tag="
        + fromTag
        + "\r\nTo: <"
        + uri()
        + ">"
        + (toTag == null ? "" : ";tag=" + toTag)
        + "\r\nCall-ID: "
        + callId
        + "\r\nCSeq: "
        + cseq
        + " "
        + method
        + "\r\nContact: <sip:ann@"
        + where()
        + ";transport="
        + wire.transport().toLowerCase(Locale.ROOT)
        + ">\r\n"
        + extra
        + (body.isEmpty() ? "" : "Content-Type: " + type + "\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  static String sdp(final String address, final int port, final String attributes) {
    return "v=0\r\no=ann 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN "
        + (address.indexOf(':') < 0 ? "IP4 " : "IP6 ")
        + address
        + "\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"
        + attributes;
  }

  String invite(final String extra, final String body) {
    inviteBranch = newBranch();
    return request("INVITE", inviteBranch, ++sequence, extra, "application/sdp", body);
  }

  void sendInvite(final String body) throws IOException {
    wire.send(invite("", body));
  }

  void ack(final String body) throws IOException {
    wire.send(request("ACK", newBranch(), sequence, "", "application/sdp", body));
  }

  /** The ACK to a refusal: the INVITE's own branch (RFC 3261, section 17.1.1.3). */
  void ackRefusal() throws IOException {
    wire.send(request("ACK", inviteBranch, sequence, "", "", ""));
  }

  /** Sends a request within the dialog and gives its final answer. */
  String ask(final String method, final String type, final String body) throws IOException {
    wire.send(request(method, newBranch(), ++sequence, "", type, body));
    return answerTo(method);
  }

  /** The next final response to this method; what comes between is kept. */
  String answerTo(final String method) throws IOException {
    return next(
        message -> Text.status(message) >= 200 && Text.header(message, "CSeq").endsWith(method));
  }

  /** The next response of this status that is none of the final ones. */
  String provisional(final int status) throws IOException {
    return next(message -> Text.status(message) == status);
  }

  /** The next request of the server with this method. */
  String requestOf(final String method) throws IOException {
    return next(message -> Text.status(message) < 0 && Text.method(message).equals(method));
  }

  private String next(final Predicate<String> wanted) throws IOException {
    for (final String message : aside) {
      if (wanted.test(message)) {
        aside.remove(message);
        return message;
      }
    }
    final long deadlineNs = System.nanoTime() + Wire.PATIENCE_MS * 1_000_000L;
    while (System.nanoTime() - deadlineNs < 0) {
      final String message = wire.receive(Wire.PATIENCE_MS);
      if (message == null) {
        break;
      }
      if (repetitions.isOne(message)) {
        continue;
      }
      if (wanted.test(message)) {
        return message;
      }
      aside.add(message);
    }
    throw new AssertionError("nothing came; seen: " + aside);
  }

  /** Forgets what came and was not asked for. */
  void forget() {
    aside.clear();
  }

  /** Answers a request of the server. */
  void respond(final String request, final int status) throws IOException {
    respond(request, status, "", "");
  }

  /** Answers it with more header lines, each with its end. */
  void respond(final String request, final int status, final String extra) throws IOException {
    respond(request, status, extra, "");
  }

  /** Answers it with a body too. */
  void respond(final String request, final int status, final String extra, final String body)
      throws IOException {
    wire.send(
        "SIP/2.0 "
            + status
            + " X\r\nVia: "
            + Text.header(request, "Via")
            + "\r\nFrom: "
            + Text.header(request, "From")
            + "\r\nTo: "
            + Text.header(request, "To")
            + "\r\nCall-ID: "
            + Text.header(request, "Call-ID")
            + "\r\nCSeq: "
            + Text.header(request, "CSeq")
            + "\r\n"
            + extra
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  /** INVITE, 200, ACK; gives the 200. */
  String call() throws IOException {
    sendInvite(sdp("127.0.0.1", 40_000, ""));
    final String ok = answerTo("INVITE");
    assertThat(Text.status(ok)).as(ok).isEqualTo(200);
    toTag = Text.tag(Text.header(ok, "To"));
    ack("");
    return ok;
  }

  @Override
  public void close() {
    wire.close();
  }
}
