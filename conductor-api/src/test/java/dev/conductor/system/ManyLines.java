package dev.conductor.system;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Callers by the thousand on one UDP socket: signalling and no sound, since their lines are on hold
 * from the first offer on ({@code a=inactive}). They repeat what is not answered, acknowledge, and
 * answer BYEs. Any thread asks; one of its own receives.
 */
final class ManyLines implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 21;
  private static final int TICK_MS = 50;
  private static final long REPEAT_NS = 2_000_000_000L;
  private static final String PREFIX = "many-";

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final InetSocketAddress server;
  private final IntFunction<String> dialled;
  private final List<Line> lines = new ArrayList<>();
  private final Thread receiver = new Thread(this::receive, "many-lines");

  /** Where a line stands. */
  enum State {
    /** INVITE sent. */
    DIALLING,
    /** Answered and acknowledged. */
    UP,
    /** BYE sent. */
    ENDING,
    /** Its BYE was answered. */
    LEFT,
    /** The server sent BYE. */
    SENT_AWAY,
    /** The server refused the INVITE. */
    REFUSED
  }

  /** One caller's. */
  private static final class Line {
    private final String callId;
    private final String uri;
    private final Set<String> byes = new HashSet<>();
    private State state = State.DIALLING;
    private String to;
    private String target;
    private String unanswered = "";
    private long sentNs;

    private Line(final int number, final String uri) {
      callId = PREFIX + number + "@lines.test";
      this.uri = uri;
      target = uri;
      to = '<' + uri + '>';
    }
  }

  /**
   * Nobody has dialled yet.
   *
   * @param dialled user part of what a line dials, by its number
   */
  ManyLines(final InetSocketAddress server, final IntFunction<String> dialled)
      throws SocketException {
    this.server = server;
    this.dialled = dialled;
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.setSoTimeout(TICK_MS);
    receiver.setDaemon(true);
    receiver.start();
  }

  /** Dials on a new line; answers its number. */
  synchronized int dial() {
    final int number = lines.size();
    final Line line =
        new Line(number, "sip:" + dialled.apply(number) + "@127.0.0.1:" + server.getPort());
    lines.add(line);
    ask(line, request(line, "INVITE", "i", offer()));
    return number;
  }

  /** Hangs up a line that is up. */
  synchronized void hangUp(final int number) {
    final Line line = lines.get(number);
    if (line.state != State.UP) {
      throw new IllegalStateException("line " + number + " is " + line.state);
    }
    line.state = State.ENDING;
    ask(line, request(line, "BYE", "b", ""));
  }

  /** The lines that stand there, in order of dialling. */
  synchronized List<Integer> in(final State state) {
    final List<Integer> numbers = new ArrayList<>();
    for (int number = 0; number < lines.size(); number++) {
      if (lines.get(number).state == state) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  /** How many BYEs the server sent on a line, those sent again not counted. */
  synchronized int byes(final int number) {
    return lines.get(number).byes.size();
  }

  private static String offer() {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + "m=audio 9 RTP/AVP 0\r\na=inactive\r\n";
  }

  private String request(
      final Line line, final String method, final String transaction, final String body) {
    final String where = "127.0.0.1:" + socket.getLocalPort();
    final String self = "sip:+1" + Math.abs(line.callId.hashCode()) + '@' + where;
    return method
        + ' '
        + line.target
        + " SIP/2.0\r\nVia: SIP/2.0/UDP "
        + where
        + ";branch=z9hG4bK"
        + line.callId.substring(0, line.callId.indexOf('@'))
        + transaction
        + "\r\nMax-Forwards: 70\r\nFrom: <"
        + self
        + ">;tag=many\r\nTo: "
        + line.to
        + "\r\nCall-ID: "
        + line.callId
        + "\r\nCSeq: "
        + (method.equals("BYE") ? "2 " : "1 ")
        + method
        + "\r\nContact: <"
        + self
        + ">\r\n"
        + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private void ask(final Line line, final String request) {
    line.unanswered = request;
    line.sentNs = System.nanoTime();
    send(request);
  }

  private void send(final String message) {
    final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, server));
    } catch (final IOException lost) {
      if (!socket.isClosed()) {
        throw new IllegalStateException("the lines are cut", lost);
      }
    }
  }

  private void receive() {
    final DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (!socket.isClosed()) {
      try {
        packet.setLength(65_536);
        socket.receive(packet);
        onMessage(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
      } catch (final SocketTimeoutException nothingCame) {
        repeat();
      } catch (final IOException closed) {
        return;
      }
    }
  }

  private synchronized void repeat() {
    final long nowNs = System.nanoTime();
    for (final Line line : lines) {
      if (!line.unanswered.isEmpty() && nowNs - line.sentNs > REPEAT_NS) {
        line.sentNs = nowNs;
        send(line.unanswered);
      }
    }
  }

  private synchronized void onMessage(final String message) {
    final String callId = headers(message, "Call-ID").trim();
    if (!callId.startsWith("Call-ID: " + PREFIX)) {
      return;
    }
    final int from = "Call-ID: ".length() + PREFIX.length();
    final Line line = lines.get(Integer.parseInt(callId.substring(from, callId.indexOf('@'))));
    if (message.startsWith("SIP/2.0 ")) {
      onResponse(line, Integer.parseInt(message.substring(8, 11)), message);
    } else if (message.startsWith("BYE ")) {
      line.byes.add(headers(message, "Via") + headers(message, "CSeq"));
      line.state = line.state == State.ENDING ? State.LEFT : State.SENT_AWAY;
      line.unanswered = "";
      send(
          "SIP/2.0 200 OK\r\n"
              + headers(message, "Via")
              + headers(message, "From")
              + headers(message, "To")
              + headers(message, "Call-ID")
              + headers(message, "CSeq")
              + "Content-Length: 0\r\n\r\n");
    }
  }

  private void onResponse(final Line line, final int status, final String message) {
    if (status < 200) {
      return;
    }
    final boolean toInvite = headers(message, "CSeq").contains("INVITE");
    if (toInvite && line.state == State.DIALLING) {
      line.to = headers(message, "To").substring("To:".length()).trim();
      line.state = status < 300 ? State.UP : State.REFUSED;
      line.unanswered = "";
      if (status < 300) {
        final String contact = headers(message, "Contact");
        line.target = contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
      }
    } else if (!toInvite && line.state == State.ENDING) {
      line.state = State.LEFT;
      line.unanswered = "";
    }
    if (toInvite) {
      send(request(line, "ACK", status < 300 ? "a" : "i", ""));
    }
  }

  /** The lines of this header, with their ends. */
  private static String headers(final String message, final String name) {
    final StringBuilder found = new StringBuilder();
    final String start = name.toLowerCase(Locale.ROOT) + ':';
    final Predicate<String> wanted = line -> line.toLowerCase(Locale.ROOT).startsWith(start);
    message
        .substring(0, message.indexOf("\r\n\r\n"))
        .lines()
        .filter(wanted)
        .forEach(line -> found.append(line).append("\r\n"));
    return found.toString();
  }

  @Override
  public void close() {
    socket.close();
  }
}
