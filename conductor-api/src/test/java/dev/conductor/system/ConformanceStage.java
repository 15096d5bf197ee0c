package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A running server with real callers on the line, for one row of the document after another. */
final class ConformanceStage implements AutoCloseable {
  static final String HOST_PIN = DemoConference.HOST_PIN;
  static final String PIN = "100001";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RunningServer server;
  private final PhonePool pool;
  private final Map<String, SimPhone> phones = new LinkedHashMap<>();
  private int dialled;

  /** Starts it, with a host and a participant in the call. */
  ConformanceStage() throws Exception {
    server = RunningServer.start();
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    enter(HOST_PIN);
    enter(PIN);
  }

  Api api() {
    return server.api();
  }

  /** The phone of a caller. */
  SimPhone phone(final String callerUid) {
    return phones.get(callerUid);
  }

  /** Lets one more caller in; his UID. */
  String enter(final String pin) {
    dialled++;
    final SimPhone phone = pool.phone(Integer.toString(3_000 + dialled));
    assertThat(phone.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    phone.keys(pin + "#");
    await().atMost(PATIENCE).until(() -> !api().callerByNumber(phone.user()).isMissingNode());
    final String uid = api().callerByNumber(phone.user()).path("UID").asText();
    phones.put(uid, phone);
    return uid;
  }

  /** The call that is up. */
  String callUid() {
    return api().read("getConference").path("mainCallUID").asText();
  }

  /** A participant who is on the line; one is let in if there is none. */
  String participant() {
    return onTheLine("PARTICIPANT", PIN);
  }

  /** A host who is on the line; one is let in if there is none. */
  String host() {
    return onTheLine("PRESENTER", HOST_PIN);
  }

  private String onTheLine(final String role, final String pin) {
    for (final JsonNode caller : api().read("getCallData").path("caller")) {
      if (caller.path("active").asBoolean() && caller.path("role").asText().equals(role)) {
        return caller.path("UID").asText();
      }
    }
    return enter(pin);
  }

  /** The UID of a new breakout with nobody but this caller in it. */
  String breakoutWith(final String callerUid) {
    done("createBreakout", "callers", callerUid);
    return api().read("getCaller", "UID", callerUid).path("breakout").asText();
  }

  /** The ID of a new call tag of this value. */
  String tag(final String value) {
    done("createCallTag", "value", value);
    for (final JsonNode tag : api().read("getCall").path("tags")) {
      if (tag.path("value").asText().equals(value)) {
        return tag.path("ID").asText();
      }
    }
    throw new IllegalStateException("no tag " + value);
  }

  /** A command that must be accepted. */
  void done(final String function, final String... parameters) {
    assertThat(api().command(function, parameters)).as(function).isEqualTo("TRUE");
  }

  @Override
  public void close() {
    pool.close();
    server.close();
  }
}
