package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that send a byte now and then to hold a connection for ever (slowloris), in the head, in
 * the body, in a chunk: they are ended, and nobody else notices.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SlowClientsTest {
  private static final String HEAD = "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\n";
  private static final String READ =
      "GET /_conference/getCall?type=json&" + ApiServer.call() + " HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int SLOW = 20;

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEAD + "|X-Drip: ",
        HEAD + "Content-Length: 5000\r\n\r\n|a=",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n1388\r\n|a=",
        HEAD + "Transfer-Encoding: chunked\r\n\r\n|1;ext=",
        "|POST /",
      })
  void shouldEndThoseThatDripAndServeTheOthers(final String sent) throws Exception {
    final String[] parts = sent.split("\\|", -1);
    final Map<String, String> settings = Map.of("http.request-ms", "1500");
    try (ApiServer server = new ApiServer(ApiServer.settings(settings), 10_000);
        RawClient good = new RawClient(server.address)) {
      final List<RawClient> slow = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        slow.add(new RawClient(server.address));
        slow.get(i).send(parts[0] + parts[1]);
      }
      final AtomicBoolean over = new AtomicBoolean();
      final Thread dripping = new Thread(() -> drip(slow, over));
      dripping.start();
      await()
          .pollInSameThread()
          .until(
              () -> {
                good.send(READ);
                assertThat(good.reply().status()).isEqualTo(200);
                return server.counters.get(HttpCounter.REFUSED_SLOW) == SLOW;
              });
      over.set(true);
      dripping.join();
      for (final RawClient client : slow) {
        assertThat(client.reply().status()).isEqualTo(408);
        client.close();
      }
      assertThat(server.counters.get(HttpCounter.ERRORS)).isZero();
      assertThat(server.gate.taken()).isEmpty();
    }
  }

  private static void drip(final List<RawClient> clients, final AtomicBoolean over) {
    while (!over.get()) {
      for (final RawClient client : clients) {
        try {
          client.send("x");
        } catch (final IOException ended) {
          // as it should be; the others drip on
        }
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (final InterruptedException stopped) {
        return;
      }
    }
  }

  @Test
  void shouldNotWaitForAClientThatDoesNotReadItsAnswers() throws Exception {
    final Map<String, String> settings =
        Map.of(
            "http.idle-ms", "1000",
            "http.requests-per-second", "100000",
            "http.request-burst", "100000");
    try (ApiServer server = new ApiServer(ApiServer.settings(settings), 10_000);
        RawClient deaf = new RawClient(server.address);
        RawClient good = new RawClient(server.address)) {
      final AtomicBoolean ended = new AtomicBoolean();
      final Thread flooding =
          new Thread(
              () -> {
                try {
                  while (!Thread.currentThread().isInterrupted()) {
                    deaf.send(READ.repeat(100));
                  }
                } catch (final IOException closed) {
                  ended.set(true);
                }
              });
      flooding.start();
      await()
          .pollInSameThread()
          .atMost(40, TimeUnit.SECONDS)
          .until(
              () -> {
                good.send(READ);
                assertThat(good.reply().status()).isEqualTo(200);
                return ended.get();
              });
      flooding.join();
      assertThat(server.counters.get(HttpCounter.ERRORS)).isZero();
    }
  }
}
