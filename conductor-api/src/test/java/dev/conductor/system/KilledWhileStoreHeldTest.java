package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.store.StoreHolder;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The worst of both: nothing can be kept, readers are told of events all the same, and then the
 * server is killed. What they were told is lost, but no other event gets its number.
 */
@Timeout(300)
class KilledWhileStoreHeldTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path data;
  private String callUid;

  @Test
  void shouldGiveNoNumberTwiceAndTellTheHole() throws Exception {
    final long kept;
    final long shown;
    try (PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress());
        KilledServer first = KilledServer.begin(data, true).awaitReady()) {
      enter(pool, first);
      assertThat(durable(mute(first.api(), true))).isEmpty();
      kept = seq(first.api());
      try (StoreHolder other = StoreHolder.hold(data)) {
        for (int i = 0; i < 3; i++) {
          assertThat(durable(mute(first.api(), i % 2 == 1))).contains("no");
        }
        shown = seq(first.api());
        assertThat(shown).isEqualTo(kept + 3);
        first.kill();
        other.kill();
      }
    }

    try (KilledServer second = KilledServer.begin(data, false).awaitReady();
        EventTape upToDate = EventTape.open(second.api(), since(shown));
        EventTape behind = EventTape.open(second.api(), since(kept))) {
      await().atMost(PATIENCE).until(() -> second.api().activeCallers() == 0);
      final HttpResponse<String> link =
          second
              .api()
              .post(
                  "updateCall",
                  Api.withDemo(
                      Map.of("callUID", callUid, "field", "link", "value", "http://example.net/")));
      assertThat(link.body()).isEqualTo("TRUE");
      assertThat(durable(link)).isEmpty();

      final long head = seq(second.api());
      assertThat(head).isGreaterThan(shown);
      upToDate.await("CALL", "UPDATE", event -> event.path("seq").asLong() == head);
      assertThat(upToDate.events())
          .as("who has been told up to there misses nothing")
          .noneMatch(event -> event.path("name").asText().equals("GAP"));
      final JsonNode gap = behind.await("SYSTEM", "GAP", event -> true);
      assertThat(gap.at("/target/from").asLong()).isEqualTo(kept + 1);
      assertThat(gap.at("/target/to").asLong()).isGreaterThanOrEqualTo(shown);
    }
  }

  private void enter(final PhonePool pool, final KilledServer server) throws Exception {
    final SimPhone phone = pool.phone("2001");
    assertThat(phone.dial(server.sip(), DemoConference.DID).get(60, TimeUnit.SECONDS))
        .isEqualTo(200);
    phone.keys(DemoConference.participantPins().get(0));
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
    callUid = server.api().read("getCall").path("UID").asText();
  }

  private HttpResponse<String> mute(final Api api, final boolean on) {
    final HttpResponse<String> answer =
        api.post(
            "updateActiveCaller",
            Api.withDemo(
                Map.of("callUID", callUid, "field", "mute", "value", Boolean.toString(on))));
    assertThat(answer.body()).isEqualTo("TRUE");
    return answer;
  }

  private static Optional<String> durable(final HttpResponse<String> answer) {
    return answer.headers().firstValue("conductor-durable");
  }

  private static long seq(final Api api) {
    return api.read("getCall").path("seq").asLong();
  }

  private String since(final long seq) {
    return "&callUID=" + callUid + "&since=" + seq;
  }
}
