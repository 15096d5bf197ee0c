package dev.conductor.signaling.sip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** The far end of a trunk, over UDP or TCP, written by hand. Test code, one thread. */
final class Carrier implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final CarrierLine line;
  private final List<String> aside = new ArrayList<>();
  private final Repetitions repetitions = new Repetitions();

  Carrier() throws IOException {
    this(CarrierLine.udp());
  }

  private Carrier(final CarrierLine line) {
    this.line = line;
  }

  static Carrier overTcp() throws IOException {
    return new Carrier(CarrierLine.tcp());
  }

  String where() {
    return "127.0.0.1:" + line.port();
  }

  /** What ends the URI of its Contact. */
  private String contact() {
    return where() + ";transport=" + line.transport();
  }

  /** The next request with this method; OPTIONS are answered along the way. */
  String next(final String method) throws IOException {
    return next(
        message -> Text.status(message) < 0 && Text.method(message).equals(method), PATIENCE_MS);
  }

  /** The next answer to a request of ours. */
  String answer() throws IOException {
    return next(message -> Text.status(message) >= 200, PATIENCE_MS);
  }

  /** Whether such a request comes within this time. */
  boolean comes(final String method, final int withinMs) throws IOException {
    return next(
            message -> Text.status(message) < 0 && Text.method(message).equals(method), withinMs)
        != null;
  }

  private String next(final Predicate<String> wanted, final int patienceMs) throws IOException {
    for (final String message : aside) {
      if (wanted.test(message)) {
        aside.remove(message);
        return message;
      }
    }
    final long deadlineNs = System.nanoTime() + patienceMs * 1_000_000L;
    while (System.nanoTime() - deadlineNs < 0) {
      final String message =
          line.receive(Math.max(1, (int) ((deadlineNs - System.nanoTime()) / 1_000_000L)));
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
    if (patienceMs == PATIENCE_MS) {
      throw new AssertionError("nothing came; seen: " + aside);
    }
    return null;
  }

  /** Answers; {@code extra} is whole header lines. */
  void respond(
      final String request,
      final String status,
      final String tag,
      final String extra,
      final String body)
      throws IOException {
    final String to = Text.header(request, "To");
    send(
        "SIP/2.0 "
            + status
            + "\r\nVia: "
            + Text.header(request, "Via")
            + "\r\nFrom: "
            + Text.header(request, "From")
            + "\r\nTo: "
            + (to.contains("tag=") || tag.isEmpty() ? to : to + ";tag=" + tag)
            + "\r\nCall-ID: "
            + Text.header(request, "Call-ID")
            + "\r\nCSeq: "
            + Text.header(request, "CSeq")
            + "\r\nContact: <sip:"
            + contact()
            + ">\r\n"
            + extra
            + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  void respond(final String request, final String status) throws IOException {
    respond(request, status, "c1", "", "");
  }

  void answer(final String invite, final String tag) throws IOException {
    respond(invite, "200 OK", tag, "", Phone.sdp("127.0.0.1", 40_000, ""));
  }

  /** A request of ours within the dialog an INVITE of theirs made. */
  void ask(final String invite, final String tag, final String method, final String body)
      throws IOException {
    send(
        method
            + " "
            + Text.header(invite, "Contact").replaceAll("[<>]", "")
            + " SIP/2.0\r\nVia: SIP/2.0/"
            + line.transport().toUpperCase(Locale.ROOT)
            + " "
            + where()
            + ";rport;branch="
            + Phone.newBranch()
            + "\r\nMax-Forwards: 70\r\nFrom: "
            + Text.header(invite, "To")
            + ";tag="
            + tag
            + "\r\nTo: "
            + Text.header(invite, "From")
            + "\r\nCall-ID: "
            + Text.header(invite, "Call-ID")
            + "\r\nCSeq: 1 "
            + method
            + "\r\nContact: <sip:"
            + contact()
            + ">\r\n"
            + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private void send(final String message) throws IOException {
    line.send(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    line.close();
  }
}
