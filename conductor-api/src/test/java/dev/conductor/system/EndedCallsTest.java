package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call that is over can be read as long as its record is kept, by another server too. */
@Timeout(120)
class EndedCallsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shouldTellOfACallThatEndedBeforeTheServerWasStartedAgain() throws Exception {
    final JsonNode before;
    final String callUid;
    RunningServer server = RunningServer.start();
    try (PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone host = enter(server, pool, "201", DemoConference.HOST_PIN, 1);
      enter(server, pool, "202", "100001", 2);
      final Api api = server.api();
      final String guest = api.callerByNumber("202").path("UID").asText();
      callUid = api.read("getCall").path("UID").asText();
      done(api, "createBreakout", "breakoutUID", "A", "callers", guest);
      done(api, "updateCaller", "UID", guest, "field", "attention", "value", "2");
      done(api, "updateCaller", "UID", guest, "field", "notes", "value", "two\nlines");
      done(api, "updateCall", "field", "notes", "value", "minutes");
      host.hangUp().get(10, TimeUnit.SECONDS);
      await().atMost(PATIENCE).until(() -> api.activeCallers() == 1);
      done(api, "closeCall");
      await()
          .atMost(PATIENCE)
          .until(() -> read(api, "getCall", callUid).path("status").asText().equals("CLOSED"));
      before = withoutClock(read(api, "getCallData", callUid));
      server = server.restarted();

      final JsonNode after = withoutClock(read(server.api(), "getCallData", callUid));
      assertThat(after).isEqualTo(before);
      assertThat(after.at("/caller/0/reason").asText()).isEqualTo("BYE");
      assertThat(after.at("/caller/1/reason").asText()).isEqualTo("CLOSED");
      assertThat(after.at("/caller/1/attention").asInt()).isEqualTo(2);
      assertThat(after.at("/breakout/0/callers/0").asText()).isEqualTo(guest);
      assertThat(read(server.api(), "getCall", callUid).path("notes").asText())
          .isEqualTo("minutes");
    } finally {
      server.close();
    }
  }

  @Test
  void shouldTellTheCustomerOfEndedCallsAndEraseAPersonFromThem() throws Exception {
    try (RunningServer server =
            RunningServer.start(Map.of(), Customers.conference("ELSE", "America/Los_Angeles"));
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      enter(server, pool, "201", DemoConference.HOST_PIN, 1);
      enter(server, pool, "202", "100001", 2);
      final AccessClient customer = new AccessClient(server.api().base());
      final String call = "callUID=" + server.api().read("getCall").path("UID").asText();
      final String conference = "conferenceUID=" + DemoConference.UID;
      final JsonNode live = customer.answer("getCallData", conference, call);
      assertThat(live.path("code").asInt()).isEqualTo(-1);
      assertThat(live.path("message").asText()).contains("/_conference/");
      final String person =
          "person=" + server.api().callerByNumber("202").path("personUID").asText();
      final String booked = "conference=" + DemoConference.UID;
      assertThat(customer.code("erasePerson", booked, person)).as("while it is up").isEqualTo(1);
      done(server.api(), "closeCall");
      await()
          .atMost(PATIENCE)
          .until(() -> customer.code("getCall", conference, call), code -> code == 0);

      for (final String read : List.of("getConference", "getConferenceData")) {
        assertThat(customer.value(read, conference).path("calls").toString())
            .as(read)
            .isEqualTo("[\"" + call.substring("callUID=".length()) + "\"]");
      }
      final JsonNode before = customer.value("getCallData", conference, call);
      assertThat(before.at("/call/status").asText()).isEqualTo("CLOSED");
      assertThat(before.at("/caller/1/ANI").asText()).isEqualTo("202");
      assertThat(customer.code("getCall", conference, "callUID=NEVER")).isEqualTo(-2);
      assertThat(customer.code("getCall", "conferenceUID=OTHER", call)).isEqualTo(-2);
      final AccessClient other =
          new AccessClient(server.api().base(), "ELSE", DemoConference.CUSTOMER_KEY);
      for (final String read : List.of("getCall", "getCallData")) {
        assertThat(other.code(read, "conferenceUID=OFELSE", call)).as(read).isEqualTo(-2);
      }

      assertThat(customer.code("erasePerson", booked, person)).isZero();
      final JsonNode after = customer.value("getCallData", conference, call);
      for (final String field : List.of("ANI", "PIN", "tag", "notes", "email", "custom1")) {
        assertThat(after.at("/caller/1/" + field).asText()).as(field).isEmpty();
      }
      assertThat(after.at("/caller/1/reason").asText()).isEqualTo("CLOSED");
      assertThat(after.at("/caller/0")).isEqualTo(before.at("/caller/0"));
      final JsonNode nobody = customer.answer("erasePerson", booked, "person=NOBODY");
      assertThat(nobody.path("code").asInt()).isEqualTo(-2);
      assertThat(nobody.path("message").asText()).startsWith("person: no person \"NOBODY\"");
      assertThat(customer.bare("GET", "/_access/erasePerson", "").statusCode()).isEqualTo(405);
    }
  }

  private static JsonNode read(final Api api, final String function, final String callUid) {
    return api.read(function, "callUID", callUid, "dates", "iso");
  }

  /** That of a call is the moment of telling it; the port is the server's own. */
  private static JsonNode withoutClock(final JsonNode callData) {
    final ObjectNode call = (ObjectNode) callData.path("call");
    call.remove("currentTime");
    call.remove("socketXML");
    return callData;
  }

  private static void done(final Api api, final String function, final String... parameters) {
    assertThat(api.command(function, parameters)).isEqualTo("TRUE");
  }

  private static SimPhone enter(
      final RunningServer server,
      final PhonePool pool,
      final String ani,
      final String pin,
      final int active)
      throws Exception {
    final SimPhone phone = pool.phone(ani);
    assertThat(phone.dial(server.sip(), DemoConference.DID).get(30, TimeUnit.SECONDS))
        .isEqualTo(200);
    phone.keys(pin);
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == active);
    return phone;
  }
}
