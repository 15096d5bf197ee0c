package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SIPp as the far end of a trunk: numbers that are called through it, and its own calls. */
class TrunkSippTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int RING_MS = 8_000;
  private static final String STRANGER = "127.0.0.77";

  private static PhonePool pool;
  private static RunningServer server;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    port = SippPeer.freePort("127.0.0.1");
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    server = server(port, "");
    final SimPhone host = pool.phone("201");
    assertThat(host.dial(server.sip(), "5550100*" + DemoConference.HOST_PIN))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    await().atMost(PATIENCE).until(() -> !server.api().callerByNumber("201").isMissingNode());
    await().atMost(PATIENCE).until(() -> server.api().metric("conductor_sip_trunks_up") == 1);
  }

  /** A server with a trunk there; {@code more} is what else is said of the trunk. */
  private static RunningServer server(final int trunkPort, final String more) throws Exception {
    return RunningServer.start(
        Map.of(
            "sip.country-code", "1",
            "sip.allowed-networks", "127.0.0.1/32",
            "outbound.allowed-prefixes", "+1555",
            "outbound.ring-ms", Integer.toString(RING_MS)),
        List.of(PlaceCallOnServerTest.mayCall()),
        Map.of(),
        "sip:\n  trunks:\n    - name: carrier\n      addresses: [127.0.0.1/32]\n"
            + "      proxies: ['127.0.0.1:"
            + trunkPort
            + "']\n      options-seconds: 0\n      user: us\n      password: sesame\n"
            + "      realm: carrier\n      routes: ['* strip=1']\n"
            + more);
  }

  @AfterAll
  static void stop() {
    pool.close();
    server.close();
  }

  /** He joins by the key; the challenge of our BYE is not answered. */
  @Test
  void shouldJoinByTheKeyAndAnswerNoChallengeOfABye() throws Exception {
    final String number = "15555550131";
    try (SippPeer callee = SippPeer.listen("callee-answers", port, Map.of());
        EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place(number);
      tape.placed(number, "RINGING");
      final String uid = tape.placed(number, "ANSWERED").at("/target/UID").asText();
      tape.await("CALL", "NEWCALLER", event -> event.at("/target/UID").asText().equals(uid));
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      callee.assertPassed();
    }
  }

  @Test
  void shouldTellThatTheNumberIsBusy() throws Exception {
    final String number = "15555550132";
    try (SippPeer callee = SippPeer.listen("callee-busy", port, Map.of("PROFILE", "RTP/AVP"));
        EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place(number);
      assertThat(tape.placed(number, "BUSY").at("/target/sipStatus").asInt()).isEqualTo(486);
      callee.assertPassed();
    }
  }

  /** Sound to and from this trunk is protected, from others it need not be. */
  @Test
  void shouldProtectTheSoundOfATrunkThatWantsIt() throws Exception {
    final String number = "15555550139";
    final int own = SippPeer.freePort("127.0.0.1");
    try (SippPeer callee = SippPeer.listen("callee-busy", own, Map.of("PROFILE", "RTP/SAVP"));
        RunningServer wary = server(own, "      srtp: required\n");
        PhonePool others = PhonePool.start(InetAddress.getByName(STRANGER))) {
      assertThat(pool.phone("202").dial(wary.sip(), DemoConference.DID))
          .succeedsWithin(PATIENCE)
          .isEqualTo(488);
      final SimPhone host = others.phone("203");
      assertThat(host.dial(wary.sip(), DemoConference.DID)).succeedsWithin(PATIENCE).isEqualTo(200);
      host.keys(DemoConference.HOST_PIN + "#");
      await().atMost(PATIENCE).until(() -> wary.api().activeCallers() == 1);
      try (EventTape tape = EventTape.open(wary.api(), "")) {
        wary.api().place(number);
        tape.placed(number, "BUSY");
      }
      callee.assertPassed();
    }
  }

  @Test
  void shouldCancelWhenNobodyAnswersInTime() throws Exception {
    final String number = "15555550133";
    try (SippPeer callee = SippPeer.listen("callee-rings", port, Map.of());
        EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place(number);
      tape.placed(number, "RINGING");
      assertThat(
              tape.placed(number, "NOANSWER", PATIENCE.plusMillis(RING_MS))
                  .at("/target/reason")
                  .asText())
          .contains("8 s");
      callee.assertPassed();
    }
  }

  /** SIPp judges the proof of a 401; it only looks whether there is one for a 407. */
  @ParameterizedTest
  @CsvSource({
    "15555550134, 401 Unauthorized, WWW-Authenticate, Authorization, BUSY",
    "15555550135, 407 Proxy Authentication Required, Proxy-Authenticate, Proxy-Authorization, ''"
  })
  void shouldProveItselfToTheTrunk(
      final String number,
      final String status,
      final String challenge,
      final String proof,
      final String end)
      throws Exception {
    final Map<String, String> words =
        Map.of("STATUS", status, "CHALLENGE", challenge, "PROOF", proof);
    try (SippPeer callee = SippPeer.listen("callee-challenges", port, words);
        EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place(number);
      if (!end.isEmpty()) {
        tape.placed(number, end);
      }
      callee.assertPassed();
    }
  }

  @Test
  void shouldRegisterRefreshAndWaitBeforeItTriesAgain() throws Exception {
    final int registrar = SippPeer.freePort("127.0.0.1");
    try (SippPeer sipp = SippPeer.listen("registrar", registrar, Map.of());
        RunningServer registered =
            RunningServer.start(
                Map.of(),
                List.of(DemoConference.seed()),
                Map.of(),
                "sip:\n  trunks:\n    - name: carrier\n      proxies: ['127.0.0.1:"
                    + registrar
                    + "']\n      options-seconds: 0\n      user: us\n      password: sesame\n"
                    + "      realm: carrier\n      register: true\n      register-seconds: 60\n")) {
      sipp.assertPassed();
      final Api api = registered.api();
      await().atMost(PATIENCE).until(() -> api.metric("conductor_sip_trunks_up") == 1);
      assertThat(api.metric("conductor_sip_register_failures_total")).isPositive();
    }
  }

  @Test
  void shouldTakeThePinThatATrunkDialsAndNobodyElses() throws Exception {
    final String direct = "15550100*" + DemoConference.participantPins().get(3);
    try (SippPeer stranger =
        SippPeer.call("direct-entry-refused", STRANGER, server.sip(), direct, "u1", Map.of())) {
      stranger.assertPassed();
    }
    try (SippPeer caller =
        SippPeer.call("direct-entry", "127.0.0.1", server.sip(), direct, "u1", Map.of())) {
      final String ani = "+15551234567";
      caller.awaitWhilePlaying(() -> !server.api().callerByNumber(ani).isMissingNode());
      final String uid = server.api().callerByNumber(ani).path("UID").asText();
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      caller.assertPassed();
    }
  }
}
