package dev.conductor.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.config.HttpConfig;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server does with connections, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpServerTest {
  private static final String HOST = "Host: x\r\n";

  @Test
  void shouldAnswerPipelinedRequestsInOrderThoughCommandsTakeTheirTime() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      server.gate.hold();
      client.send(close(1) + read() + close(2) + read());
      final FakeGate.Offered first = server.gate.next();
      assertThat(server.gate.isHolding()).isFalse();
      first.reply().onAnswer(Accepted.no("callUID: first"));
      final FakeGate.Offered second = server.gate.next();
      new Thread(() -> second.reply().onAnswer(Accepted.yes(8))).start();
      assertThat(client.reply().body()).isEqualTo("FALSE,callUID: first");
      assertThat(client.reply().body()).contains("\"UID\":\"K1\"");
      final RawClient.Reply third = client.reply();
      assertThat(third.body()).isEqualTo("TRUE");
      assertThat(third.head()).contains("Conductor-Seq: 8\r\n");
      assertThat(client.reply().body()).contains("\"UID\":\"K1\"");
      assertThat(actors(server)).containsExactly("1", "2");
    }
  }

  @Test
  void shouldAnswerManyPipelinedQuestionsOfOneWrite() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      final int count = 300;
      client.send(read().repeat(count));
      for (int i = 0; i < count; i++) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void shouldTakeARequestByteByByteAndThenTheNext() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      for (final char c : close(1).toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.reply().body()).isEqualTo("TRUE");
      client.send(read());
      assertThat(client.reply().status()).isEqualTo(200);
    }
  }

  @Test
  void shouldKeepOrCloseAsTheClientWants() throws Exception {
    try (ApiServer server = new ApiServer()) {
      try (RawClient client = new RawClient(server.address)) {
        client.send("GET /healthz HTTP/1.0\r\n\r\n");
        assertThat(client.reply().head()).contains("connection: close");
        assertThat(client.isAtEnd()).isTrue();
      }
      try (RawClient client = new RawClient(server.address)) {
        client.send("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertThat(client.reply().head()).contains("connection: keep-alive");
        client.send("GET http://x/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertThat(client.reply().body()).isEqualTo("alive\n");
        assertThat(client.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void shouldTakeAChunkedBody() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      final String body = ApiServer.call("actor", "chunky");
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      for (final char c : body.toCharArray()) {
        client.send("1\r\n" + c + "\r\n");
      }
      client.send("0\r\n\r\n");
      assertThat(client.reply().body()).isEqualTo("TRUE");
      assertThat(actors(server)).containsExactly("chunky");
    }
  }

  @Test
  void shouldSayContinueInItsTurn() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      server.gate.hold();
      final String body = ApiServer.call("actor", "2");
      client.send(
          close(1)
              + "POST /_conference/closeCall HTTP/1.1\r\n"
              + HOST
              + "Expect: 100-continue\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n");
      server.gate.next().reply().onAnswer(Accepted.yes(1));
      assertThat(client.reply().body()).isEqualTo("TRUE");
      assertThat(client.reply().status()).isEqualTo(100);
      client.send(body);
      server.gate.next().reply().onAnswer(Accepted.yes(2));
      assertThat(client.reply().body()).isEqualTo("TRUE");
    }
  }

  @Test
  void shouldRefuseABodyOfAMegabyteSoThatTheClientCanReadWhy() throws Exception {
    try (ApiServer server = new ApiServer()) {
      final String large = ApiServer.call("value", "x".repeat(1_048_576));
      for (int i = 0; i < 5; i++) {
        final var answer = server.post("updateCaller", large);
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("FALSE,body: larger than 262144 bytes");
      }
      final var read = server.post("getCall", "type=json&" + large);
      assertThat(read.statusCode()).isEqualTo(413);
      assertThat(server.counters.get(HttpCounter.REFUSED_TOO_LARGE)).isEqualTo(6);
      assertThat(server.gate.taken()).isEmpty();
    }
  }

  @Test
  void shouldRefuseAnEndlessChunkedBody() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
      final String chunk = "8000\r\n" + "y".repeat(0x8000) + "\r\n";
      for (int i = 0; i < 9; i++) {
        client.send(chunk);
      }
      assertThat(client.reply().status()).isEqualTo(413);
    }
  }

  @Test
  void shouldRefuseWhatIsNoHttp() throws Exception {
    try (ApiServer server = new ApiServer()) {
      assertStatus(server, "\u0016\u0003\u0001\u0002\r\n\r\n", 400);
      assertStatus(server, "GET /healthz HTTP/1.1\r\n\r\n", 400);
      assertStatus(server, "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\n" + HOST + "\r\n", 414);
      assertStatus(
          server, "GET / HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(20_000) + "\r\n\r\n", 431);
      assertStatus(server, "GET / HTTP/1.1\r\n" + HOST + "Expect: magic\r\n\r\n", 417);
      assertStatus(
          server,
          "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
          400);
      assertStatus(
          server, "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400);
      assertStatus(server, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n", 400);
      assertStatus(server, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n", 400);
      assertThat(server.counters.get(HttpCounter.REFUSED_MALFORMED)).isEqualTo(9);
      assertStatus(
          server, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 9999999999\r\n\r\n", 413);
    }
  }

  @Test
  void shouldEndARequestThatDribbles() throws Exception {
    try (ApiServer server = new ApiServer(ApiServer.config(1_000, 100, 500), 10_000);
        RawClient slow = new RawClient(server.address);
        RawClient other = new RawClient(server.address)) {
      final Thread dribble =
          new Thread(
              () -> {
                try {
                  for (final char c : ("GET /" + "a".repeat(1_000)).toCharArray()) {
                    slow.send(String.valueOf(c));
                    TimeUnit.MILLISECONDS.sleep(20);
                  }
                } catch (final IOException | InterruptedException closed) {
                  Thread.currentThread().interrupt();
                }
              });
      dribble.start();
      assertThat(slow.reply().status()).isEqualTo(408);
      assertThat(server.counters.get(HttpCounter.REFUSED_SLOW)).isEqualTo(1);
      dribble.interrupt();
      dribble.join();
      assertThat(other.isAtEnd()).as("an idle one is closed without a word").isTrue();
    }
  }

  @Test
  void shouldCloseAConnectionThatFallsAsleepAfterAnAnswer() throws Exception {
    try (ApiServer server = new ApiServer(ApiServer.config(1_000, 100, 500), 10_000);
        RawClient client = new RawClient(server.address)) {
      client.send(read());
      assertThat(client.reply().status()).isEqualTo(200);
      assertThat(client.isAtEnd()).as("closed without a word").isTrue();
      assertThat(server.counters.get(HttpCounter.REFUSED_SLOW)).isZero();
    }
  }

  @Test
  void shouldNotCountTheConductorsTimeAsIdle() throws Exception {
    try (ApiServer server = new ApiServer(ApiServer.config(1_000, 100, 500), 10_000);
        RawClient client = new RawClient(server.address)) {
      server.gate.hold();
      client.send(close(1));
      final FakeGate.Offered offered = server.gate.next();
      TimeUnit.MILLISECONDS.sleep(2_500);
      offered.reply().onAnswer(Accepted.yes(1));
      assertThat(client.reply().body()).isEqualTo("TRUE");
    }
  }

  @Test
  void shouldCloseConnectionsBeyondTheLimitAndTakeNewOnesLater() throws Exception {
    try (ApiServer server = new ApiServer(ApiServer.config(60_000, 2, 500), 10_000)) {
      final RawClient first = new RawClient(server.address);
      first.send(read());
      first.reply();
      final RawClient second = new RawClient(server.address);
      second.send(read());
      second.reply();
      try (RawClient third = new RawClient(server.address)) {
        assertThat(third.isAtEnd()).isTrue();
      }
      assertThat(server.counters.get(HttpCounter.CONNECTIONS_REFUSED)).isEqualTo(1);
      first.close();
      second.close();
      // Until the server has seen that they are closed, it ends new ones.
      await()
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                try (RawClient again = new RawClient(server.address)) {
                  again.send(read());
                  assertThat(again.reply().status()).isEqualTo(200);
                }
              });
    }
  }

  @Test
  void shouldServePagesToGetAlone() throws Exception {
    try (ApiServer server = new ApiServer()) {
      final var page = server.send(server.request("/healthz").GET());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).isEqualTo("alive\n");
      assertThat(page.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
      assertThat(server.send(server.request("/readyz").GET()).statusCode()).isEqualTo(503);
      final var posted = server.send(server.request("/healthz").POST(BodyPublishers.noBody()));
      assertThat(posted.statusCode()).isEqualTo(405);
      assertThat(posted.headers().firstValue("allow")).hasValue("GET, HEAD");
      final var head =
          server.send(server.request("/healthz").method("HEAD", BodyPublishers.noBody()));
      assertThat(head.headers().firstValue("content-length")).hasValue("6");
      assertThat(head.body()).isEmpty();
      assertThat(server.send(server.request("/nothing").GET()).statusCode()).isEqualTo(404);
      final var broken = server.send(server.request("/broken").GET());
      assertThat(broken.statusCode()).isEqualTo(500);
      assertThat(broken.body()).doesNotContain("on purpose");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a%0d%0aSet-Cookie:x=1", "a%0aInjected:1", "%e2%80%a8x", "a,b", "a b"})
  void shouldNotLetANameBreakOutOfAHeader(final String name) throws Exception {
    try (ApiServer server = new ApiServer()) {
      final var answer = server.post("closeCall", ApiServer.call() + "&" + name + "=1");
      assertThat(answer.body()).isEqualTo("TRUE");
      assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "injected");
      assertThat(answer.headers().firstValue("conductor-ignored").orElseThrow())
          .matches("[0-9A-Za-z%._~-]+");
    }
  }

  @Test
  void shouldTakeUtf8UnescapedInABodyButNotInATarget() throws Exception {
    try (ApiServer server = new ApiServer();
        RawClient client = new RawClient(server.address)) {
      final String utf8 = new String("é€".getBytes(UTF_8), ISO_8859_1);
      final String body = ApiServer.call() + "&actor=" + utf8;
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\n"
              + HOST
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      assertThat(client.reply().body()).isEqualTo("TRUE");
      assertThat(actors(server)).containsExactly("é€");
      client.send("GET /_conference/getCall?" + body + " HTTP/1.1\r\n" + HOST + "\r\n");
      final RawClient.Reply refused = client.reply();
      assertThat(refused.status() == 400 || refused.body().contains("query: not ASCII")).isTrue();
    }
  }

  @Test
  void shouldTellWhichAddressCannotBeBound() throws Exception {
    try (ApiServer server = new ApiServer()) {
      final HttpConfig taken =
          ApiServer.settings(Map.of("http.port", Integer.toString(server.address.getPort())));
      try (HttpServer second =
          new HttpServer(taken, ServerTls.of(taken.tls()), new HttpCounters(), List.of())) {
        assertThatThrownBy(second::start)
            .isInstanceOf(IOException.class)
            .hasMessage(
                "cannot listen on http.host=127.0.0.1, http.port=" + server.address.getPort());
      }
    }
  }

  @Test
  void shouldNotMindAClientThatLeavesBeforeItsAnswer() throws Exception {
    try (ApiServer server = new ApiServer()) {
      server.gate.hold();
      final RawClient client = new RawClient(server.address);
      client.send(close(1));
      final FakeGate.Offered offered = server.gate.next();
      client.close();
      offered.reply().onAnswer(Accepted.yes(1));
      assertThat(server.get("getCall", ApiServer.call()).statusCode()).isEqualTo(200);
      assertThat(server.counters.get(HttpCounter.ERRORS)).isZero();
    }
  }

  private static void assertStatus(final ApiServer server, final String sent, final int status)
      throws IOException {
    try (RawClient client = new RawClient(server.address)) {
      client.send(sent);
      assertThat(client.reply().status()).as(sent).isEqualTo(status);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  private static List<String> actors(final ApiServer server) {
    return server.gate.taken().stream().map(Command::origin).map(o -> o.actor()).toList();
  }

  private static String close(final int actor) {
    final String body = ApiServer.call("actor", Integer.toString(actor));
    return "POST /_conference/closeCall HTTP/1.1\r\n"
        + HOST
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String read() {
    return "GET /_conference/getCall?type=json&"
        + ApiServer.call()
        + " HTTP/1.1\r\n"
        + HOST
        + "\r\n";
  }
}
