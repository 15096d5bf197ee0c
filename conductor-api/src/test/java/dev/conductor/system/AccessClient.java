package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A customer's own program: the Conference Management API over real HTTP. */
final class AccessClient {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String base;
  private final List<String> identity;

  /** The demo's customer. */
  AccessClient(final String base) {
    this(base, DemoConference.CUSTOMER_UID, DemoConference.CUSTOMER_KEY);
  }

  AccessClient(final String base, final String customer, final String key) {
    this.base = base;
    this.identity = List.of("customer=" + customer, "key=" + key);
  }

  /** The value of a call that has to succeed; each parameter is {@code name=value}. */
  JsonNode value(final String function, final String... parameters) {
    final JsonNode answer = answer(function, parameters);
    assertThat(answer.path("code").intValue()).as("%s: %s", function, answer).isZero();
    return answer.path("value");
  }

  /** The code of a call. */
  int code(final String function, final String... parameters) {
    return answer(function, parameters).path("code").intValue();
  }

  /** The message of a call. */
  String message(final String function, final String... parameters) {
    return answer(function, parameters).path("message").asText();
  }

  /** The whole answer: a read by GET, a write by POST, HTTP 200 either way. */
  JsonNode answer(final String function, final String... parameters) {
    final HttpResponse<String> answer =
        function.startsWith("get") ? get(function, parameters) : post(function, parameters);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return parsed(answer.body());
  }

  HttpResponse<String> get(final String function, final String... parameters) {
    return send(HttpRequest.newBuilder(uri(function + "?" + form(withIdentity(parameters)))).GET());
  }

  HttpResponse<String> post(final String function, final String... parameters) {
    return send(postOf(uri(function), form(withIdentity(parameters))));
  }

  /** A request with nothing added: neither customer nor key. */
  HttpResponse<String> bare(final String method, final String pathAndQuery, final String body) {
    return send(
        HttpRequest.newBuilder(URI.create(base + pathAndQuery))
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode parsed(final String body) {
    try {
      return json.readTree(body);
    } catch (final IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  /** As forms write it; each parameter is {@code name=value}. */
  static String form(final List<String> parameters) {
    final List<String> out = new ArrayList<>();
    for (final String parameter : parameters) {
      final int equals = parameter.indexOf('=');
      out.add(
          parameter.substring(0, equals + 1)
              + URLEncoder.encode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return String.join("&", out);
  }

  private List<String> withIdentity(final String... parameters) {
    final List<String> all = new ArrayList<>(identity);
    all.addAll(List.of(parameters));
    return all;
  }

  private URI uri(final String function) {
    return URI.create(base + "/_access/" + function);
  }

  private static HttpRequest.Builder postOf(final URI uri, final String form) {
    return HttpRequest.newBuilder(uri)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private HttpResponse<String> send(final HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
