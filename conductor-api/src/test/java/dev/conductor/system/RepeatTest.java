package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.store.TestDatabase;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands with an idempotency key on the real server: repeated at once, later, after a restart.
 */
class RepeatTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  @TempDir private Path data;

  @Test
  void shouldDoARepeatedCommandOnceThoughTheServerRestarts() throws Exception {
    final Map<String, String> note = new LinkedHashMap<>();
    final Map<String, String> close = new LinkedHashMap<>();
    final HttpResponse<String> noted;
    final HttpResponse<String> closed;
    try (RunningServer server = start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      final SimPhone phone = pool.phone("201");
      assertThat(phone.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      phone.keys("100001#");
      await().atMost(PATIENCE).until(() -> api.activeCallers() == 1);
      final String uid = api.callerByNumber("201").path("UID").asText();
      final String callUid = api.read("getCall").path("UID").asText();

      note.putAll(request(callUid, "note-1"));
      note.putAll(Map.of("UID", uid, "field", "note", "value", "+once"));
      noted = api.post("updateCaller", note);
      assertThat(noted.body()).isEqualTo("TRUE");

      final List<CompletableFuture<HttpResponse<String>>> atOnce = new ArrayList<>();
      final Map<String, String> twice = new LinkedHashMap<>(note);
      twice.put("idempotencyKey", "note-2");
      for (int i = 0; i < 20; i++) {
        atOnce.add(CompletableFuture.supplyAsync(() -> api.post("updateCaller", twice)));
      }
      for (final CompletableFuture<HttpResponse<String>> answer : atOnce) {
        assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("TRUE");
        assertThat(seq(answer.join())).isEqualTo(seq(atOnce.get(0).join()));
      }
      assertThat(api.read("getCaller", "UID", uid).path("notes").asText())
          .endsWith("+once+once")
          .doesNotEndWith("+once+once+once");

      note.put("value", "+other");
      final HttpResponse<String> other = api.post("updateCaller", note);
      assertThat(other.statusCode()).isEqualTo(422);
      assertThat(other.body()).startsWith("FALSE,Idempotency-Key: ");
      note.put("value", "+once");

      close.putAll(request(callUid, "close-1"));
      closed = api.post("closeCall", close);
      assertThat(closed.body()).isEqualTo("TRUE");
    }
    try (RunningServer server = start()) {
      final Api api = server.api();
      assertSame(api.post("updateCaller", note), noted);
      assertSame(api.post("closeCall", close), closed);
      note.put("value", "+other");
      assertThat(api.post("updateCaller", note).statusCode()).isEqualTo(422);
    }
  }

  private static void assertSame(
      final HttpResponse<String> again, final HttpResponse<String> first) {
    assertThat(again.statusCode()).isEqualTo(first.statusCode());
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(seq(again)).isEqualTo(seq(first)).isPositive();
    assertThat(again.headers().firstValue("Conductor-Request"))
        .isEqualTo(first.headers().firstValue("Conductor-Request"));
  }

  private static long seq(final HttpResponse<String> answer) {
    return Long.parseLong(answer.headers().firstValue("Conductor-Seq").orElse("0"));
  }

  private static Map<String, String> request(final String callUid, final String key) {
    return Map.of("callUID", callUid, "securityToken", DemoConference.TOKEN, "idempotencyKey", key);
  }

  private RunningServer start() throws Exception {
    return RunningServer.start(TestDatabase.settings(data));
  }
}
