package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conductor.demo.DemoConference;
import dev.conductor.notify.EventClient;
import dev.conductor.notify.SseClient;
import dev.conductor.store.CuttingProxy;
import dev.conductor.store.StoreFaults;
import dev.conductor.store.StoreHolder;
import dev.conductor.store.TestDatabase;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is wrong with the store, what is said is heard and what must not last is done; what must
 * is refused, {@code /readyz} says why, and afterwards nothing is missing and nothing is there
 * twice.
 */
@Timeout(180)
class StoreFaultsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ALL =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";
  private static final String WITHOUT_P =
      "H:AOQRS A:HOQRS O:HAQRS P:HAOQRS Q:HAORS R:HAOQS S:HAOQR";
  private static final String R_AND_S_APART = "H:AOQ A:HOQ O:HAQ P:HAOQ Q:HAO R:HAOS S:HAOR";

  @TempDir static Path folder;
  private static CuttingProxy proxy;
  private static RunningServer server;
  private static Stage stage;

  @BeforeAll
  static void start() throws Exception {
    final Path data = Files.createDirectory(folder.resolve("data"));
    final Map<String, String> settings = new HashMap<>(TestDatabase.settings(data));
    if (TestDatabase.isPostgres()) {
      proxy = CuttingProxy.open();
      settings.put("data.url", proxy.url(data));
    }
    server = RunningServer.start(settings);
    stage = new Stage(server);
  }

  @AfterAll
  static void stop() throws Exception {
    stage.close();
    server.close();
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void shouldSteerOnWhileTheFileIsFull() throws Exception {
    assumeTrue(!TestDatabase.isPostgres(), "the embedded store's");
    steerOnWhile(
        () -> StoreFaults.fill(server.store()), "FULL", () -> StoreFaults.enlarge(server.store()));
  }

  @Test
  void shouldSteerOnWhileTheFileIsForReadingAlone() throws Exception {
    assumeTrue(!TestDatabase.isPostgres(), "the embedded store's");
    steerOnWhile(
        () -> StoreFaults.makeReadOnly(server.store()),
        "READONLY",
        () -> StoreFaults.makeWritable(server.store()));
  }

  @Test
  void shouldSteerOnWhileAnotherProcessHoldsTheStore() throws Exception {
    final AtomicReference<StoreHolder> other = new AtomicReference<>();
    try {
      steerOnWhile(
          () -> other.set(StoreHolder.hold(data())),
          TestDatabase.isPostgres() ? "lock timeout" : "BUSY",
          () -> other.get().kill());
    } finally {
      if (other.get() != null) {
        other.get().close();
      }
    }
  }

  @Test
  void shouldSteerOnWhilePostgresIsGone() throws Exception {
    assumeTrue(TestDatabase.isPostgres(), "PostgreSQL's");
    steerOnWhile(proxy::stop, "refused", proxy::resume);
  }

  @Test
  void shouldSteerOnWhenPostgresGoesInTheMiddleOfACommit() throws Exception {
    assumeTrue(TestDatabase.isPostgres(), "PostgreSQL's");
    steerOnWhile(
        () -> proxy.cutNextCommit(CuttingProxy.Cut.AFTER_AND_STOP), "refused", proxy::resume);
  }

  @Test
  void shouldNotEvenTellWhenTheConnectionIsLostInTheMiddleOfACommit() throws Exception {
    assumeTrue(TestDatabase.isPostgres(), "PostgreSQL's");
    for (final CuttingProxy.Cut cut :
        List.of(CuttingProxy.Cut.AFTER, CuttingProxy.Cut.BEFORE, CuttingProxy.Cut.AFTER)) {
      final String before = notes();
      proxy.cutNextCommit(cut);
      final HttpResponse<String> noted = update("P", "note", "+" + cut);
      assertThat(noted.body()).isEqualTo("TRUE");
      assertThat(noted.headers().firstValue("conductor-durable")).isEmpty();
      assertThat(proxy.hasCut()).isTrue();
      assertThat(notes()).isEqualTo(before + "+" + cut);
    }
    assertThat(stored()).containsExactlyElementsOf(numbersTo(head()));
  }

  private static void steerOnWhile(final Act broken, final String reason, final Act mended)
      throws Exception {
    try (EventClient reader =
        SseClient.open(
            server.http(),
            "conferenceUID="
                + DemoConference.UID
                + "&securityToken="
                + DemoConference.TOKEN
                + "&type=json&since=0")) {
      assertThat(update("P", "notes", "before").body()).isEqualTo("TRUE");
      stage.hears(ALL);
      broken.run();

      assertThat(update("P", "data", "x".repeat(60_000)).body()).startsWith("FALSE,store: ");
      final HttpResponse<String> muted = update("P", "mute", "true");
      assertThat(muted.body()).isEqualTo("TRUE");
      assertThat(muted.headers().firstValue("conductor-durable")).contains("no");
      stage.hears(WITHOUT_P);
      assertThat(update("P", "notes", "refused").body()).startsWith("FALSE,store: ");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(server.api().get("/readyz").statusCode()).isEqualTo(503);
                assertThat(server.api().get("/readyz").body())
                    .startsWith("store: ")
                    .contains(reason);
              });
      stage.breakout("B1", "RS");
      stage.hears(R_AND_S_APART);
      assertThat(notes()).isEqualTo("before");

      mended.run();
      await().atMost(PATIENCE).until(() -> server.api().get("/readyz").statusCode() == 200);
      await().atMost(PATIENCE).until(() -> update("P", "notes", "after").body().equals("TRUE"));
      stage.reset();
      assertThat(update("P", "notes", "kept").headers().firstValue("conductor-durable")).isEmpty();
      final long head = head();
      await().atMost(PATIENCE).until(() -> reader.seqs().contains(head));
      assertThat(reader.seqs()).containsExactlyElementsOf(numbersTo(head));
      assertThat(stored()).containsExactlyElementsOf(numbersTo(head));
    }
  }

  /** The numbers of the call's events as another client of the database sees them. */
  private static List<Long> stored() throws Exception {
    final List<Long> numbers = new ArrayList<>();
    try (Connection other = TestDatabase.connect(data());
        Statement client = other.createStatement();
        ResultSet rows = client.executeQuery("SELECT seq FROM event ORDER BY seq")) {
      while (rows.next()) {
        numbers.add(rows.getLong(1));
      }
    }
    return numbers;
  }

  private static List<Long> numbersTo(final long head) {
    return LongStream.rangeClosed(1, head).boxed().toList();
  }

  private static long head() {
    return server.api().read("getCall").path("seq").asLong();
  }

  private static String notes() {
    return server.api().callerByNumber(stage.phone('P').user()).path("notes").asText();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static HttpResponse<String> update(
      final String who, final String field, final String value) {
    final String uid =
        server.api().callerByNumber(stage.phone(who.charAt(0)).user()).path("UID").asText();
    return server
        .api()
        .post("updateCaller", Api.withDemo(Map.of("UID", uid, "field", field, "value", value)));
  }

  private interface Act {
    void run() throws Exception;
  }
}
