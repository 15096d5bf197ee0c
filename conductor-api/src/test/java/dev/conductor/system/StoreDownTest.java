package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.notify.EventClient;
import dev.conductor.notify.SseClient;
import dev.conductor.notify.XmlSocketClient;
import dev.conductor.store.TestDatabase;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody else holds the database of a running server: the host steers on, and can see it. */
@Timeout(120)
class StoreDownTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String READER =
      "conferenceUID=" + DemoConference.UID + "&securityToken=" + DemoConference.TOKEN;

  @Test
  void shouldSteerOnAndSayThatItIsNotDurable() throws Exception {
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress());
        EventClient json = SseClient.open(server.http(), READER + "&type=json");
        EventClient xml = XmlSocketClient.open(server.xmlSocket(), READER)) {
      final SimPhone phone = pool.phone("500");
      assertThat(phone.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      phone.keys(DemoConference.participantPins().get(0));
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      final String uid = server.api().read("getCall").path("callers").get(0).asText();
      assertThat(durable(update(server, uid, "mute", "true"))).isTrue();

      try (Connection other = TestDatabase.connect(server.data());
          Statement lock = other.createStatement()) {
        TestDatabase.hold(lock);
        final HttpResponse<String> unmuted = update(server, uid, "mute", "false");
        assertThat(unmuted.body()).isEqualTo("TRUE");
        assertThat(durable(unmuted)).isFalse();
        final long seq = unmuted.headers().firstValueAsLong("conductor-seq").orElseThrow();
        assertThat(update(server, uid, "notes", "lost").body()).startsWith("FALSE,store: ");
        for (final EventClient reader : List.of(json, xml)) {
          await().atMost(PATIENCE).until(() -> reader.seqs().contains(seq));
        }
        assertThat(of(json, seq).json().path("durable").asBoolean(true)).isFalse();
        assertThat(of(xml, seq).data()).contains("<durable>false</durable>");
        assertThat(of(json, seq - 1).data()).doesNotContain("durable");
        lock.execute("ROLLBACK");
      }
      await()
          .atMost(PATIENCE)
          .until(() -> update(server, uid, "notes", "kept").body().equals("TRUE"));
      final HttpResponse<String> last = update(server, uid, "deaf", "true");
      assertThat(durable(last)).isTrue();
      final long head = last.headers().firstValueAsLong("conductor-seq").orElseThrow();
      await().atMost(PATIENCE).until(() -> xml.seqs().contains(head));
      assertThat(xml.seqs())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, head).boxed().toList());
    }
  }

  private static EventClient.Message of(final EventClient reader, final long seq) {
    return List.copyOf(reader.messages).stream()
        .filter(message -> message.seq() == seq && message.name().matches("MUTE|UPDATE"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean durable(final HttpResponse<String> answer) {
    return answer.headers().firstValue("conductor-durable").isEmpty();
  }

  private static HttpResponse<String> update(
      final RunningServer server, final String uid, final String field, final String value) {
    return server
        .api()
        .post(
            "updateCaller",
            Map.of(
                "conferenceUID",
                DemoConference.UID,
                "securityToken",
                DemoConference.TOKEN,
                "UID",
                uid,
                "field",
                field,
                "value",
                value));
  }
}
