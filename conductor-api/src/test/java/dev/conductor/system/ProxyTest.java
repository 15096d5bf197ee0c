package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.play.Tone;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Phones that dial through a proxy of others, which stays in the dialog by Record-Route: what
 * either side sends inside the dialog goes by the proxy, or it is not handed on.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ProxyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final double BARESIP_HZ = 1_000;
  private static final double HOST_HZ = 600;
  private static final double HEARD = 500;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldHearHoldResumeAndHangUpByTheRoute(final String transport) throws Exception {
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5));
    try (RunningServer server = RunningServer.start();
        Kamailio proxy = startProxy(server, transport);
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final int serverPort = server.sip().getPort();
      final SimPhone host = enter(server, pool, proxy);
      try (Baresip phone = Baresip.start(folder("phone"), "baresip", "PCMU/8000/1", voice)) {
        phone.dial(proxy.port());
        phone.key("100008#");
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 2);
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > HEARD);
        await().atMost(PATIENCE).until(() -> phone.heard().latest(HOST_HZ) > HEARD);
        assertThat(proxy.routed("ACK", serverPort)).as(proxy.output()).isGreaterThanOrEqualTo(2);

        phone.hold();
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) < HEARD / 5);
        assertThat(proxy.routed("INVITE", serverPort)).isEqualTo(1);
        phone.resume();
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > HEARD);
        assertThat(proxy.routed("INVITE", serverPort)).isEqualTo(2);

        phone.hangUp();
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
        assertThat(proxy.routed("BYE", serverPort)).isEqualTo(1);
        assertThat(proxy.routedElsewhere("BYE", serverPort)).isZero();

        server.api().command("closeCall");
        await().atMost(PATIENCE).until(() -> host.state() == PhoneState.OVER);
        assertThat(proxy.routedElsewhere("BYE", serverPort)).isEqualTo(1);
        assertThat(proxy.routedOver("BYE", transport)).as(proxy.output()).isPositive();
        assertThat(proxy.strays()).as(proxy.output()).isZero();
      }
    }
  }

  @Test
  void shouldDropARealPhoneByTheRoute() throws Exception {
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5));
    try (RunningServer server = RunningServer.start();
        Kamailio proxy = startProxy(server, "udp");
        Baresip phone = Baresip.start(folder("phone"), "baresip", "PCMU/8000/1", voice)) {
      phone.dial(proxy.port());
      phone.key(DemoConference.HOST_PIN + "#");
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      final String uid = server.api().callerByNumber("baresip").path("UID").asText();
      assertThat(server.api().command("dropCaller", "UID", uid)).isEqualTo("TRUE");
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(phone.output()).contains("session closed"));
      assertThat(proxy.routedElsewhere("BYE", server.sip().getPort())).isEqualTo(1);
      assertThat(proxy.strays()).as(proxy.output()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldAskASilentLineByTheRouteAndTakeItsReinvites(final String transport) throws Exception {
    final Path sipp = ForeignTool.find("sipp", "sip-tester");
    final Path scenario = folder.resolve("through-a-proxy.xml");
    try (InputStream in = getClass().getResourceAsStream("/system/through-a-proxy.xml")) {
      Files.copy(in, scenario);
    }
    try (RunningServer server = RunningServer.start(Map.of("media.silent-line-probe-ms", "1000"));
        Kamailio proxy = startProxy(server, transport);
        ForeignTool tool =
            ForeignTool.start(
                folder,
                List.of(
                    sipp.toString(),
                    "127.0.0.1:" + proxy.port(),
                    "-sf",
                    scenario.toString(),
                    "-s",
                    "15550100",
                    "-i",
                    "127.0.0.1",
                    "-mi",
                    "127.0.0.1",
                    "-m",
                    "1",
                    "-aa",
                    "-nostdin",
                    "-timeout",
                    "30s",
                    "-timeout_error"))) {
      assertThat(tool.exitCode(PATIENCE.toMillis())).as(tool.output() + proxy.output()).isZero();
      final int serverPort = server.sip().getPort();
      // What it says of the last ones may come when SIPp has ended.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(proxy.routed("ACK", serverPort)).isEqualTo(3);
                assertThat(proxy.routed("BYE", serverPort)).isEqualTo(1);
              });
      assertThat(proxy.routedElsewhere("OPTIONS", serverPort)).isPositive();
      assertThat(proxy.routedOver("OPTIONS", transport)).isPositive();
      assertThat(proxy.routed("INVITE", serverPort)).isEqualTo(2);
      assertThat(proxy.strays()).as(proxy.output()).isZero();
    }
  }

  private Kamailio startProxy(final RunningServer server, final String transport) throws Exception {
    return Kamailio.start(folder("proxy"), server.sip().getPort(), transport);
  }

  private Path folder(final String name) throws Exception {
    return Files.createDirectory(folder.resolve(name));
  }

  /** A host who dials the proxy, is in the call and says a tone. */
  private static SimPhone enter(
      final RunningServer server, final PhonePool pool, final Kamailio proxy) throws Exception {
    final SimPhone host = pool.phone("900");
    host.play(Tone.keyed(HOST_HZ, 6_000, 5));
    final InetSocketAddress at = new InetSocketAddress("127.0.0.1", proxy.port());
    assertThat(host.dial(at, DemoConference.DID).get(10, TimeUnit.SECONDS)).isEqualTo(200);
    host.keys(DemoConference.HOST_PIN + "#");
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
    return host;
  }
}
