package dev.conductor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a volley of calls counts, against an answering side in the test's hand. */
class SetUpVolleyTest {
  private static final int CALLS = 20;
  private static final int RATE = 100;
  private static final long TALK_NS = 100_000_000;

  private final AtomicInteger byes = new AtomicInteger();
  private DatagramSocket far;

  @BeforeEach
  void open() throws IOException {
    far = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    final Thread answering = new Thread(this::answer, "far-end");
    answering.setDaemon(true);
    answering.start();
  }

  @AfterEach
  void close() {
    far.close();
  }

  private void answer() {
    final DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
    while (!far.isClosed()) {
      try {
        packet.setLength(65_536);
        far.receive(packet);
        final SipText request = SipText.of(packet.getData(), packet.getLength());
        final String method = request.method();
        if (method.equals("INVITE")) {
          final boolean busy = request.header("To").contains("busy");
          send(busy ? "486 Busy Here" : "180 Ringing", request, packet);
          if (!busy) {
            send("200 OK", request, packet);
          }
        } else if (method.equals("BYE")) {
          byes.incrementAndGet();
          send("200 OK", request, packet);
        }
      } catch (final IOException closed) {
        return;
      }
    }
  }

  private void send(final String status, final SipText request, final DatagramPacket to)
      throws IOException {
    final String answer =
        "SIP/2.0 "
            + status
            + "\r\n"
            + request.allOf("Via")
            + request.allOf("From")
            + request.allOf("To")
            + request.allOf("Call-ID")
            + request.allOf("CSeq")
            + "Contact: <sip:far@127.0.0.1:"
            + far.getLocalPort()
            + ">\r\nContent-Length: 0\r\n\r\n";
    final byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    far.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
  }

  @Test
  void shouldTellHowManyWereEstablishedAndWhyOthersFailed() throws IOException {
    final SetUpPlan plan =
        new SetUpPlan(
            RATE, 1, 1, 100, 1, 1, SetUpPlan.ANY_CORE, false, InetAddress.getLoopbackAddress());
    final InetSocketAddress server = (InetSocketAddress) far.getLocalSocketAddress();
    try (SetUpVolley volley =
        new SetUpVolley(
            plan,
            server,
            number -> number % 4 == 0 ? "busy" : "free",
            far.getLocalPort(),
            0,
            CALLS,
            TALK_NS)) {
      volley.dial();
      volley.end();
      final SetUpTally tally = volley.tally();
      assertThat(tally.offered()).isEqualTo(CALLS);
      assertThat(tally.established()).isEqualTo(CALLS * 3 / 4);
      assertThat(tally.failed()).isEqualTo(Map.of("486", CALLS / 4));
      assertThat(tally.failures()).isEqualTo(CALLS / 4);
      assertThat(tally.postDial().count()).isEqualTo(CALLS * 3 / 4);
      assertThat(tally.offeredRate()).isPositive().isLessThanOrEqualTo(RATE * 1.01);
      assertThat(byes.get()).isGreaterThanOrEqualTo(CALLS * 3 / 4);
    }
  }

  @Test
  void shouldHoldCallsUntilItIsToldToHangUp() throws IOException {
    final SetUpPlan plan =
        new SetUpPlan(
            RATE, 1, 1, 100, 1, 1, SetUpPlan.ANY_CORE, false, InetAddress.getLoopbackAddress());
    final InetSocketAddress server = (InetSocketAddress) far.getLocalSocketAddress();
    try (SetUpVolley volley =
        new SetUpVolley(
            plan, server, number -> "free", far.getLocalPort(), 0, CALLS, SetUpVolley.UNTIL_TOLD)) {
      volley.dial();
      volley.rest(TALK_NS);
      assertThat(byes.get()).isZero();
      volley.hangUp();
      assertThat(byes.get()).isGreaterThanOrEqualTo(CALLS);
      assertThat(volley.tally().failed()).isEmpty();
    }
  }
}
