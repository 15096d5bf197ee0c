package dev.conductor.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a host's page hears: the events of the demo conference as they come, by Server-Sent Events.
 */
final class EventTape implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Stream<String> lines;
  private final UnaryOperator<JsonNode> kept;

  private EventTape(final Stream<String> lines, final UnaryOperator<JsonNode> kept) {
    this.lines = lines;
    this.kept = kept;
  }

  /** Listens from now on; further parameters as a query, e.g. {@code &names=printed}. */
  static EventTape open(final Api api, final String more) throws IOException, InterruptedException {
    return open(api, more, event -> event);
  }

  /** The same, but keeps of an event what does not grow with the call: not its target. */
  static EventTape openWithoutTargets(final Api api, final String more)
      throws IOException, InterruptedException {
    return open(api, more, event -> ((ObjectNode) event).without("target"));
  }

  private static EventTape open(
      final Api api, final String more, final UnaryOperator<JsonNode> kept)
      throws IOException, InterruptedException {
    final String query =
        "/_conference/events?type=JSON&conferenceUID="
            + DemoConference.UID
            + "&securityToken="
            + DemoConference.TOKEN
            + more;
    final HttpResponse<Stream<String>> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(api.base() + query)).GET().build(),
                HttpResponse.BodyHandlers.ofLines());
    final EventTape tape = new EventTape(response.body(), kept);
    final Thread reader = new Thread(tape::read, "event-tape");
    reader.setDaemon(true);
    reader.start();
    return tape;
  }

  private void read() {
    try {
      lines
          .filter(line -> line.startsWith("data:"))
          .map(line -> kept.apply(parse(line.substring("data:".length()))))
          .forEach(events::add);
    } catch (final RuntimeException closed) {
      // The tape was closed, or the server ended the stream; what came is on it.
      return;
    }
  }

  private static JsonNode parse(final String text) {
    try {
      return JSON.readTree(text);
    } catch (final JsonProcessingException noJson) {
      throw new IllegalStateException(text, noJson);
    }
  }

  /** All that came so far. */
  List<JsonNode> events() {
    return events;
  }

  /** The first event of this source and name that fits, once it has come. */
  JsonNode await(final String source, final String name, final Predicate<JsonNode> fits) {
    return await(
        event ->
            event.path("source").asText().equals(source)
                && event.path("name").asText().equals(name)
                && fits.test(event),
        PATIENCE);
  }

  /** What is told of the call placed to this number once it has come to this status. */
  JsonNode placed(final String number, final String status) {
    return placed(number, status, PATIENCE);
  }

  /** The same of a status that may take so long. */
  JsonNode placed(final String number, final String status, final Duration patience) {
    return await(
        event ->
            event.path("source").asText().equals("CALL")
                && event.path("name").asText().equals("PLACECALL")
                && event.at("/target/number").asText().equals(number)
                && event.at("/target/status").asText().equals(status),
        patience);
  }

  private JsonNode await(final Predicate<JsonNode> fits, final Duration patience) {
    return org.awaitility.Awaitility.await()
        .atMost(patience)
        .until(() -> events.stream().filter(fits).findFirst().orElse(null), event -> event != null);
  }

  @Override
  public void close() {
    lines.close();
  }
}
