package dev.conductor.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A running server as the program's own commands ask it: over HTTP, as any client does. The main
 * thread; it waits.
 */
final class ServerDoor {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String url;
  private final String authorization;
  private final HttpClient client;

  /**
   * A door.
   *
   * @param url where the server is, without a slash at the end
   * @param authorization what each request carries as Authorization, empty for none
   * @param tls whom it trusts; null for whom Java trusts
   */
  ServerDoor(final String url, final String authorization, final SSLContext tls) {
    this.url = url;
    this.authorization = authorization;
    final HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT);
    if (tls != null) {
      builder.sslContext(tls);
    }
    this.client = builder.build();
  }

  /**
   * Asks a function by a form.
   *
   * @return its value
   * @throws CommandFailed with what the server says, or because there is none
   */
  JsonNode ask(final String path, final Map<String, String> parameters) throws CommandFailed {
    final HttpRequest request =
        request(path, Map.of())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form(parameters)))
            .build();
    return value(send(request));
  }

  /** Sends a file's text to a function, whose parameters stand in the query. */
  JsonNode send(
      final String path,
      final Map<String, String> parameters,
      final String contentType,
      final byte[] body)
      throws CommandFailed {
    final HttpRequest request =
        request(path, parameters)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    return value(send(request));
  }

  /** Fetches what a function answers, as it is. */
  String fetch(final String path, final Map<String, String> parameters) throws CommandFailed {
    final HttpResponse<String> answer =
        send(
            request(path, Map.of())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(parameters)))
                .build());
    if (answer.statusCode() != OK || isEnvelope(answer)) {
      value(answer);
    }
    return answer.body();
  }

  private static boolean isEnvelope(final HttpResponse<String> answer) {
    return answer.body().startsWith("{\"code\":");
  }

  private HttpRequest.Builder request(final String path, final Map<String, String> query) {
    final String target = url + path + (query.isEmpty() ? "" : "?" + form(query));
    final HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(target)).timeout(ANSWER);
    return authorization.isEmpty() ? request : request.header("Authorization", authorization);
  }

  private static String form(final Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + escaped(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String escaped(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(final HttpRequest request) throws CommandFailed {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (final ConnectException | HttpConnectTimeoutException nobody) {
      throw new CommandFailed(CommandFailed.CANNOT_CONNECT, "cannot connect to " + url);
    } catch (final IOException failed) {
      throw new CommandFailed(
          CommandFailed.CANNOT_CONNECT, "no answer from " + url + ": " + failed.getMessage());
    } catch (final InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(CommandFailed.FAILED, "interrupted");
    }
  }

  private JsonNode value(final HttpResponse<String> answer) throws CommandFailed {
    final JsonNode envelope;
    try {
      envelope = JSON.readTree(answer.body());
    } catch (final JsonProcessingException notJson) {
      throw strange(answer);
    }
    if (!envelope.isObject() || !envelope.path("code").isNumber()) {
      throw strange(answer);
    }
    if (envelope.path("code").asInt() != 0) {
      throw new CommandFailed(CommandFailed.FAILED, envelope.path("message").asText());
    }
    return envelope.path("value");
  }

  private CommandFailed strange(final HttpResponse<String> answer) {
    return new CommandFailed(
        CommandFailed.FAILED,
        url + " answered " + answer.statusCode() + ", not as a Conductor server does");
  }
}
