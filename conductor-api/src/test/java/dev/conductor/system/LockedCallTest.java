package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A host locks the call over HTTP; phones try to come in over SIP. */
class LockedCallTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HOST_PIN = "900001";
  private static final String GUEST_PIN = "100001";
  private static final String LATE_PIN = "100002";

  @Test
  void shouldTellNewcomersThatTheCallIsLockedAndLetRedialsIn() throws Exception {
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      enter(server, pool.phone("201"), HOST_PIN);
      final SimPhone guest = enter(server, pool.phone("202"), GUEST_PIN);
      lock(api, "true");
      assertThat(api.read("getCall").path("locked").asBoolean()).isTrue();

      final SimPhone late = pool.phone("203");
      final double before = api.metric("conductor_focus_turned_away_total");
      dial(server, late, LATE_PIN);
      await()
          .atMost(PATIENCE)
          .until(() -> api.metric("conductor_focus_turned_away_total") == before + 1);
      await().atMost(PATIENCE).until(() -> late.levelHeard(100) > 100);
      await().atMost(PATIENCE).until(() -> late.state() == PhoneState.OVER);
      assertThat(api.activeCallers()).isEqualTo(2);

      assertThat(guest.hangUp()).succeedsWithin(PATIENCE);
      await().atMost(PATIENCE).until(() -> api.activeCallers() == 1);
      enter(server, pool.phone("202"), GUEST_PIN);

      lock(api, "false");
      enter(server, pool.phone("204"), LATE_PIN);
      assertThat(api.activeCallers()).isEqualTo(3);
    }
  }

  private static void lock(final Api api, final String on) {
    assertThat(api.command("updateCall", "field", "locked", "value", on)).isEqualTo("TRUE");
  }

  private static void dial(final RunningServer server, final SimPhone phone, final String pin) {
    assertThat(phone.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    phone.keys(pin + "#");
  }

  private static SimPhone enter(
      final RunningServer server, final SimPhone phone, final String pin) {
    dial(server, phone, pin);
    await()
        .atMost(PATIENCE)
        .until(() -> !server.api().callerByNumber(phone.user()).isMissingNode());
    return phone;
  }
}
