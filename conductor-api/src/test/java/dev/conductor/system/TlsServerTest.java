package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.app.StartException;
import dev.conductor.demo.DemoConference;
import dev.conductor.http.SelfSigned;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole server with a certificate: both of its TCP doors for clients speak TLS and only TLS.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TlsServerTest {
  @TempDir private Path folder;

  @Test
  void shouldSpeakTlsAtTheApiAndAtTheXmlSocket() throws Exception {
    final SelfSigned files = new SelfSigned(folder);
    files.make("server", "EC");
    final String login =
        "conferenceUID=" + DemoConference.UID + "&securityToken=" + DemoConference.TOKEN;
    try (RunningServer server = RunningServer.start(settings("server.key"))) {
      final HttpClient client = HttpClient.newBuilder().sslContext(files.trusting()).build();
      final HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          "https://localhost:"
                              + server.http().getPort()
                              + "/_conference/getConference?type=json&"
                              + login))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"UID\":\"DEMO\"");

      final InetSocketAddress xml = server.xmlSocket();
      try (Socket socket =
          files.trusting().getSocketFactory().createSocket(xml.getAddress(), xml.getPort())) {
        socket.setSoTimeout(15_000);
        socket.getOutputStream().write((login + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(document(socket.getInputStream())).contains("<name>HELLO</name>");
      }
      try (Socket plain = new Socket(xml.getAddress(), xml.getPort())) {
        plain.setSoTimeout(15_000);
        plain.getOutputStream().write((login + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(document(plain.getInputStream())).doesNotContain("HELLO");
      }
    }
  }

  @Test
  void shouldNotStartWithAWrongFile() throws Exception {
    new SelfSigned(folder).make("server", "EC");
    assertThatThrownBy(() -> RunningServer.start(settings("nowhere.key")).close())
        .isInstanceOf(StartException.class)
        .hasMessage("http.tls-key=" + folder.resolve("nowhere.key") + " is no file");
  }

  private Map<String, String> settings(final String key) {
    return Map.of(
        "http.tls-certificate", folder.resolve("server.cert").toString(),
        "http.tls-key", folder.resolve(key).toString());
  }

  /** What comes up to the byte that ends a document, or to the end. */
  private static String document(final InputStream in) throws IOException {
    final StringBuilder text = new StringBuilder();
    for (int b = in.read(); b > 0; b = in.read()) {
      text.append((char) b);
    }
    return text.toString();
  }
}
