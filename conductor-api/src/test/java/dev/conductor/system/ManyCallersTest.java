package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.Received;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Custom;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand callers go at once, others come and go by the hundred a second, all by direct entry
 * from a trunk: nothing of them stays, and two who talk in another conference notice nothing.
 */
@Timeout(180)
class ManyCallersTest {
  private static final int CALLERS = 1_000;
  private static final int AT_ONCE = 100;
  private static final int STEPS = 500;
  private static final long STEP_NS = 10_000_000;
  private static final int BYSTANDERS = 2;
  private static final String OTHER_DID = "+15550199";
  private static final int TONE_HZ = 850;
  private static final double HEARD = 800;
  private static final int WINDOW_MS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Ports of their own: two for each of the thousand, two JVMs side by side. */
  private static final int FIRST_PORT = 10_000 + 3_000 * (Integer.getInteger("test.fork", 1) % 2);

  private static final int LAST_PORT = FIRST_PORT + 2_999;

  private RunningServer server;
  private PhonePool pool;
  private ManyLines lines;
  private SimPhone talker;
  private SimPhone listener;

  @BeforeEach
  void start() throws Exception {
    server =
        RunningServer.start(
            Map.of(
                "rtp.first-port", Integer.toString(FIRST_PORT),
                "rtp.last-port", Integer.toString(LAST_PORT)),
            List.of(DemoConference.seed(), other()),
            Map.of(),
            "sip:\n  trunks:\n    - name: carrier\n      addresses: [127.0.0.1/32]\n");
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    final List<String> pins = DemoConference.participantPins();
    lines =
        new ManyLines(
            server.sip(), number -> DemoConference.DID + '*' + pins.get(number % pins.size()));
    talker = pool.phone("201");
    talker.play(Tone.keyed(TONE_HZ, 8_000, 4));
    listener = pool.phone("202");
    for (final SimPhone phone : List.of(talker, listener)) {
      assertThat(phone.dial(server.sip(), OTHER_DID + "*300001"))
          .succeedsWithin(PATIENCE)
          .isEqualTo(200);
    }
    await().atMost(PATIENCE).until(this::isHeard);
  }

  private static ConferenceSeed other() {
    final ConferenceSeed demo = DemoConference.seed();
    final Conference like = demo.conference();
    final Conference conference =
        new Conference(
            "OTHER",
            like.customerUid(),
            "Other",
            OTHER_DID,
            List.of(),
            "token",
            like.zoneId(),
            like.status(),
            like.defaults(),
            like.texts(),
            List.of(),
            List.of(),
            "",
            Booking.NONE);
    final Person person =
        new Person(
            "OTHER00000300001",
            "OTHER",
            "Bystander",
            "",
            "300001",
            Role.PARTICIPANT,
            "",
            "",
            "",
            "",
            List.of(),
            Custom.none(),
            "");
    return new ConferenceSeed(conference, demo.customer(), List.of(person));
  }

  private boolean isHeard() {
    return listener.heard(TONE_HZ, WINDOW_MS) > HEARD;
  }

  @AfterEach
  void stop() {
    lines.close();
    pool.close();
    server.close();
  }

