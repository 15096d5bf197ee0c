package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.command.Accepted;
import dev.conductor.config.HttpConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much one address, one connection and one request may be, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpLimitsTest {
  private static final String PAGE = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - SECOND_NS);

  private static ApiServer server(final String... keysAndValues) throws IOException {
    return new ApiServer(ApiServer.settings(settings(keysAndValues)), 10_000);
  }

  private static Map<String, String> settings(final String... keysAndValues) {
    final Map<String, String> settings = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      settings.put("http." + keysAndValues[i], keysAndValues[i + 1]);
    }
    return settings;
  }

  @Test
  void shouldAnswer429WhenAnAddressAsksTooOftenAndTakeItAgainLater() throws Exception {
    final HttpConfig config =
        ApiServer.settings(
            settings("address-requests-per-second", "2", "address-request-burst", "3"));
    final HttpCounters counters = new HttpCounters();
    final Route page = Route.page("/healthz", () -> Page.text(200, "alive\n"));
    try (HttpServer server =
        new HttpServer(config, ServerTls.of(config.tls()), counters, List.of(page), nowNs::get)) {
      final InetSocketAddress address = server.start();
      try (RawClient client = new RawClient(address);
          RawClient other = new RawClient(address)) {
        client.send(PAGE.repeat(3));
        for (int i = 0; i < 3; i++) {
          assertThat(client.reply().status()).isEqualTo(200);
        }
        other.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n");
        final RawClient.Reply refused = other.reply();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.head()).contains("Retry-After: 1\r\n").contains("keep-alive");
        assertThat(refused.body()).isEqualTo("address: too many requests");
        assertThat(counters.get(HttpCounter.REFUSED_RATE)).isEqualTo(1);

        nowNs.addAndGet(SECOND_NS / 2);
        other.send(PAGE + PAGE);
        assertThat(other.reply().status()).isEqualTo(200);
        assertThat(other.reply().status()).isEqualTo(429);
      }
    }
  }

  @Test
  void shouldRefuseTooManyOfAnAddressInTheFunctionsForm() throws Exception {
    try (ApiServer server =
            server("address-requests-per-second", "1", "address-request-burst", "1");
        RawClient client = new RawClient(server.address)) {
      final String read = "GET /_conference/getCall?type=json HTTP/1.1\r\nHost: x\r\n\r\n";
      final String write = "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\n\r\n";
      client.send(PAGE + read + write);
      assertThat(client.reply().status()).isEqualTo(200);
      final RawClient.Reply refusedRead = client.reply();
      assertThat(refusedRead.status()).isEqualTo(429);
      assertThat(refusedRead.body()).contains("\"code\":-1").contains("address: too many requests");
      assertThat(client.reply().body()).isEqualTo("FALSE,address: too many requests");
    }
  }

  @Test
  void shouldKnowOnlySoManyKeysByThemselves() {
    final RateLimit limit = new RateLimit(1, 2, 3, nowNs::get);
    for (final String key : List.of("a", "b", "c")) {
      assertThat(limit.take(key)).isZero();
    }
    assertThat(limit.take("d")).isZero();
    assertThat(limit.take("e")).isZero();
    assertThat(limit.take("f")).as("d, e and f share what one may have").isPositive();
    assertThat(limit.take("a")).as("a has its own").isZero();

    nowNs.addAndGet(3 * SECOND_NS);
    for (int i = 0; i < 2; i++) {
      assertThat(limit.take("g")).as("a, b and c are paid off and forgotten").isZero();
      assertThat(limit.take("h")).isZero();
    }
    assertThat(limit.take("g")).isPositive();
  }

  @Test
  void shouldCountAnIpv6NetworkAsOne() throws Exception {
    assertThat(key("2001:db8:0:1::1")).isEqualTo(key("2001:db8:0:1:ffff::2"));
    assertThat(key("2001:db8:0:1::1")).isNotEqualTo(key("2001:db8:0:2::1"));
    assertThat(key("::ffff:192.0.2.1")).isEqualTo(key("192.0.2.1"));
    assertThat(key("192.0.2.1")).isNotEqualTo(key("192.0.2.2"));
    assertThat(PeerAddress.key(null)).isEmpty();
  }

  private static String key(final String address) throws IOException {
    return PeerAddress.key(new InetSocketAddress(InetAddress.getByName(address), 1));
  }

  @Test
  void shouldCloseConnectionsOfAnAddressBeyondItsNumber() throws Exception {
    try (ApiServer server = server("max-connections-per-address", "2")) {
      final List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(new RawClient(server.address));
        clients.get(i).send(PAGE);
        assertThat(clients.get(i).reply().status()).isEqualTo(200);
      }
      try (RawClient third = new RawClient(server.address)) {
        assertThat(third.isAtEnd()).isTrue();
      }
      assertThat(server.counters.get(HttpCounter.CONNECTIONS_REFUSED)).isEqualTo(1);
      clients.get(0).close();
      // Until the server has seen that they are closed, it ends new ones.
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                try (RawClient again = new RawClient(server.address)) {
                  again.send(PAGE);
                  assertThat(again.reply().status()).isEqualTo(200);
                }
              });
      clients.get(1).close();
    }
  }

  @Test
  void shouldAnswerWhatWaitsAndThenEndAConnectionThatFloods() throws Exception {
    try (ApiServer server = server("max-pipelined", "3");
        RawClient client = new RawClient(server.address)) {
      server.gate.hold();
      final String body = ApiServer.call();
      final String write =
          "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length();
      client.send(write + "\r\n\r\n" + body + PAGE.repeat(10));
      server.gate.next().reply().onAnswer(Accepted.yes(1));
      assertThat(client.reply().body()).isEqualTo("TRUE");
      for (int i = 0; i < 3; i++) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
      final RawClient.Reply last = client.reply();
      assertThat(last.status()).isEqualTo(429);
      assertThat(last.body()).isEqualTo("connection: more than 3 requests wait");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void shouldTakeAsManyRequestsAtOnceAsAreConfigured() throws Exception {
    try (ApiServer server = server();
        RawClient client = new RawClient(server.address)) {
      server.gate.hold();
      final String body = ApiServer.call();
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body
              + PAGE.repeat(900));
      server.gate.next().reply().onAnswer(Accepted.yes(1));
      assertThat(client.reply().body()).isEqualTo("TRUE");
      for (int i = 0; i < 900; i++) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
      assertThat(server.counters.get(HttpCounter.ERRORS)).isZero();
    }
  }

  @Test
  void shouldRefuseTooManyHeadersAndTooLongOnes() throws Exception {
    try (ApiServer server = server("max-headers", "10", "max-header-bytes", "1024")) {
      final String head = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
      try (RawClient client = new RawClient(server.address)) {
        client.send(head + "A: b\r\n".repeat(9) + "\r\n");
        assertThat(client.reply().status()).isEqualTo(200);
        client.send(head + "A: b\r\n".repeat(10) + "\r\n");
        final RawClient.Reply refused = client.reply();
        assertThat(refused.status()).isEqualTo(431);
        assertThat(refused.body()).isEqualTo("headers: more than 10");
      }
      try (RawClient client = new RawClient(server.address)) {
        client.send(head + ("A: " + "b".repeat(400) + "\r\n").repeat(3) + "\r\n");
        assertThat(client.reply().status()).isEqualTo(431);
        assertThat(client.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void shouldRefuseTenThousandParametersAndTakeTheMostThatMayBe() throws Exception {
    try (ApiServer server = server()) {
      final StringBuilder many = new StringBuilder(ApiServer.call());
      for (int i = 0; i < 10_000; i++) {
        many.append("&p").append(i).append("=1");
      }
      final String refusal = "FALSE,parameters: more than 4096";
      assertThat(server.post("closeCall", many.toString()).body()).isEqualTo(refusal);
      assertThat(server.post("closeCall", "&".repeat(200_000)).body())
          .isEqualTo("FALSE,callUID: missing");
      final StringBuilder json = new StringBuilder("{\"callUID\":\"K1\"");
      for (int i = 0; i < 10_000; i++) {
        json.append(",\"p").append(i).append("\":1");
      }
      assertThat(server.post("closeCall", json + "}", "application/json").body())
          .isEqualTo(refusal);
      assertThat(server.gate.taken()).isEmpty();

      many.setLength(0);
      many.append(ApiServer.call());
      for (int i = 3; i < 4_096; i++) {
        many.append("&p").append(i).append("=1");
      }
      final var taken = server.post("closeCall", many.toString());
      assertThat(taken.body()).isEqualTo("TRUE");
      assertThat(taken.headers().firstValue("conductor-ignored").orElseThrow())
          .endsWith("...")
          .hasSizeLessThan(1_100);
    }
  }

  @Test
  void shouldRefuseKindsOfBodyItDoesNotTake() throws Exception {
    try (ApiServer server = server()) {
      for (final String type :
          List.of("multipart/form-data; boundary=x", "text/plain", "application/xml", "x")) {
        final var answer = server.post("closeCall", ApiServer.call(), type);
        assertThat(answer.statusCode()).as(type).isEqualTo(415);
        assertThat(answer.body()).startsWith("FALSE,Content-Type: ");
      }
      final String json = "{\"callUID\":\"K1\",\"securityToken\":\"" + ApiServer.TOKEN + "\"}";
      assertThat(server.post("closeCall", json, "application/json; charset=utf-8").body())
          .isEqualTo("TRUE");
    }
  }
}
