package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhoneCodec;
import dev.conductor.demo.PhoneOptions;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voices;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A hundred phones dial the real server, key a PIN by RTP events, and are in the mix. */
class HundredPhonesTest {
  private static final int PHONES = 100;
  private static final int AMPLITUDE = 240;
  private static final int WINDOW_MS = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void shouldHearOthersAndNeverThemselves() throws Exception {
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final List<String> pins = DemoConference.participantPins();
      final List<SimPhone> phones = new ArrayList<>();
      for (int i = 0; i < PHONES; i++) {
        final PhoneOptions options =
            PhoneOptions.USUAL.withCodec(i % 2 == 0 ? PhoneCodec.PCMU : PhoneCodec.PCMA);
        final SimPhone phone = pool.phone(String.format("3%03d", i), options);
        final String pin = pins.get(i % pins.size());
        phone.play(Voices.tone(i, PHONES, AMPLITUDE));
        phone.dial(server.sip(), DemoConference.DID).thenRun(() -> phone.keys(pin));
        phones.add(phone);
      }
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == PHONES);

      for (int i = 0; i < PHONES; i++) {
        final int self = i;
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  final List<Integer> heard = heardBy(phones.get(self));
                  assertThat(heard).as("phone %d", self).doesNotContain(self);
                  assertThat(heard).as("phone %d", self).hasSizeGreaterThanOrEqualTo(2);
                });
      }
      assertThat(phones).allMatch(phone -> phone.received().foreign() == 0);
    }
  }

  private static List<Integer> heardBy(final SimPhone phone) {
    final List<Integer> heard = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      if (phone.heard(Voices.freqHz(i, PHONES), WINDOW_MS) > Voices.threshold(AMPLITUDE)) {
        heard.add(i);
      }
    }
    return heard;
  }
}
