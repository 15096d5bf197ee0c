package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Customer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Numbers called into the call over real SIP: phones as the far end of a trunk. */
class PlaceCallOnServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TONE_HZ = 850;

  /** Far above the rest of speech and prompts in that one frequency, far below the tone. */
  private static final double HEARD = 800;

  private static PhonePool pool;
  private static RunningServer server;
  private static SimPhone host;

  @BeforeAll
  static void start() throws Exception {
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    server =
        RunningServer.start(
            Map.of(
                "sip.country-code", "1",
                "outbound.allowed-prefixes", "+1555",
                "outbound.confirm-ms", "8000"),
            List.of(mayCall()),
            Map.of(),
            "sip:\n  trunks:\n    - name: carrier\n      addresses: [127.0.0.1/32]\n"
                + "      proxies: ['127.0.0.1:"
                + pool.localAddress().getPort()
                + "']\n      routes: ['* strip=1']\n");
    host = pool.phone("201");
    // A trunk dials the PIN with the number: nothing is keyed.
    assertThat(host.dial(server.sip(), "5550100*" + DemoConference.HOST_PIN))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    await().atMost(PATIENCE).until(() -> !server.api().callerByNumber("201").isMissingNode());
  }

  @AfterAll
  static void stop() {
    pool.close();
    server.close();
  }

  /** The demo, whose customer and conference may have numbers called. */
  static ConferenceSeed mayCall() {
    final ConferenceSeed demo = DemoConference.seed();
    final Customer of = demo.customer();
    final Conference.Defaults defaults = demo.conference().defaults();
    return new ConferenceSeed(
        demo.conference()
            .withDefaults(
                new Conference.Defaults(
                    defaults.settings(), defaults.greenroom(), false, false, true)),
        new Customer(
            of.uid(),
            of.name(),
            of.status(),
            of.did(),
            of.zoneId(),
            of.recording(),
            of.greenroom(),
            of.backgroundMusic(),
            true,
            of.contactEmails(),
            of.custom(),
            of.keyHash(),
            of.page()),
        demo.persons());
  }

  private static SimPhone callee(final String number) {
    final SimPhone phone = pool.phone(number);
    phone.play(Tone.keyed(TONE_HZ, 8_000, 4));
    phone.answerCalls();
    return phone;
  }

  @Test
  void shouldHearWhoeverAnswersOnceHeHasPressedTheKey() throws Exception {
    final SimPhone ann = callee("15555550123");
    try (EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place("15555550123");
      tape.placed("15555550123", "DIALING");
      final String uid = tape.placed("15555550123", "ANSWERED").at("/target/UID").asText();
      await().atMost(PATIENCE).until(() -> ann.heardSamples() > 8_000);
      assertThat(host.heard(TONE_HZ, 1_000)).isLessThan(HEARD);

      assertThat(ann.keys("1")).succeedsWithin(PATIENCE);

      final JsonNode joined =
          tape.await("CALL", "NEWCALLER", event -> event.at("/target/UID").asText().equals(uid));
      assertThat(joined.at("/target/tag").asText()).isEqualTo("Ann");
      assertThat(joined.at("/target/role").asText()).isEqualTo("PARTICIPANT");
      await().atMost(PATIENCE).until(() -> host.heard(TONE_HZ, 1_000) > HEARD);
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      await().atMost(PATIENCE).until(() -> ann.state() == PhoneState.OVER);
      await().atMost(PATIENCE).until(() -> host.heard(TONE_HZ, 1_000) < HEARD);
    }
  }

  @Test
  void shouldNeverHearAVoicemail() throws Exception {
    final SimPhone voicemail = callee("15555550124");
    try (EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place("15555550124");
      tape.placed("15555550124", "ANSWERED");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(host.heard(TONE_HZ, 1_000)).isLessThan(HEARD);
                return voicemail.state() == PhoneState.OVER;
              });
      tape.placed("15555550124", "UNCONFIRMED");
      assertThat(server.api().callerByNumber("15555550124").isMissingNode()).isTrue();
    }
  }

  @Test
  void shouldTellThatTheNumberIsNotTaken() throws Exception {
    try (EventTape tape = EventTape.open(server.api(), "")) {
      server.api().place("15555550125");
      assertThat(tape.placed("15555550125", "REJECTED").at("/target/sipStatus").asInt())
          .isEqualTo(481);
    }
  }
}
