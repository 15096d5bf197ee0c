package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/**
 * Bytes by chance, and good requests with bytes by chance in them: never an exception in the log.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BrokenHttpTest {
  private static final int CONNECTIONS = 300;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new ApiServer(
            ApiServer.settings(
                Map.of(
                    "http.requests-per-second", "100000",
                    "http.request-burst", "100000",
                    "http.request-ms", "1000",
                    "http.idle-ms", "1000")),
            10_000);
    log.start();
    root.addAppender(log);
  }

  @AfterEach
  void stop() {
    root.detachAppender(log);
    server.close();
  }

  @Test
  void shouldStandBytesByChance() throws Exception {
    for (int i = 0; i < CONNECTIONS; i++) {
      final byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      send(bytes);
    }
    assertUnshaken();
  }

  @Test
  void shouldStandGoodRequestsWithBytesByChanceInThem() throws Exception {
    final String form = ApiServer.call("field", "notes", "value", "<a>]]>&\u00e9", "role", "");
    final String json = "{\"callUID\":\"K1\",\"field\":\"notes\",\"value\":[\"x\",1,true,null]}";
    for (int i = 0; i < CONNECTIONS; i++) {
      final boolean isJson = random.nextBoolean();
      final String body = isJson ? json : form;
      final String request =
          "POST /_conference/updateActiveCaller?type=json&actor=%41 HTTP/1.1\r\nHost: x\r\n"
              + (isJson ? "Content-Type: application/json\r\n" : "")
              + (random.nextBoolean()
                  ? "Content-Length: " + body.length() + "\r\n\r\n" + body
                  : "Transfer-Encoding: chunked\r\n\r\n"
                      + Integer.toHexString(body.length())
                      + "\r\n"
                      + body
                      + "\r\n0\r\n\r\n");
      final byte[] bytes = request.repeat(1 + random.nextInt(3)).getBytes(StandardCharsets.UTF_8);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      send(bytes);
    }
    assertUnshaken();
  }

  /** Sends and reads what comes until there is an end of either side. */
  private void send(final byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address.getPort())) {
      socket.setSoTimeout(15_000);
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        final String answers =
            new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(answers).as("seed %d", seed).doesNotContain("HTTP/1.1 500");
      } catch (final IOException ended) {
        // a reset by the server is an answer too
      }
    }
  }

  private void assertUnshaken() throws IOException {
    assertThat(server.counters.get(HttpCounter.ERRORS)).as("seed %d", seed).isZero();
    assertThat(log.list.stream().filter(event -> event.getThrowableProxy() != null).toList())
        .as("seed %d", seed)
        .isEmpty();
    assertThat(server.get("getCall", ApiServer.call()).statusCode()).isEqualTo(200);
  }
}
