package dev.conductor.http;

import static dev.conductor.query.Documents.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Place;
import dev.conductor.query.Samples;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams behind the same door as everything else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventsHandlerTest {
  private static final String JSON = "&type=json&dates=iso";
  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(ApiServer.config(1_000, 100, 500), 10_000);
    server.events.onCallOpened("C1", "K1");
    for (int seq = 1; seq <= 42; seq++) {
      server.events.append(muted(seq));
    }
    server.events.flush();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldGiveTheConnectionToTheStreamBehindEarlierAnswers() throws Exception {
    try (RawClient reader = new RawClient(server.address)) {
      reader.send(
          get("/_conference/getCall?" + ApiServer.call()) + events(ApiServer.call() + JSON));
      assertThat(reader.reply().body()).startsWith("<response>");
      assertThat(reader.reply().head()).contains("text/event-stream");
      assertThat(json(data(reader)).get("name").textValue()).isEqualTo("SNAPSHOT");
      server.events.append(muted(43));
      server.events.flush();
      assertThat(json(data(reader)).get("seq").intValue()).isEqualTo(43);
      TimeUnit.MILLISECONDS.sleep(2_000);
      reader.send("what a client sends now is dropped\r\n\r\n");
      server.events.append(muted(44));
      server.events.flush();
      assertThat(json(data(reader)).get("seq").intValue())
          .as("neither idle time nor rubbish ends a stream")
          .isEqualTo(44);
      assertThat(server.counters.get(HttpCounter.STREAMS_OPENED)).isEqualTo(1);
      assertThat(server.streams.openStreams()).isEqualTo(1);
    }
    await().until(() -> server.streams.openStreams() == 0);
  }

  @Test
  void shouldResumeWhereTheReaderSays() throws Exception {
    try (RawClient reader = new RawClient(server.address)) {
      reader.send(events(ApiServer.call("since", "40") + JSON));
      reader.reply();
      assertThat(json(data(reader)).get("seq").intValue()).isEqualTo(41);
    }
    try (RawClient reader = new RawClient(server.address)) {
      final String form = "conferenceUID=C1&names=printed&securityToken=" + ApiServer.TOKEN + JSON;
      reader.send(
          "GET /_conference/events?"
              + form
              + " HTTP/1.1\r\nHost: x\r\nLast-Event-ID: K1:41\r\n\r\n");
      reader.reply();
      assertThat(json(data(reader)).get("seq").intValue()).isEqualTo(42);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "callUID=K1&securityToken=wrong, 403, securityToken: not valid for this callUID",
    "conferenceUID=C1, 403, securityToken: not valid for this conferenceUID",
    "'securityToken=s3cret-tok3n', 200, conferenceUID: missing",
    "callUID=K1&securityToken=s3cret-tok3n&since=-1, 200, 'since: \"-1\" is no event number'",
    "callUID=K1&securityToken=s3cret-tok3n&names=nice, 200, 'names: \"nice\" is neither printed nor plain'",
  })
  void shouldRefuseAsAQuestionIsRefused(final String form, final int status, final String message) {
    final var answer = server.get("events", form + JSON);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer.body()).get("message").textValue()).isEqualTo(message);
    assertThat(server.streams.openStreams()).isZero();
  }

  @Test
  void shouldTakeGetAlone() {
    final var answer = server.post("events", ApiServer.call());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET");
  }

  /** The data of the next event that has some. */
  private static String data(final RawClient reader) throws IOException {
    while (true) {
      final String line = reader.line();
      if (line.startsWith("data:")) {
        return line.substring("data:".length());
      }
    }
  }

  private static String events(final String query) {
    return get("/_conference/events?" + query);
  }

  private static String get(final String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  private static Event muted(final long seq) {
    return new Event(
        seq,
        Samples.START_MS,
        "K1",
        EventSource.CALLER,
        EventName.MUTE,
        Samples.caller("A", Place.MAIN, ""),
        new Event.Cause("API", "updateCaller", "1", ""));
  }
}
