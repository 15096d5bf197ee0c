package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voice;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
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
                    Integer.toString(freePort()),
                    "-mi",
                    "127.0.0.1",
                    "-m",
                    "1",
                    "-nostdin",
                    "-timeout",
                    "30s",
                    "-timeout_error"))) {
      await()
          .atMost(PATIENCE)
          .until(() -> !tool.isAlive() || server.api().callerByNumber("sipp").isObject());
      final JsonNode caller = server.api().callerByNumber("sipp");
      assertThat(caller.path("PIN").asText()).as(tool.output()).isEqualTo("100007");
      assertThat(tool.exitCode(PATIENCE.toMillis())).as(tool.output()).isZero();
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 0);
    }
  }

  @Test
  void shouldLetBaresipEnterByKeysAndBeHeard() throws Exception {
    final Path baresip = ForeignTool.find("baresip", "baresip");
    final int control = freePort();
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone host = pool.phone("900");
      host.play(Voice.silence());
      assertThat(host.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      host.keys(DemoConference.HOST_PIN + "#");
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);

      configureBaresip(control);
      try (ForeignTool tool =
          ForeignTool.start(folder, List.of(baresip.toString(), "-f", folder.toString()))) {
        await().atMost(PATIENCE).until(() -> accepts(control));
        command(control, "dial", "sip:15550100@127.0.0.1:" + server.sip().getPort());
        await().atMost(PATIENCE).until(() -> tool.output().contains("established"));
        for (final char key : "100008#".toCharArray()) {
          command(control, "sndcode", String.valueOf(key));
        }
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(server.api().callerByNumber("baresip").path("PIN").asText())
                        .as(tool.output())
                        .isEqualTo("100008"));
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > 500);
        command(control, "hangup", "");
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      }
    }
  }

  /** No sound card: it says a sine and hears into a file. */
  private void configureBaresip(final int control) throws IOException {
    Files.writeString(
        folder.resolve("config"),
        String.join(
            "\n",
            "sip_listen 127.0.0.1:0",
            "ctrl_tcp_listen 127.0.0.1:" + control,
            "audio_source ausine," + (int) BARESIP_HZ,
            "audio_player aufile," + folder.resolve("heard.wav"),
            "ausrc_srate 48000",
            "ausrc_channels 2",
            "auplay_srate 8000",
            "auplay_channels 1",
            "module_path " + modules(),
            "module g711.so",
            "module ausine.so",
            "module aufile.so",
            "module_app account.so",
            "module_app menu.so",
            "module_app ctrl_tcp.so",
            ""));
    Files.writeString(
        folder.resolve("accounts"),
        "<sip:baresip@127.0.0.1>;regint=0;audio_codecs=PCMU/8000/1;dtmfmode=rtpevent\n");
    Files.writeString(folder.resolve("contacts"), "");
  }

  private static Path modules() {
    return List.of(
            Path.of("/usr/lib/baresip/modules"),
            Path.of("/usr/lib/x86_64-linux-gnu/baresip/modules"),
            Path.of("/usr/local/lib/baresip/modules"))
        .stream()
        .filter(Files::isDirectory)
        .findFirst()
        .orElse(Path.of("/usr/lib/baresip/modules"));
  }

  /** One command to its control port, as a netstring of JSON; its answer is read. */
  private static void command(final int port, final String name, final String parameter)
      throws IOException {
    final byte[] json =
        ("{\"command\":\"" + name + "\",\"params\":\"" + parameter + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      final DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
      out.write(json);
      out.write(',');
      out.flush();
      assertThat(socket.getInputStream().read()).isPositive();
    }
  }

  private static boolean accepts(final int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (final IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
