package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.conductor.config.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Real handshakes with certificates that the JDK's keytool makes here and now. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsTest {
  @TempDir private static Path folder;
  private static SSLContext trusting;

  @BeforeAll
  static void make() throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("RSA", "RSA");
    files.make("EC", "EC");
    files.make("other", "RSA");
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("text"), "this is no PEM\n");
    files.write("old.key", "RSA PRIVATE KEY", new byte[] {1, 2, 3});
    files.write("locked.key", "ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
    files.write("broken.key", "PRIVATE KEY", new byte[] {1, 2, 3});
    trusting = files.trusting();
  }

  private static HttpConfig config(final String certificate, final String key) {
    return ApiServer.settings(
        Map.of(
            "http.tls-certificate", folder.resolve(certificate).toString(),
            "http.tls-key", folder.resolve(key).toString(),
            "http.idle-ms", "2000"));
  }

  @ParameterizedTest
  @CsvSource({"RSA, TLSv1.3", "RSA, TLSv1.2", "EC, TLSv1.3", "EC, TLSv1.2"})
  void shouldSpeakTls(final String kind, final String protocol) throws Exception {
    try (ApiServer server = new ApiServer(config(kind + ".cert", kind + ".key"), 10_000);
        SSLSocket socket = socket(server, protocol)) {
      final String body = ApiServer.call("actor", "tls");
      final String post =
          "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length();
      socket
          .getOutputStream()
          .write(
              (post + "\r\n\r\n" + body + post + "\r\nConnection: close\r\n\r\n" + body)
                  .getBytes(StandardCharsets.ISO_8859_1));
      final String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(all.split("HTTP/1.1 200 OK", -1)).as(all).hasSize(3);
      assertThat(all).contains("TRUE").endsWith("TRUE");
      assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
    }
  }

  @Test
  void shouldServeAnOrdinaryHttpsClient() throws Exception {
    try (ApiServer server = new ApiServer(config("EC.cert", "EC.key"), 10_000)) {
      final HttpClient client = HttpClient.newBuilder().sslContext(trusting).build();
      final String url = "https://localhost:" + server.address.getPort() + "/_conference/getCall?";
      for (int i = 0; i < 3; i++) {
        final HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(url + ApiServer.call())).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.1", "TLSv1"})
  void shouldSpeakNoOldTls(final String protocol) throws Exception {
    try (ApiServer server = new ApiServer(config("RSA.cert", "RSA.key"), 10_000)) {
      assertThatThrownBy(
              () -> {
                try (SSLSocket socket = socket(server, protocol)) {
                  socket.startHandshake();
                }
              })
          .isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void shouldEndWhatIsNoTlsWithoutAWordInTheLog() throws Exception {
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    log.start();
    root.addAppender(log);
    final long seed = new Random().nextLong();
    final Random random = new Random(seed);
    try (ApiServer server = new ApiServer(config("RSA.cert", "RSA.key"), 10_000)) {
      for (int i = 0; i < 20; i++) {
        final byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          bytes[0] = 22; // a handshake, so it seems
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(server))) {
          socket.getOutputStream().write(bytes);
        }
      }
      try (RawClient plain = new RawClient(server.address)) {
        plain.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThatThrownBy(plain::reply).isInstanceOf(IOException.class);
      }
      await().until(() -> server.counters.get(HttpCounter.TLS_FAILED) >= 11);
      assertThat(server.counters.get(HttpCounter.ERRORS)).as("seed %d", seed).isZero();
      assertThat(server.counters.get(HttpCounter.REQUESTS)).isZero();
    } finally {
      root.detachAppender(log);
    }
    assertThat(log.list.stream().filter(e -> e.getThrowableProxy() != null).toList()).isEmpty();
  }

  @Test
  void shouldCloseAConnectionThatNeverShakesHands() throws Exception {
    try (ApiServer server = new ApiServer(config("RSA.cert", "RSA.key"), 10_000);
        RawClient silent = new RawClient(server.address)) {
      assertThat(silent.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "nowhere, RSA.key, http.tls-certificate, is no file",
    "empty, RSA.key, http.tls-certificate, has no certificate in it",
    "text, RSA.key, http.tls-certificate, is not a chain of certificates in PEM",
    "RSA.cert, nowhere, http.tls-key, is no file",
    "RSA.cert, text, http.tls-key, has no private key in it",
    "RSA.cert, RSA.cert, http.tls-key, has no private key in it",
    "RSA.cert, old.key, http.tls-key, is not PKCS#8 without a password",
    "RSA.cert, locked.key, http.tls-key, is not PKCS#8 without a password",
    "RSA.cert, broken.key, http.tls-key, 'is not a key of the certificate''s kind, RSA'",
    "RSA.cert, EC.key, http.tls-key, 'is not a key of the certificate''s kind, RSA'",
    "RSA.cert, other.key, http.tls-key, does not belong to the certificate",
  })
  void shouldNameTheSettingWhoseFileIsWrong(
      final String certificate, final String key, final String setting, final String what) {
    final String file = setting.endsWith("key") ? key : certificate;
    assertThatThrownBy(() -> ServerTls.of(config(certificate, key).tls()).close())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(setting + "=" + folder.resolve(file) + " " + what);
  }

  private static SSLSocket socket(final ApiServer server, final String protocol) throws Exception {
    final SSLSocket socket =
        (SSLSocket)
            trusting
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port(server));
    socket.setSoTimeout(15_000);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  private static int port(final ApiServer server) {
    return server.address.getPort();
  }
}
