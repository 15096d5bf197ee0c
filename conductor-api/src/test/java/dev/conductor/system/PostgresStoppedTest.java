package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.demo.DemoConference;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * PostgreSQL itself is stopped under a stream of commands, as a crash stops it, and started again:
 * the call goes on, what must last is refused meanwhile, and nothing that was answered TRUE is lost
 * or there twice. Needs PostgreSQL's programs (Debian: postgresql), whatever the other tests use.
 */
@Timeout(300)
class PostgresStoppedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int STOPS = 2;
  private static final int SOME = 5;
  private static final String KEY = "stream";
  private static final String ALL =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";
  private static final String WITHOUT_P =
      "H:AOQRS A:HOQRS O:HAQRS P:HAOQRS Q:HAORS R:HAOQS S:HAOQR";

  private OwnPostgres postgres;
  private RunningServer server;
  private Stage stage;
  private volatile boolean over;

  @BeforeEach
  void start() throws Exception {
    postgres = OwnPostgres.start();
    server = RunningServer.start(Map.of("data.url", postgres.url(), "data.user", OwnPostgres.USER));
    stage = new Stage(server);
  }

  @AfterEach
  void stop() throws Exception {
    if (stage != null) {
      stage.close();
      server.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void shouldGoOnWithoutPostgresAndHaveAllThatWasAnsweredTrueAfterwards() throws Exception {
    final Commands live = new Commands("R", "attention");
    final Commands lasting = new Commands("Q", "notes");
    final Bookings bookings = new Bookings();
    final List<Stream> streams = List.of(live, lasting, bookings);
    streams.forEach(Thread::start);
    for (int stops = 0; stops < STOPS; stops++) {
      untilMore(live.durable, lasting.durable, bookings.done);
      postgres.stopInTheMiddle();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                final HttpResponse<String> ready = server.api().get("/readyz");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).startsWith("store: ").contains("refused");
              });
      untilMore(live.live, lasting.refused, bookings.refused);
      stage.set("P", "mute", "true");
      stage.hears(WITHOUT_P);
      stage.set("P", "mute", "false");
      stage.hears(ALL);

      postgres.startAgain();
      await().atMost(PATIENCE).until(() -> server.api().get("/readyz").statusCode() == 200);
    }
    untilMore(live.durable, lasting.durable, bookings.done);
    over = true;
    for (final Stream stream : streams) {
      stream.join();
      assertThat(stream.unexpected).as(stream.getName()).isEmpty();
    }
    check(live, lasting, bookings);
  }

  /** Until each of these has grown by a few. */
  private static void untilMore(final Map<?, ?>... growing) {
    final List<Integer> before = Stream.sizes(growing);
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              final List<Integer> now = Stream.sizes(growing);
              for (int i = 0; i < now.size(); i++) {
                if (now.get(i) < before.get(i) + SOME) {
                  return false;
                }
              }
              return true;
            });
  }

  private void check(final Commands live, final Commands lasting, final Bookings bookings)
      throws Exception {
    final long head = server.api().read("getCall").path("seq").asLong();
    final Map<Long, JsonNode> stored = stored();
    assertThat(stored.keySet())
        .as("no event is missing")
        .containsExactlyElementsOf(LongStream.rangeClosed(1, head).boxed().toList());
    live.checkAllIn(stored);
    lasting.checkAllIn(stored);
    assertThat(lasting.live).as("what lasts is answered TRUE when it is on disk").isEmpty();
    for (final JsonNode target : stored.values()) {
      assertThat(lasting.refused).doesNotContainKey(target.path("notes").asText());
    }
    bookings.check();
  }

  /** The targets of the call's events by their numbers, as another client of the database sees. */
  private Map<Long, JsonNode> stored() throws Exception {
    final ObjectMapper json = new ObjectMapper();
    final Map<Long, JsonNode> events = new TreeMap<>();
    try (Connection other = DriverManager.getConnection(postgres.url(), OwnPostgres.USER, "");
        Statement client = other.createStatement();
        ResultSet rows = client.executeQuery("SELECT seq, body FROM event")) {
      while (rows.next()) {
        events.put(rows.getLong(1), json.readTree(rows.getString(2)).path("target"));
      }
    }
    return events;
  }

  /** Commands without end from one client, until the test is over. */
  private abstract class Stream extends Thread {
    /** Answers that no client should see. */
    final List<String> unexpected = new CopyOnWriteArrayList<>();

    private int number;

    Stream(final String name) {
      super(name);
    }

    static List<Integer> sizes(final Map<?, ?>... maps) {
      return java.util.stream.Stream.of(maps).map(Map::size).toList();
    }

    @Override
    public final void run() {
      try {
        while (!over) {
          command(++number);
        }
      } catch (final RuntimeException failed) {
        unexpected.add(failed.toString());
      }
    }

    abstract void command(int number);
  }

  /** Changes of one field of one caller. */
  private final class Commands extends Stream {
    /** By event number, what was answered TRUE. */
    final Map<Long, String> durable = new ConcurrentSkipListMap<>();

    /** The same with the word that it is not on disk yet. */
    final Map<Long, String> live = new ConcurrentSkipListMap<>();

    /** What was refused before anything was changed. */
    final Map<String, String> refused = new ConcurrentSkipListMap<>();

    private final String uid;
    private final String field;

    Commands(final String who, final String field) {
      super(field);
      this.field = field;
      this.uid =
          server.api().callerByNumber(stage.phone(who.charAt(0)).user()).path("UID").asText();
    }

    @Override
    void command(final int number) {
      final String value = field.equals("attention") ? "" + number % 6 : "note " + number;
      final HttpResponse<String> answer =
          server
              .api()
              .post(
                  "updateCaller", Api.withDemo(Map.of("UID", uid, "field", field, "value", value)));
      if (answer.body().equals("TRUE")) {
        final long seq = answer.headers().firstValueAsLong("conductor-seq").orElseThrow();
        final boolean onDisk = answer.headers().firstValue("conductor-durable").isEmpty();
        (onDisk ? durable : live).put(seq, value);
      } else if (!answer.body().startsWith("FALSE,store: ")) {
        unexpected.add(answer.body());
      } else if (!answer.body().contains("changed for now")) {
        refused.put(value, answer.body());
      }
    }

    void checkAllIn(final Map<Long, JsonNode> stored) {
      for (final Map<Long, String> answeredTrue : List.of(durable, live)) {
        answeredTrue.forEach(
            (seq, value) ->
                assertThat(stored.get(seq).path(field).asText())
                    .as("event %s", seq)
                    .isEqualTo(value));
      }
    }
  }

  /** Changes of the conference by its customer: code 0, or -3 while nothing can be stored. */
  private final class Bookings extends Stream {
    /** By its number, what was answered 0. */
    final Map<Integer, Integer> done = new ConcurrentSkipListMap<>();

    /** By its number, what was answered -3. */
    final Map<Integer, Integer> refused = new ConcurrentSkipListMap<>();

    private final AccessClient client = new AccessClient(server.api().base());

    Bookings() {
      super("bookings");
    }

    @Override
    void command(final int number) {
      final JsonNode answer =
          client.answer(
              "updateCustomValue",
              "objectType=conference",
              "objectUID=" + DemoConference.UID,
              "customKey=" + KEY,
              "customValue=" + number);
      switch (answer.path("code").asInt()) {
        case 0 -> done.put(number, number);
        case -3 -> refused.put(number, number);
        default -> unexpected.add(answer.toString());
      }
    }

    /** The database has what was answered last. */
    void check() throws Exception {
      try (Connection other = DriverManager.getConnection(postgres.url(), OwnPostgres.USER, "");
          Statement sql = other.createStatement();
          ResultSet row =
              sql.executeQuery("SELECT content FROM custom_value WHERE name = '" + KEY + "'")) {
        assertThat(row.next()).isTrue();
        assertThat(done).containsKey(row.getInt(1));
        assertThat(row.getInt(1))
            .isEqualTo(((ConcurrentSkipListMap<Integer, Integer>) done).lastKey());
      }
    }
  }
}
