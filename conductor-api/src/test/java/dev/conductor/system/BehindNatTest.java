package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two phones with private addresses, whose packets come from other ports of one public address. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BehindNatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double HEARD = 500;
  private static final double HOST_HZ = 600;
  private static final double GUEST_HZ = 1_000;

  @Test
  void shouldHearEachOtherHoldAndBeHungUpOn() throws Exception {
    final InetAddress loopback = InetAddress.getLoopbackAddress();
    try (RunningServer server = RunningServer.start();
        AddressTranslator hostNat = new AddressTranslator(server.sip(), "192.168.1.20");
        AddressTranslator guestNat = new AddressTranslator(server.sip(), "192.168.1.21");
        PhonePool hosts = PhonePool.start(loopback);
        PhonePool guests = PhonePool.start(loopback)) {
      final SimPhone host = enter(hosts.phone("901"), hostNat, DemoConference.HOST_PIN, HOST_HZ);
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      final SimPhone guest =
          enter(guests.phone("902"), guestNat, DemoConference.participantPins().get(0), GUEST_HZ);
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 2);
      await().atMost(PATIENCE).until(() -> host.heard(GUEST_HZ, 400) > HEARD);
      await().atMost(PATIENCE).until(() -> guest.heard(HOST_HZ, 400) > HEARD);

      assertThat(guest.hold()).succeedsWithin(PATIENCE).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> host.heard(GUEST_HZ, 400) < HEARD / 5);
      assertThat(guest.resume()).succeedsWithin(PATIENCE).isEqualTo(200);
      await().atMost(PATIENCE).until(() -> host.heard(GUEST_HZ, 400) > HEARD);
      await().atMost(PATIENCE).until(() -> guest.heard(HOST_HZ, 400) > HEARD);

      final String uid = server.api().callerByNumber("902").path("UID").asText();
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      await().atMost(PATIENCE).until(() -> guest.state() == PhoneState.OVER);
      assertThat(host.state()).isEqualTo(PhoneState.UP);
      assertThat(host.hangUp()).succeedsWithin(PATIENCE);
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 0);
      // Both BYEs were answered: nothing is left to send again.
      await().atMost(PATIENCE).until(() -> server.api().metric("conductor_sip_dialogs") == 0);
    }
  }

  private static SimPhone enter(
      final SimPhone phone, final AddressTranslator nat, final String pin, final double freqHz) {
    phone.play(Tone.keyed(freqHz, 6_000, 5));
    assertThat(phone.dial(nat.sip(), DemoConference.DID)).succeedsWithin(PATIENCE).isEqualTo(200);
    phone.keys(pin + "#");
    return phone;
  }
}
