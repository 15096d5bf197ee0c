package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two baresips behind a NAT of the kernel's; skipped where nobody may make one. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class KernelNatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double HEARD = 500;
  private static final double FIRST_HZ = 600;
  private static final double SECOND_HZ = 1_000;

  @TempDir private Path folder;

  @Test
  void shouldHearEachOtherHoldAndBeHungUpOn() throws Exception {
    try (NatNetwork network = NatNetwork.make();
        RunningServer server = RunningServer.start(Map.of("sip.host", network.host()));
        Baresip first = phone(network, 0, FIRST_HZ);
        Baresip second = phone(network, 1, SECOND_HZ)) {
      enter(first, network, server, DemoConference.HOST_PIN, 1);
      enter(second, network, server, DemoConference.participantPins().get(0), 2);
      await().atMost(PATIENCE).until(() -> first.heard().latest(SECOND_HZ) > HEARD);
      await().atMost(PATIENCE).until(() -> second.heard().latest(FIRST_HZ) > HEARD);

      second.hold();
      await().atMost(PATIENCE).until(() -> first.heard().latest(SECOND_HZ) < HEARD / 5);
      second.resume();
      await().atMost(PATIENCE).until(() -> first.heard().latest(SECOND_HZ) > HEARD);
      await().atMost(PATIENCE).until(() -> second.heard().latest(FIRST_HZ) > HEARD);

      final String uid = server.api().callerByNumber("phone1").path("UID").asText();
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(second.output()).contains("session closed"));
      first.hangUp();
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 0);
    }
  }

  private Baresip phone(final NatNetwork network, final int index, final double freqHz)
      throws IOException {
    final Path own = Files.createDirectory(folder.resolve("phone" + index));
    final Path voice = own.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(freqHz, 6_000, 5));
    return Baresip.in(
        network.phone(index), network.phoneAddress(index), own, "phone" + index, voice);
  }

  private static void enter(
      final Baresip phone,
      final NatNetwork network,
      final RunningServer server,
      final String pin,
      final int callers)
      throws IOException {
    phone.dial(network.host() + ":" + server.sip().getPort());
    phone.key(pin + "#");
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == callers);
  }
}
