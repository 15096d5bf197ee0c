package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Command;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What two servers in a row might read differently is refused (RFC 9112, sections 2.2, 5.1, 5.2,
 * 6.1 and 11.2), and nothing after it on its connection is looked at.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class StrictHttpTest {
  /** Would be a request of its own to a server that reads otherwise. */
  private static final String SMUGGLED = post("smuggled", "Content-Length: %d\r\n", "");

  private static ApiServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new ApiServer(
            ApiServer.settings(
                Map.of("http.requests-per-second", "100000", "http.request-burst", "100000")),
            10_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String post(final String actor, final String head, final String end) {
    final String body = ApiServer.call("actor", actor);
    return "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\n"
        + String.format(head, body.length())
        + "\r\n"
        + body
        + end;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: %d\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: %d\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: identity\r\nContent-Length: %d\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length : %d\r\n",
        "Content-Length: %d\r\nContent-Length: 0\r\n",
        "Content-Length: %d, %<d\r\n",
        "Content-Length: +%d\r\n",
        "Content-Length: 0x%x\r\n",
        "Content-Length: %d\r\nX: a\r\n b\r\n",
        "Content-Length: %d\r\nX: a\r\n\tTransfer-Encoding: chunked\r\n",
        " Content-Length: %d\r\n",
        "Content-Length: %d\nX: y\r\n",
        "Content-Length: %d\r\nX: a\rTransfer-Encoding: chunked\r\n",
        "Content-Length: %d\r\nX: a\u0000b\r\n",
        "Content-Length: %d\r\nX\u0000: a\r\n",
        "Content-Length: %d\r\nX Y: a\r\n",
        "Content-Length: %d\r\n: a\r\n",
        "Content-Length: %d\r\nnothing\r\n",
        "Content-Length: %d\r\nHost: y\r\n",
      })
  void shouldRefuseAHeadThatCanBeReadInTwoWays(final String head) throws Exception {
    final int before = server.gate.taken().size();
    try (RawClient client = new RawClient(server.address)) {
      client.send(post("first", head, SMUGGLED));
      assertThat(client.reply().status()).isEqualTo(400);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(server.gate.taken()).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /healthz HTTP/1.1\nHost: x\n\n",
        "GET /healthz HTTP/1.1\r\nHost: x\n\r\n",
        "GET /healthz HTTP/1.1 \r\nHost: x\r\n\r\n",
        "GET /healthz\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/2.0\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/0.9\r\nHost: x\r\n\r\n",
        "GET healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /hea\u0000lthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "G\u0000T /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /hea lthz HTTP/1.1\r\nHost: x\r\n\r\n",
        "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
      })
  void shouldRefuseALineThatIsNoRequestLine(final String sent) throws Exception {
    try (RawClient client = new RawClient(server.address)) {
      client.send(sent);
      assertThat(client.reply().status()).isBetween(400, 505).isNotEqualTo(500);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%x\n%s\r\n0\r\n\r\n",
        "%x\r\n%s\n0\r\n\r\n",
        "%x\r\n%s\r\n0\n\r\n",
        "+%x\r\n%s\r\n0\r\n\r\n",
        "0x%x\r\n%s\r\n0\r\n\r\n",
        "-%x\r\n%s\r\n0\r\n\r\n",
        "%x\r\n%s0\r\n0\r\n\r\n",
        "fffffffff%x\r\n%s\r\n0\r\n\r\n",
        "%x;a=\n\r\n%s\r\n0\r\n\r\n",
      })
  void shouldRefuseChunksThatCanBeReadInTwoWays(final String chunks) throws Exception {
    final int before = server.gate.taken().size();
    final String body = ApiServer.call("actor", "chunked");
    try (RawClient client = new RawClient(server.address)) {
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
              + String.format(chunks, body.length(), body)
              + SMUGGLED);
      assertThat(client.reply().status()).isBetween(400, 413);
      assertThat(client.isAtEnd()).isTrue();
    }
    assertThat(server.gate.taken()).hasSize(before);
  }

  @Test
  void shouldTakeWhatIsUnusualButClear() throws Exception {
    final int before = server.gate.taken().size();
    final String body = ApiServer.call("actor", "odd");
    try (RawClient client = new RawClient(server.address)) {
      client.send("\r\n" + post("crlf-first", "content-length:%d\r\nX:\t a \t\r\nY:\r\n", ""));
      assertThat(client.reply().body()).isEqualTo("TRUE");
      client.send(
          "POST /_conference/closeCall HTTP/1.1\r\nHost: x\r\nTRANSFER-ENCODING: Chunked\r\n\r\n"
              + String.format(
                  "000%X;ext=\"v\"\r\n%s\r\n00\r\nTrailer: x\r\n\r\n", body.length(), body)
              + SMUGGLED);
      assertThat(client.reply().body()).isEqualTo("TRUE");
      assertThat(client.reply().body()).isEqualTo("TRUE");
    }
    final List<String> actors =
        server.gate.taken().stream().skip(before).map(Command::origin).map(o -> o.actor()).toList();
    assertThat(actors).containsExactly("crlf-first", "odd", "smuggled");
  }
}
