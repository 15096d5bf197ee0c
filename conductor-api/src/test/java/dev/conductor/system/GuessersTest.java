package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A guesser of PINs at the real door, as fast as he can. */
class GuessersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int BUDGET = 8;

  @Test
  void shouldStopAGuesserAndNobodyElseAndNameHimToFail2Ban() throws Exception {
    try (SecurityLines log = new SecurityLines();
        RunningServer server =
            RunningServer.start(
                Map.of(
                    "entry.pin-failures-per-address",
                    Integer.toString(BUDGET),
                    "entry.pin-delay-ms",
                    "500"));
        PhonePool guessers = PhonePool.start(InetAddress.getByName("127.0.0.66"));
        PhonePool others = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      for (int call = 0; api.metric("conductor_focus_pin_shut_out_total") < 2; call++) {
        assertThat(call).as("calls until nothing is judged any more").isLessThan(40);
        guess(guessers.phone("+1555123" + (4_000 + call)), server);
      }
      assertThat(api.metric("conductor_focus_pin_failures_total")).isBetween(7.0, BUDGET + 1.0);
      assertThat(api.metric("conductor_focus_pin_delayed_total")).isPositive();

      final SimPhone right = guessers.phone("7001");
      right.dial(server.sip(), DemoConference.DID).get(30, TimeUnit.SECONDS);
      right.keys(DemoConference.participantPins().get(0));
      await().atMost(PATIENCE).until(() -> right.state() == PhoneState.OVER);
      assertThat(api.activeCallers()).as("by a right PIN from there").isZero();

      final SimPhone other = others.phone("7002");
      other.dial(server.sip(), DemoConference.DID).get(30, TimeUnit.SECONDS);
      other.keys(DemoConference.participantPins().get(0));
      await().atMost(PATIENCE).until(() -> api.activeCallers() == 1);

      final List<String> lines = log.lines();
      assertThat(lines)
          .noneMatch(line -> line.contains("+1555123"))
          .noneMatch(line -> line.contains("424242"))
          .noneMatch(line -> line.contains(DemoConference.participantPins().get(0)));
      other.hangUp().get(30, TimeUnit.SECONDS);
      LoggerFactory.getLogger("dev.conductor.focus")
          .warn("PIN refused from 192.0.2.4, caller y, number z");
      assertThat(log.shutOut()).hasSizeGreaterThan(BUDGET).containsOnly("127.0.0.66");
    }
  }

  /** One PIN, and on to the next call as soon as it is judged. */
  private static void guess(final SimPhone phone, final RunningServer server) throws Exception {
    assertThat(phone.dial(server.sip(), DemoConference.DID).get(30, TimeUnit.SECONDS))
        .isEqualTo(200);
    final double before = server.api().metric("conductor_focus_pin_failures_total");
    final double shutOut = server.api().metric("conductor_focus_pin_shut_out_total");
    phone.keys("424242");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                phone.state() == PhoneState.OVER
                    || server.api().metric("conductor_focus_pin_failures_total") > before
                    || server.api().metric("conductor_focus_pin_shut_out_total") > shutOut);
    if (phone.state() != PhoneState.OVER) {
      phone.hangUp().exceptionally(over -> null).get(30, TimeUnit.SECONDS);
    }
  }
}
