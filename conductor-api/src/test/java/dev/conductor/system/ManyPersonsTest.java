package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.conductor.demo.DemoConference;
import dev.conductor.store.TestDatabase;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * As many persons as a file may have come in as one change, and again as an update. Prints how long
 * it took; the heap keeps none of them.
 */
@Timeout(300)
class ManyPersonsTest {
  private static final int PERSONS = 10_000;

  /** With these notes the persons alone are 8 MiB. */
  private static final int NOTES_CHARACTERS = 800;

  private static final long MOST_KEPT_BYTES = 4 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @Test
  void shouldTakeTenThousandPersonsAsOneChangeAndKeepThemOnDiskAlone() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      final int before = stored(server, "Person %");
      assertThat(put(server, "Warm-up ", 100)).isEqualTo("100 added, 0 changed");
      final long heapBytes = heapBytes();
      assertThat(put(server, "Person ", PERSONS))
          .isEqualTo((PERSONS - 100) + " added, 100 changed");
      assertThat(stored(server, "Person %")).isEqualTo(before + PERSONS);
      assertThat(stored(server, "Warm-up %")).isZero();
      assertThat(put(server, "Changed ", PERSONS)).isEqualTo("0 added, " + PERSONS + " changed");
      assertThat(stored(server, "Changed %")).isEqualTo(PERSONS);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(heapBytes() - heapBytes)
                      .as("bytes of heap more than before")
                      .isLessThan(MOST_KEPT_BYTES));
    }
  }

  /** Imports so many, the same references each time, and says what came of it. */
  private static String put(final RunningServer server, final String name, final int persons)
      throws Exception {
    final StringBuilder sheet = new StringBuilder("reference,name,role,email,notes\n");
    final String notes = "n".repeat(NOTES_CHARACTERS);
    for (int i = 0; i < persons; i++) {
      sheet.append(i).append(',').append(name).append(i).append(",PARTICIPANT,p").append(i);
      sheet.append("@example.net,").append(notes).append('\n');
    }
    final long batches = batches(server);
    final long beganNs = System.nanoTime();
    final HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            server.api().base()
                                + "/_access/importPersons?conference="
                                + DemoConference.UID
                                + "&customer="
                                + DemoConference.CUSTOMER_UID
                                + "&key="
                                + DemoConference.CUSTOMER_KEY))
                    .header("Content-Type", "text/csv")
                    .timeout(PATIENCE)
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            sheet.toString(), StandardCharsets.UTF_8))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    final double seconds = (System.nanoTime() - beganNs) / 1e9;
    final JsonNode envelope = new ObjectMapper().readTree(answer.body());
    assertThat(envelope.path("code").asInt()).as(answer.body()).isZero();
    assertThat(envelope.path("value").path("problem")).isEmpty();
    assertThat(batches(server) - batches).as("changes handed to the store").isEqualTo(1);
    final String told =
        envelope.path("value").path("added").asInt()
            + " added, "
            + envelope.path("value").path("changed").asInt()
            + " changed";
    System.out.printf(Locale.ROOT, "import of persons: %s in %.1f s%n", told, seconds);
    return told;
  }

  private static long batches(final RunningServer server) {
    return server.store().counters().get("batches_committed");
  }

  /** Persons whose name is like this, as another client of the database sees. */
  private static int stored(final RunningServer server, final String name) throws Exception {
    try (Connection other = TestDatabase.connect(server.data());
        Statement client = other.createStatement();
        ResultSet row =
            client.executeQuery("SELECT COUNT(*) FROM person WHERE name LIKE '" + name + "'")) {
      assertThat(row.next()).isTrue();
      return row.getInt(1);
    }
  }

  private static long heapBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
