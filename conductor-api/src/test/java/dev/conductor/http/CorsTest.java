package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which pages a browser lets read our answers, over real sockets. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CorsTest {
  private static final String PAGE = "https://hosts.example";
  private static final String OTHER = "https://hosts.example.evil";

  private static String head(final ApiServer server, final String... lines) throws Exception {
    try (RawClient client = new RawClient(server.address)) {
      client.send(String.join("\r\n", lines) + "\r\nHost: x\r\n\r\n");
      return client.reply().head();
    }
  }

  private static String preflight(final ApiServer server, final String origin) throws Exception {
    return head(
        server,
        "OPTIONS /_conference/closeCall HTTP/1.1",
        "Origin: " + origin,
        "Access-Control-Request-Method: POST",
        "Access-Control-Request-Headers: idempotency-key");
  }

  private static String read(final ApiServer server, final String origin) throws Exception {
    return head(
        server, "GET /_conference/getCall?" + ApiServer.call() + " HTTP/1.1", "Origin: " + origin);
  }

  private static ApiServer server(final String origins) throws Exception {
    return new ApiServer(ApiServer.settings(Map.of("http.cors-origins", origins)), 10_000);
  }

  @Test
  void shouldLetNoPageInUnlessConfigured() throws Exception {
    try (ApiServer server = server("")) {
      assertThat(read(server, PAGE))
          .startsWith("HTTP/1.1 200 ")
          .doesNotContainIgnoringCase("access-control");
      assertThat(preflight(server, PAGE))
          .startsWith("HTTP/1.1 405 ")
          .doesNotContainIgnoringCase("access-control");
    }
  }

  @Test
  void shouldLetTheConfiguredPagesInAndNoOther() throws Exception {
    try (ApiServer server = server(PAGE + ",http://localhost:3000")) {
      assertThat(read(server, PAGE))
          .containsIgnoringCase("access-control-allow-origin: " + PAGE + "\r\n")
          .containsIgnoringCase("vary: origin\r\n")
          .containsIgnoringCase("Conductor-Seq")
          .doesNotContainIgnoringCase("credentials");
      assertThat(preflight(server, "http://localhost:3000"))
          .startsWith("HTTP/1.1 204 ")
          .containsIgnoringCase("access-control-allow-origin: http://localhost:3000\r\n")
          .containsIgnoringCase("access-control-allow-methods: GET, POST\r\n")
          .containsIgnoringCase("Idempotency-Key")
          .doesNotContainIgnoringCase("credentials")
          .doesNotContainIgnoringCase("content-length");
      for (final String origin : new String[] {OTHER, "null", "http://hosts.example", ""}) {
        assertThat(read(server, origin))
            .as(origin)
            .containsIgnoringCase("vary: origin\r\n")
            .doesNotContainIgnoringCase("access-control");
        assertThat(preflight(server, origin)).as(origin).startsWith("HTTP/1.1 405 ");
      }
      assertThat(server.gate.taken()).isEmpty();
    }
  }

  @Test
  void shouldMarkRefusalsAndStreamsToo() throws Exception {
    try (ApiServer server = server(PAGE)) {
      assertThat(head(server, "GET /_conference/getCall?callUID=K1 HTTP/1.1", "Origin: " + PAGE))
          .startsWith("HTTP/1.1 403 ")
          .containsIgnoringCase("access-control-allow-origin: " + PAGE);
      assertThat(
              head(
                  server,
                  "POST /_conference/closeCall HTTP/1.1",
                  "Content-Length: 999999",
                  "Origin: " + PAGE))
          .startsWith("HTTP/1.1 413 ")
          .containsIgnoringCase("access-control-allow-origin: " + PAGE);
      assertThat(
              head(
                  server,
                  "GET /_conference/events?conferenceUID=C1&securityToken="
                      + ApiServer.TOKEN
                      + " HTTP/1.1",
                  "Origin: " + PAGE))
          .startsWith("HTTP/1.1 200 ")
          .containsIgnoringCase("text/event-stream")
          .containsIgnoringCase("access-control-allow-origin: " + PAGE);
    }
  }

  @Test
  void shouldMarkEachPipelinedAnswerForItsOwnRequest() throws Exception {
    try (ApiServer server = server(PAGE);
        RawClient client = new RawClient(server.address)) {
      final String get = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
      client.send(get + "Origin: " + PAGE + "\r\n\r\n" + get + "\r\n" + get + "Origin: x\r\n\r\n");
      assertThat(client.reply().head()).containsIgnoringCase("access-control-allow-origin");
      assertThat(client.reply().head()).doesNotContainIgnoringCase("access-control-allow-origin");
      assertThat(client.reply().head()).doesNotContainIgnoringCase("access-control-allow-origin");
    }
  }

  @Test
  void shouldLetEveryPageInWithoutCredentialsWhereAStarIsConfigured() throws Exception {
    try (ApiServer server = server("*")) {
      assertThat(read(server, OTHER))
          .containsIgnoringCase("access-control-allow-origin: *\r\n")
          .doesNotContainIgnoringCase("credentials");
      assertThat(preflight(server, "null"))
          .startsWith("HTTP/1.1 204 ")
          .containsIgnoringCase("access-control-allow-origin: *\r\n");
    }
  }
}
