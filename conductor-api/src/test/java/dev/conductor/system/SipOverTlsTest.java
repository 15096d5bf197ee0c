package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.http.SelfSigned;
import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Phones that come over TLS or TCP, and bring keys for their sound; others in the call have none.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SipOverTlsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PATIENCE_MS = 15_000;
  private static final double BARESIP_HZ = 1_000;
  private static final double HOST_HZ = 600;

  @TempDir private Path folder;

  private Map<String, String> settings() {
    return Map.of(
        "sip.tls-port", "0",
        "sip.tls-certificate", folder.resolve("server.cert").toString(),
        "sip.tls-key", folder.resolve("server.key").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"srtp-mand", "srtp"})
  void shouldLetASafePhoneAndAPlainOneHearEachOther(final String encryption) throws Exception {
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 8_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5));
    new SelfSigned(folder).make("server", "EC");
    try (RunningServer server = RunningServer.start(settings());
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone host = enter(server, pool);

      final Path own = Files.createDirectory(folder.resolve("phone"));
      try (Baresip phone =
          Baresip.overTls(own, "baresip", voice, folder.resolve("server.cert"), encryption)) {
        phone.dial(server.sipTlsPort());
        phone.key("100008#");
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 2);
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(host.heard(BARESIP_HZ, 400)).as(phone.output()).isGreaterThan(500));
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(phone.heard().latest(HOST_HZ)).isGreaterThan(500));
        assertThat(phone.output()).contains("AES_CM_128_HMAC_SHA1_80");
        phone.hangUp();
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      }
    }
  }

  @Test
  void shouldUseANewCertificateWithoutARestartAndKeepItWhenTheNextIsBroken() throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    try (RunningServer server = RunningServer.start(settings());
        SSLSocket first = connect(files, server)) {
      final Certificate before = first.getSession().getPeerCertificates()[0];
      ping(first);

      Files.delete(folder.resolve("server.p12"));
      files.make("server", "RSA");
      // Who trusts the new one alone does not shake hands with the old one.
      await()
          .atMost(PATIENCE)
          .ignoreException(SSLHandshakeException.class)
          .until(() -> !certificate(files, server).equals(before));
      final Certificate renewed = certificate(files, server);
      ping(first);

      Files.writeString(folder.resolve("server.cert"), "not a certificate");
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                assertThat(certificate(files, server)).isEqualTo(renewed);
                return server.api().metric("conductor_sip_tls_reload_failures_total") > 0;
              });
      assertThat(certificate(files, server)).isEqualTo(renewed);
      ping(first);
    }
  }

  /** A request that is answered. */
  private static void greet(final Socket socket, final String transport) throws IOException {
    final String request =
        "OPTIONS sip:127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/"
            + transport
            + " 127.0.0.1:9;rport;branch=z9hG4bK-greet\r\nMax-Forwards: 70\r\n"
            + "From: <sip:ann@phone.test>;tag=1\r\nTo: <sip:127.0.0.1>\r\n"
            + "Call-ID: greet@phone.test\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    final StringBuilder answer = new StringBuilder();
    while (answer.indexOf("\r\n\r\n") < 0) {
      final int next = socket.getInputStream().read();
      assertThat(next).as(answer.toString()).isNotNegative();
      answer.append((char) next);
    }
    assertThat(answer.toString()).startsWith("SIP/2.0 ");
  }

  /** Two line ends are answered by one (RFC 5626, section 4.4.1). */
  private static void ping(final Socket socket) throws IOException {
    socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'\r', '\n'});
  }

  @Test
  void shouldLetLinphoneComeOverTcpHearBeHeardAndLeave() throws Exception {
    final Path voice = folder.resolve("voice.wav");
    VoiceFile.write(voice, 48_000, 1, Tone.keyed(BARESIP_HZ, 6_000, 5, 48_000));
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone host = enter(server, pool);
      final Path own = Files.createDirectory(folder.resolve("phone"));
      try (Linphone phone = Linphone.overTcp(own, "linphone", voice)) {
        phone.dial(server.sip().getPort());
        phone.key("100008#");
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 2);
        await().atMost(PATIENCE).until(() -> host.heard(BARESIP_HZ, 400) > 500);
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(phone.heard().latest(HOST_HZ)).isGreaterThan(500));
        phone.hangUp();
        await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      }
    }
  }

  /** A host without TLS or keys, who is in the call and says a tone. */
  private static SimPhone enter(final RunningServer server, final PhonePool pool) throws Exception {
    final SimPhone host = pool.phone("900");
    host.play(Tone.keyed(HOST_HZ, 6_000, 5));
    assertThat(host.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
        .isEqualTo(200);
    host.keys(DemoConference.HOST_PIN + "#");
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
    return host;
  }

  /** Before its first message, between two, and once for each. */
  @Test
  void shouldAnswerAPingOverTcpAndTls() throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    try (RunningServer server = RunningServer.start(settings());
        Socket tcp = new Socket(server.sip().getAddress(), server.sip().getPort());
        SSLSocket tls = shakenHands(files, server)) {
      tcp.setSoTimeout(PATIENCE_MS);
      for (final Socket socket : List.of(tcp, tls)) {
        ping(socket);
        ping(socket);
        greet(socket, socket == tls ? "TLS" : "TCP");
        ping(socket);
        greet(socket, socket == tls ? "TLS" : "TCP");
      }
    }
  }

  @Test
  void shouldCutOffWhoDoesNotShakeHandsAndServeOthersMeanwhile() throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    try (RunningServer server = RunningServer.start(settings());
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.sipTlsPort());
        SSLSocket other = connect(files, server)) {
      ping(other);
      silent.setSoTimeout(PATIENCE_MS);
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      ping(other);
    }
  }

  private static Certificate certificate(final SelfSigned files, final RunningServer server)
      throws Exception {
    try (SSLSocket socket = connect(files, server)) {
      return socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLSocket connect(final SelfSigned files, final RunningServer server)
      throws Exception {
    final SSLSocket socket = shakenHands(files, server);
    greet(socket, "TLS");
    return socket;
  }

  private static SSLSocket shakenHands(final SelfSigned files, final RunningServer server)
      throws Exception {
    final SSLSocket socket =
        (SSLSocket)
            files
                .trusting()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.sipTlsPort());
    socket.setSoTimeout(PATIENCE_MS);
    socket.startHandshake();
    return socket;
  }
}