  @Test
  void shouldSendEachOfAThousandOneByeWhenTheirCallIsClosed() {
    fill();
    final List<Integer> there = lines.in(ManyLines.State.UP);
    final String callUid = server.api().read("getCall").path("UID").asText();
    final Received before = listener.received();

    assertThat(server.api().command("closeCall")).isEqualTo("TRUE");
    await().atMost(PATIENCE).until(() -> lines.in(ManyLines.State.UP).isEmpty());
    awaitRest();

    assertThat(lines.in(ManyLines.State.SENT_AWAY)).containsAll(there);
    assertThat(there).hasSize(CALLERS).allMatch(number -> lines.byes(number) == 1);
    final JsonNode record =
        await()
            .atMost(PATIENCE)
            .until(
                () -> server.api().read("getCallData", "callUID", callUid),
                data -> data.at("/call/status").asText().equals("CLOSED"));
    assertThat(record.path("caller")).hasSize(CALLERS);
    assertThat(record.path("caller"))
        .allMatch(caller -> caller.path("reason").asText().equals("CLOSED"))
        .noneMatch(caller -> caller.path("active").asBoolean());
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(metric("sip_transactions")).as("transactions").isZero());
    assertNothingMissed(before);
  }

  @Test
  void shouldBeAtRestAgainAfterAStormOfJoinsAndLeaves() {
    final long seed = System.nanoTime();
    System.out.println("seed of the storm: " + seed);
    final Random random = new Random(seed);
    final Received before = listener.received();
    final long beganNs = System.nanoTime();
    for (int step = 0; step < STEPS; step++) {
      final List<Integer> up = lines.in(ManyLines.State.UP);
      if (up.isEmpty() || random.nextBoolean()) {
        lines.dial();
      } else {
        lines.hangUp(up.get(random.nextInt(up.size())));
      }
      while (beganNs + (step + 1) * STEP_NS - System.nanoTime() > 0) {
        LockSupport.parkNanos(STEP_NS / 10);
      }
    }
    await().atMost(PATIENCE).until(() -> lines.in(ManyLines.State.DIALLING).isEmpty());
    lines.in(ManyLines.State.UP).forEach(lines::hangUp);
    await().atMost(PATIENCE).until(() -> lines.in(ManyLines.State.ENDING).isEmpty());
    awaitRest();

    final int left = lines.in(ManyLines.State.LEFT).size();
    assertThat(lines.in(ManyLines.State.REFUSED)).isEmpty();
    assertThat(lines.in(ManyLines.State.SENT_AWAY)).isEmpty();
    assertThat(metric("sip_byes_total")).as("BYEs").isEqualTo(left);
    assertNothingMissed(before);
    // One a BYE is kept for half a minute, should that come again (RFC 3261, section 17.2.2).
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(metric("sip_transactions")).as("transactions").isZero());
  }

  /** Nothing is left of anybody but the bystanders: no dialog, no port, nobody in a call. */
  private void awaitRest() {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(inCall()).as("callers").isZero();
              assertThat(metric("sip_dialogs")).as("dialogs").isEqualTo(BYSTANDERS);
              assertThat(metric("sip_stack_dialogs")).as("its dialogs").isEqualTo(BYSTANDERS);
              assertThat(metric("media_sessions")).as("sessions").isEqualTo(BYSTANDERS);
              assertThat(metric("ports_opened_total") - metric("ports_closed_total"))
                  .as("ports")
                  .isEqualTo(BYSTANDERS);
            });
    assertThat(metric("focus_pin_failures_total")).isZero();
    assertThat(metric("focus_faults_total")).isZero();
    assertThat(metric("focus_signals_lost_total")).isZero();
    assertThat(metric("sip_unexpected_total")).isZero();
  }

  /**
   * Who is sent away while it fills, since a busy disk does not say whose PIN it is, is replaced.
   */
  private void fill() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              final int up = lines.in(ManyLines.State.UP).size();
              int dialling = lines.in(ManyLines.State.DIALLING).size();
              while (up + dialling < CALLERS && dialling < AT_ONCE) {
                lines.dial();
                dialling++;
              }
              return up == CALLERS && inCall() == CALLERS;
            });
  }

  private void assertNothingMissed(final Received before) {
    await().atMost(PATIENCE).until(this::isHeard);
    final Received after = listener.received();
    assertThat(after.packets()).isGreaterThan(before.packets());
    assertThat(after.gaps()).as("packets missing").isEqualTo(before.gaps());
    assertThat(after.foreign()).as("packets of others").isEqualTo(before.foreign());
  }

  private double inCall() {
    return metric("focus_admitted_total") - metric("focus_left_total") - BYSTANDERS;
  }

  private double metric(final String name) {
    return server.api().metric("conductor_" + name);
  }
}
