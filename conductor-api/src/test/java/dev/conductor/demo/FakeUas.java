package dev.conductor.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The far end of a phone, played by the test line by line: nothing answers by itself. */
final class FakeUas implements AutoCloseable {
  private static final int WAIT_MS = 5_000;
  private static final String TAG = "uas-tag";

  private final java.net.DatagramSocket socket;
  private final Set<String> seen = new HashSet<>();
  private InetSocketAddress peer;

  FakeUas() {
    try {
      socket = new java.net.DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (final SocketException noSocket) {
      throw new UncheckedIOException(noSocket);
    }
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  String contact() {
    return "sip:uas@127.0.0.1:" + address().getPort();
  }

  /** The next message, which must begin like this; repetitions are passed over. */
  String expect(final String start) {
    return expectAfter(start);
  }

  /** The same, past repetitions of these too: a slow test is sent them again. */
  String expectAfter(final String start, final String... earlier) {
    String message = receive(WAIT_MS);
    while (message != null
        && (List.of(earlier).contains(message) || isRepetition(message, start))) {
      message = receive(WAIT_MS);
    }
    if (message == null || !message.startsWith(start)) {
      throw new AssertionError("expected " + start + ", got " + message);
    }
    seen.add(message);
    return message;
  }

  /**
   * A request that was there before: it comes again when its answer takes longer than T1. Not an
   * ACK or an answer that is waited for: these come again with what they belong to.
   */
  private boolean isRepetition(final String message, final String start) {
    final boolean follows = message.startsWith("ACK") || message.startsWith("SIP/2.0");
    return seen.contains(message) && !(follows && message.startsWith(start));
  }

  /** Nothing comes in this time but repetitions of what has come before. */
  void expectNothingNew(final int waitMs) {
    String message = receive(waitMs);
    while (message != null && seen.contains(message)) {
      message = receive(waitMs);
    }
    if (message != null) {
      throw new AssertionError("expected nothing, got " + message);
    }
  }

  /** The next message within this time, null if there is none. */
  String receive(final int waitMs) {
    final DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    try {
      socket.setSoTimeout(waitMs);
      socket.receive(packet);
    } catch (final SocketTimeoutException nothing) {
      return null;
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
    peer = (InetSocketAddress) packet.getSocketAddress();
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  void send(final String message) {
    final byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, peer));
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Answers; {@code more} are further header lines, each ended. */
  String answer(final String request, final String line, final String more, final String sdp) {
    final String to = header(request, "To");
    final String answer =
        "SIP/2.0 "
            + line
            + "\r\nVia: "
            + header(request, "Via")
            + "\r\nFrom: "
            + header(request, "From")
            + "\r\nTo: "
            + (to.contains("tag=") || line.startsWith("100") ? to : to + ";tag=" + TAG)
            + "\r\nCall-ID: "
            + header(request, "Call-ID")
            + "\r\nCSeq: "
            + header(request, "CSeq")
            + "\r\n"
            + more
            + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + sdp.length()
            + "\r\n\r\n"
            + sdp;
    send(answer);
    return answer;
  }

  /** Lets every phone hang up, so that closing the pool need not wait for answers. */
  void farewell(final PhonePool pool) {
    pool.phones().forEach(SimPhone::hangUp);
    final long endNs = System.nanoTime() + 2_000_000_000L;
    while (System.nanoTime() - endNs < 0
        && !pool.phones().stream().allMatch(phone -> phone.state() == PhoneState.OVER)) {
      final String message = receive(50);
      if (message != null && message.matches("(?s)(BYE|CANCEL) .*")) {
        answer(message, "200 OK", "", "");
      } else if (message != null && message.startsWith("INVITE ")) {
        answer(message, "487 Request Terminated", "", "");
      }
    }
  }

  /** Answers 200 with a contact and this description. */
  String accept(final String invite, final String sdp) {
    return answer(invite, "200 OK", "Contact: <" + contact() + ">\r\n", sdp);
  }

  /** A request of ours in the dialog of this INVITE. */
  String request(final String invite, final String method, final int sequence) {
    final String contact = header(invite, "Contact").replaceAll("[<>]", "");
    return method
        + " "
        + contact
        + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
        + address().getPort()
        + ";rport;branch=z9hG4bKuas"
        + method
        + sequence
        + "\r\nMax-Forwards: 70\r\nFrom: "
        + header(invite, "To")
        + ";tag="
        + TAG
        + "\r\nTo: "
        + header(invite, "From")
        + "\r\nCall-ID: "
        + header(invite, "Call-ID")
        + "\r\nCSeq: "
        + sequence
        + " "
        + method
        + "\r\nContact: <"
        + contact()
        + ">\r\nContent-Length: 0\r\n\r\n";
  }

  /** A description of a far end that receives at this port. */
  static String sdp(final int port, final String formats, final String direction) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio "
        + port
        + " RTP/AVP "
        + formats
        + "\r\n"
        + (formats.contains("101") ? "a=rtpmap:101 telephone-event/8000\r\n" : "")
        + "a="
        + direction
        + "\r\n";
  }

  /** The first value of a header field. */
  static String header(final String message, final String name) {
    return find(message, "(?mi)^" + name + ":[ \\t]*(.*)$");
  }

  /** The branch of the topmost Via. */
  static String branch(final String message) {
    return find(header(message, "Via"), "branch=([^;]+)");
  }

  /** The first group of a pattern in a text, empty if it does not match. */
  static String find(final String text, final String pattern) {
    final Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public void close() {
    socket.close();
  }
}
