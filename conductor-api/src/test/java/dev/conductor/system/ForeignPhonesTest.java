package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voice;
import dev.conductor.media.play.Tone;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIP that nobody here wrote: SIPp keys its way in by INFO, baresip by RTP events, and is heard.
 */
class ForeignPhonesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double BARESIP_HZ = 1_000;

  @TempDir private Path folder;

  @Test
  void shouldLetSippEnterByInfo() throws Exception {
    final Path sipp = ForeignTool.find("sipp", "sip-tester");
    final Path scenario = folder.resolve("enter-by-info.xml");
    try (InputStream in = getClass().getResourceAsStream("/system/enter-by-info.xml")) {
      Files.copy(in, scenario);
    }
    try (RunningServer server = RunningServer.start();
        ForeignTool tool =
            ForeignTool.start(
                folder,
                List.of(
                    sipp.toString(),
                    "127.0.0.1:" + server.sip().getPort(),
                    "-sf",
                    scenario.toString(),
                    "-s",
                    "15550100",
                    "-i",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(FreePorts.udpPair()),
                    "-mi",
                    "127.0.0.1",
                    "-m",
                    "1",
                    "-nostdin",
                    "-timeout",
                    "30s",
                    "-timeout_error"))) {
      final JsonNode caller =
          await()
              .atMost(PATIENCE)
              .until(
                  () -> server.api().callerByNumber("sipp"),
                  found -> found.isObject() || !tool.isAlive());
      assertThat(caller.path("PIN").asText()).as(tool.output()).isEqualTo("100007");
      assertThat(server.api().command("dropCaller", "UID", caller.path("UID").asText()))
          .isEqualTo("TRUE");
      assertThat(tool.exitCode(PATIENCE.toMillis())).as(tool.output()).isZero();
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 0);
    }
  }

  @Test
  void shouldLetBaresipEnterByKeysAndBeHeard() throws Exception {
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5));
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone host = pool.phone("900");
      host.play(Voice.silence());
      assertThat(host.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      host.keys(DemoConference.HOST_PIN + "#");
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);

      try (Baresip phone = Baresip.start(folder, "baresip", "PCMU/8000/1", voice)) {
        phone.dial(server.sip().getPort());
        phone.key("100008#");
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(server.api().callerByNumber("baresip").path("PIN").asText())
                        .as(phone.output())
                        .isEqualTo("100008"));
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > 500);
        phone.hangUp();
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      }
    }
  }
}
