package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.http.SelfSigned;
import dev.conductor.media.play.Tone;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A baresip as the far end of a trunk over TLS. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TlsTrunkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NUMBER = "15555550123";
  private static final double BARESIP_HZ = 1_000;
  private static final double HOST_HZ = 600;
  private static final double HEARD = 500;

  @TempDir private Path folder;

  private int tlsPort;

  /** The server with a trunk to that proxy, and whose issuer it trusts. */
  private RunningServer startServer(final String proxy, final String trust) throws Exception {
    final Map<String, String> settings = new HashMap<>();
    settings.put("sip.tls-port", "0");
    settings.put("sip.tls-certificate", folder.resolve("server.cert").toString());
    settings.put("sip.tls-key", folder.resolve("server.key").toString());
    settings.put("sip.tls-trust", folder.resolve(trust + ".cert").toString());
    settings.put("sip.country-code", "1");
    settings.put("outbound.allowed-prefixes", "+1555");
    return RunningServer.start(
        settings,
        List.of(PlaceCallOnServerTest.mayCall()),
        Map.of(),
        "sip:\n  trunks:\n    - name: carrier\n      transport: TLS\n      proxies: ['"
            + proxy
            + ":"
            + tlsPort
            + "']\n      options-seconds: 1\n      routes: ['* strip=1']\n");
  }

  private Baresip startCarrier(final String address) throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    files.make("carrier", "EC");
    final Path certificate = folder.resolve("carrier.pem");
    Files.writeString(
        certificate,
        Files.readString(folder.resolve("carrier.key"))
            + Files.readString(folder.resolve("carrier.cert")));
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5));
    tlsPort = FreePorts.udpPair() + 1;
    return Baresip.answeringOverTls(
        Files.createDirectory(folder.resolve("phone")),
        NUMBER,
        voice,
        address,
        tlsPort,
        certificate);
  }

  @ParameterizedTest
  @CsvSource({"localhost", "127.0.0.1"})
  void shouldCallThroughATrunkOverTlsAndHearWhoAnswers(final String proxy) throws Exception {
    try (Baresip callee = startCarrier("127.0.0.1");
        RunningServer server = startServer(proxy, "carrier");
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      await().atMost(PATIENCE).until(() -> server.api().metric("conductor_sip_trunk_up") == 1);
      final SimPhone host = pool.phone("201");
      host.play(Tone.keyed(HOST_HZ, 6_000, 5));
      assertThat(host.dial(server.sip(), DemoConference.DID))
          .succeedsWithin(PATIENCE)
          .isEqualTo(200);
      host.keys(DemoConference.HOST_PIN + "#");
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      server.api().place(NUMBER);
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(callee.output()).contains("Call established"));
      callee.key("1");
      await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > HEARD);
      await().atMost(PATIENCE).until(() -> callee.heard().latest(HOST_HZ) > HEARD);
      callee.hangUp();
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, carrier, matching IP address 127.0.0.2 found",
    "127.0.0.1, server, PKIX path"
  })
  void shouldNotTalkToAProxyOfAnotherNameOrIssuerAndSayWhy(
      final String proxy, final String trust, final String why) throws Exception {
    try (SecurityLines log = new SecurityLines();
        Baresip callee = startCarrier(proxy);
        RunningServer server = startServer(proxy, trust)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(server.api().metric("conductor_sip_tls_handshake_failures_total"))
                      .as(callee.output())
                      .isPositive());
      await().atMost(PATIENCE).until(() -> server.api().metric("conductor_sip_trunk_up") == 0);
      assertThat(callee.output()).doesNotContain("Call established");
      // It is counted before it is logged.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .anyMatch(
                          line ->
                              line.contains("no TLS with " + proxy + ":") && line.contains(why)));
    }
  }
}
