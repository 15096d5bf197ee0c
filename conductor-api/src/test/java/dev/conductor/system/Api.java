package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.demo.DemoConference;
import dev.conductor.query.Documents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.w3c.dom.Element;

/** The host's side: the Conductor API of the demo conference over real HTTP. */
final class Api {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final ObjectMapper json = new ObjectMapper();
  private final String base;

  Api(final InetSocketAddress http) {
    base = "http://127.0.0.1:" + http.getPort();
  }

  /** Has Ann called at this number; fails where that is not taken. */
  void place(final String number) {
    assertThat(command("placeCall", "role", "PARTICIPANT", "name", "Ann", "number", number))
        .isEqualTo("TRUE");
  }

  /** The answer of a command, with the demo's conference and token; name, value, name, value. */
  String command(final String function, final String... parameters) {
    return post(function, withDemo(parameters)).body();
  }

  /** The {@code value} of a read. */
  JsonNode read(final String function, final String... parameters) {
    final Map<String, String> all = withDemo(parameters);
    all.put("type", "JSON");
    try {
      return json.readTree(post(function, all).body()).path("value");
    } catch (final IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }

  /** The {@code value} of a read as XML, the format when none is asked for. */
  Element readXml(final String function, final String... parameters) {
    final Element root = Documents.xml(post(function, withDemo(parameters)).body());
    return Documents.children(root, "value").get(0);
  }

  /** Posts a form as it is given. */
  HttpResponse<String> post(final String function, final Map<String, String> parameters) {
    final StringBuilder form = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            form.append(form.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send(
        HttpRequest.newBuilder(URI.create(base + "/_conference/" + function))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
  }

  /** Posts the same as a JSON object. */
  HttpResponse<String> postJson(final String function, final Map<String, String> parameters) {
    try {
      return send(
          HttpRequest.newBuilder(URI.create(base + "/_conference/" + function))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(parameters))));
    } catch (final IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** These parameters with the demo's conference and token. */
  static Map<String, String> withDemo(final Map<String, String> parameters) {
    final Map<String, String> all = withDemo();
    all.putAll(parameters);
    return all;
  }

  /** Where it stands. */
  String base() {
    return base;
  }

  /** Gets a page. */
  HttpResponse<String> get(final String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
  }

  /** One of the figures that {@code /metrics} tells, labels left out and summed; 0 if absent. */
  double metric(final String name) {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.matches(name + "(\\{.*})? .*"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The caller with this number who is on the line; missing if there is none. */
  JsonNode callerByNumber(final String ani) {
    for (final JsonNode caller : read("getCallData").path("caller")) {
      if (caller.path("ANI").asText().equals(ani) && caller.path("active").asBoolean()) {
        return caller;
      }
    }
    return json.missingNode();
  }

  /** How many callers are on the line. */
  int activeCallers() {
    int active = 0;
    for (final JsonNode caller : read("getCallData").path("caller")) {
      active += caller.path("active").asBoolean() ? 1 : 0;
    }
    return active;
  }

  private static Map<String, String> withDemo(final String... parameters) {
    final Map<String, String> all = new LinkedHashMap<>();
    all.put("conferenceUID", DemoConference.UID);
    all.put("securityToken", DemoConference.TOKEN);
    for (int i = 0; i < parameters.length; i += 2) {
      all.put(parameters[i], parameters[i + 1]);
    }
    return all;
  }

  private HttpResponse<String> send(final HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
