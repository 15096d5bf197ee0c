package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.Received;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voices;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty callers hear each other while strangers of two hundred addresses pour in requests of one
 * method after the other: nothing is lost of their sound, and what is kept of the flood is bounded.
 * Each lasts {@code conductor.flood-seconds}, five unless told.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloodTest {
  private static final int SECONDS = Integer.getInteger("conductor.flood-seconds", 5);
  private static final int BYSTANDERS = 50;
  private static final int SOURCES = 200;
  private static final int PACKETS_A_SECOND = 2_000;
  private static final int PER_SECOND = 50;
  private static final int BURST = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<DatagramSocket> strangers = new ArrayList<>();
  private final List<SimPhone> phones = new ArrayList<>();
  private RunningServer server;
  private PhonePool pool;
  private DatagramSocket victim;
  private int sent;

  @BeforeAll
  void start() throws Exception {
    server =
        RunningServer.start(
            Map.of(
                "sip.allowed-networks",
                "127.0.0.1/32",
                "sip.unknown-requests-per-second",
                Integer.toString(PER_SECOND),
                "sip.unknown-request-burst",
                Integer.toString(BURST),
                "sip.max-dialogs-per-unknown-address",
                "3"));
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    victim = new DatagramSocket(0, InetAddress.getByName("127.0.0.99"));
    for (int i = 0; i < SOURCES; i++) {
      strangers.add(new DatagramSocket(0, InetAddress.getByName("127.0.1." + (i + 1))));
    }
    final List<String> pins = DemoConference.participantPins();
    for (int i = 0; i < BYSTANDERS; i++) {
      phones.add(dial("30" + i, pins.get(i % pins.size())));
    }
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == BYSTANDERS);
  }

  private SimPhone dial(final String user, final String pin) {
    final SimPhone phone = pool.phone(user);
    phone.play(Voices.tone(phones.size() % BYSTANDERS, BYSTANDERS, 240));
    phone.dial(server.sip(), DemoConference.DID).thenRun(() -> phone.keys(pin));
    return phone;
  }

  @AfterAll
  void stop() {
    pool.close();
    server.close();
    strangers.forEach(DatagramSocket::close);
    victim.close();
  }

  /** {@code DRIBBLE} is half a message, {@code NOISE} none at all. */
  @ParameterizedTest
  @ValueSource(strings = {"INVITE", "OPTIONS", "REGISTER", "ACK BYE CANCEL INFO", "DRIBBLE NOISE"})
  void shouldLoseNothingOfTheBystandersSound(final String methods) throws Exception {
    final Received before = received();
    final long beganNs = System.nanoTime();
    flood(methods.split(" "), SECONDS / 2.0);
    final SimPhone late = dial("31" + methods.length(), DemoConference.participantPins().get(0));
    flood(methods.split(" "), SECONDS / 2.0);
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == BYSTANDERS + 1);
    final Received after = received();
    final double seconds = (System.nanoTime() - beganNs) / 1e9;

    assertThat(after.gaps()).as("packets missing").isEqualTo(before.gaps());
    assertThat(after.packets() - before.packets()).isGreaterThan(BYSTANDERS * 10L * SECONDS);
    assertThat(server.api().metric("conductor_sip_transactions"))
        .as("transactions kept, where %d requests came", sent)
        .isLessThan(BURST + PER_SECOND * Math.max(40, 2 * seconds) + 5 * BYSTANDERS);
    assertThat(server.api().metric("conductor_sip_sources")).isBetween(1.0, SOURCES + 2.0);
    assertThat(server.api().metric("conductor_sip_unexpected_total")).isZero();
    assertThat(server.api().metric("conductor_sip_guard_drops_total")).isPositive();
    late.hangUp().get(60, TimeUnit.SECONDS);
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == BYSTANDERS);
  }

  @Test
  void shouldTurnNoSoundOnWhomAForgedInviteNames() throws Exception {
    flood(new String[] {"INVITE"}, 1);
    await().atMost(PATIENCE).until(() -> server.api().metric("conductor_sip_dialogs") > BYSTANDERS);
    victim.setSoTimeout(2_000);
    try {
      victim.receive(new DatagramPacket(new byte[2_000], 2_000));
      assertThat(victim).as("got a packet nobody there asked for").isNull();
    } catch (final SocketTimeoutException nothingCame) {
      assertThat(server.api().metric("conductor_sip_dialogs")).isGreaterThan(BYSTANDERS);
    }
  }

  private Received received() {
    return phones.stream().map(SimPhone::received).reduce(Received.NOTHING, Received::plus);
  }

  /** As fast as is said, from one address after the other. */
  private void flood(final String[] methods, final double seconds) throws IOException {
    final long beganNs = System.nanoTime();
    final int packets = (int) (seconds * PACKETS_A_SECOND);
    for (int i = 0; i < packets; i++) {
      final byte[] bytes = message(methods[i % methods.length]).getBytes(StandardCharsets.UTF_8);
      strangers.get(i % SOURCES).send(new DatagramPacket(bytes, bytes.length, server.sip()));
      sent++;
      final long dueNs = beganNs + i * 1_000_000_000L / PACKETS_A_SECOND;
      while (dueNs - System.nanoTime() > 500_000) {
        LockSupport.parkNanos(500_000);
      }
    }
  }

  private String message(final String method) {
    if (method.equals("NOISE")) {
      return "\u0000\u0001 no message " + sent;
    }
    final InetSocketAddress from =
        (InetSocketAddress) strangers.get(sent % SOURCES).getLocalSocketAddress();
    final String where = from.getAddress().getHostAddress() + ":" + from.getPort();
    final String sdp =
        "v=0\r\no=- 1 1 IN IP4 127.0.0.99\r\ns=-\r\nc=IN IP4 127.0.0.99\r\nt=0 0\r\nm=audio "
            + victim.getLocalPort()
            + " RTP/AVP 0\r\n";
    final String body = method.equals("INVITE") ? sdp : "";
    final String text =
        (method.equals("DRIBBLE") ? "OPTIONS" : method)
            + " sip:"
            + DemoConference.DID
            + "@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP "
            + where
            + ";branch=z9hG4bKflood"
            + sent
            + "\r\nMax-Forwards: 70\r\nFrom: <sip:x@flood.test>;tag=f"
            + sent
            + "\r\nTo: <sip:y@flood.test>\r\nCall-ID: flood"
            + sent
            + "\r\nCSeq: 1 "
            + method
            + "\r\nContact: <sip:x@"
            + where
            + ">\r\n"
            + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    return method.equals("DRIBBLE") ? text.substring(0, text.length() / 2) : text;
  }
}
