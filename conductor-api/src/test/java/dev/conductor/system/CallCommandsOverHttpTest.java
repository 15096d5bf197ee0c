package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was answered TRUE is what the reads show, and what a restart leaves. */
class CallCommandsOverHttpTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String[][] CALL_FIELDS = {
    {"name", "Board <&> \u96fb", "Name"},
    {"notes", "first", "notes"},
    {"data", "{\"page\":1}", "data"},
    {"custom", "c", "customText"},
    {"link", "https://example.org/?a=b&c", "link"},
    {"message", "line 1\r\nline 2", "message"},
    {"feedback", "fine", "feedback"},
    {"talking", "false", "talking"},
    {"greenroom", "true", "greenroom"},
    {"entryway", "true", "entryway"},
    {"backgroundMusic", "false", "backgroundMusic"},
    {"enableFeedback", "true", "enableFeedback"},
    {"enableBroadcast", "false", "enableBroadcast"},
    {"lockMute", "true", "lockMute"},
    {"locked", "true", "locked"}
  };

  @Test
  void shouldReadWhatWasChangedOfTheCallAndItsCallers() throws Exception {
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      final String uid = enter(server, pool);
      for (final String[] field : CALL_FIELDS) {
        isTrue(api, "updateCall", "field", field[0], "value", field[1]);
        assertThat(api.read("getCall").path(field[2]).asText()).as(field[0]).isEqualTo(field[1]);
      }
      isTrue(api, "updateCall", "field", "note", "value", " second");
      assertThat(api.read("getCall").path("notes").asText()).isEqualTo("first second");
      isTrue(api, "updateCallSetting", "role", "PRESENTER", "setting", "mute", "value", "true");
      assertThat(
              setting(api.read("getCall").path("settings"), "PRESENTER").path("mute").asBoolean())
          .isTrue();
      checkTags(api, uid);
      final String call = api.read("getCall").path("UID").asText();
      checkKey(api, "call", call, api.read("getCall"), "getCall");
      custom(api, "caller", uid, "k", "v");
      assertThat(api.read("getCaller", "UID", uid).at("/custom/0/value").asText()).isEqualTo("v");
      assertThat(api.command("placeCall", "role", "PARTICIPANT", "number", "15555550123"))
          .startsWith("FALSE,");
    }
  }

  private static void checkKey(
      final Api api,
      final String type,
      final String object,
      final JsonNode before,
      final String read) {
    assertThat(before.path("custom")).isEmpty();
    custom(api, type, object, "k", "v");
    assertThat(api.read(read).at("/custom/0/key").asText()).isEqualTo("k");
    custom(api, type, object, "k", "");
    assertThat(api.read(read).path("custom")).isEmpty();
  }

  private static void checkTags(final Api api, final String caller) {
    isTrue(api, "createCallTag", "conferenceTagID", "1");
    isTrue(api, "createCallTag", "value", "Press");
    final JsonNode tags = api.read("getCall").path("tags");
    final JsonNode press = tags.get(tags.size() - 1);
    assertThat(press.path("value").asText()).isEqualTo("Press");
    final String id = press.path("ID").asText();
    isTrue(api, "updateCallerTag", "callerUID", caller, "callTagID", id, "action", "add");
    isTrue(api, "updateCallTag", "callTagID", id, "value", "Radio");
    final JsonNode related = api.read("getCaller", "UID", caller).path("tags");
    assertThat(related.get(related.size() - 1).path("value").asText()).isEqualTo("Radio");
    isTrue(api, "updateCallerTag", "callerUID", caller, "callTagID", id, "action", "remove");
    assertThat(api.read("getCaller", "UID", caller).path("tags")).hasSize(related.size() - 1);
  }

  @Test
  void shouldHaveAfterARestartWhatWasChangedOfTheConferenceWithNoCallUp() throws Exception {
    RunningServer server = RunningServer.start();
    try {
      final Api api = server.api();
      final String person = api.read("getConferenceData").at("/person/3/UID").asText();
      isTrue(api, "updateConferenceSetting", "role", "ASSISTANT", "setting", "mike", "value", "0");
      custom(api, "conference", DemoConference.UID, "colour", "r\u00f6t");
      custom(api, "person", person, "seat", "12");

      server = server.restarted();

      final JsonNode conference = server.api().read("getConferenceData");
      assertThat(setting(conference.path("setting"), "ASSISTANT").path("mike").asBoolean(true))
          .isFalse();
      assertThat(conference.at("/custom/0/value").asText()).isEqualTo("r\u00f6t");
      assertThat(conference.at("/person/3/UID").asText()).isEqualTo(person);
      assertThat(conference.at("/person/3/custom/0/value").asText()).isEqualTo("12");
    } finally {
      server.close();
    }
  }

  private static JsonNode setting(final JsonNode settings, final String role) {
    for (final JsonNode setting : settings) {
      if (setting.path("role").asText().equals(role)) {
        return setting;
      }
    }
    throw new AssertionError("no setting of " + role);
  }

  private static String enter(final RunningServer server, final PhonePool pool) {
    final SimPhone phone = pool.phone("201");
    assertThat(phone.dial(server.sip(), DemoConference.DID))
        .succeedsWithin(PATIENCE)
        .isEqualTo(200);
    phone.keys("900001#");
    await().atMost(PATIENCE).until(() -> !server.api().callerByNumber("201").isMissingNode());
    return server.api().callerByNumber("201").path("UID").asText();
  }

  private static void custom(
      final Api api, final String type, final String uid, final String key, final String value) {
    isTrue(
        api,
        "updateCustomValue",
        "objectType",
        type,
        "objectUID",
        uid,
        "customKey",
        key,
        "customValue",
        value);
  }

  private static void isTrue(final Api api, final String function, final String... parameters) {
    assertThat(api.command(function, parameters)).as(function).isEqualTo("TRUE");
  }
}
