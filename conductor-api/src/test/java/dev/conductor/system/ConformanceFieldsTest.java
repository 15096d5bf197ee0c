package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row for each word of the document that names a field to update, a role, a setting, an action,
 * an object: set by the command, read back by the information request, over real HTTP.
 */
class ConformanceFieldsTest {
  /** A value for each field, what it is read back under, and what then stands there. */
  private record Written(String value, String shownAs, String shown) {}

  private static final Map<String, Written> CALL =
      Map.ofEntries(
          Map.entry("name", new Written("Round <1> & \"2\"", "name", "Round <1> & \"2\"")),
          Map.entry("notes", new Written("first", "notes", "first")),
          Map.entry("note", new Written(" second", "notes", "first second")),
          Map.entry("talking", new Written("false", "talking", "false")),
          Map.entry("data", new Written("{\"a\":1}", "data", "{\"a\":1}")),
          Map.entry("greenroom", new Written("TRUE", "greenroom", "true")),
          Map.entry("entryway", new Written("1", "entryway", "true")),
          Map.entry("custom", new Written("free", "customText", "free")),
          Map.entry("backgroundMusic", new Written("false", "backgroundMusic", "false")),
          Map.entry(
              "link",
              new Written("https://example.org/?a=1&b=2", "link", "https://example.org/?a=1&b=2")),
          Map.entry("message", new Written("Five minutes", "message", "Five minutes")));

  private static final Map<String, Written> CALLER =
      Map.ofEntries(
          Map.entry("mike", new Written("false", "mic", "false")),
          Map.entry("deaf", new Written("true", "deaf", "true")),
          Map.entry("mute", new Written("True", "mute", "true")),
          Map.entry("tag", new Written("Ada B.", "tag", "Ada B.")),
          Map.entry("attention", new Written("3", "attention", "3")),
          Map.entry("data", new Written("x", "data", "x")),
          Map.entry("role", new Written("assistant", "role", "ASSISTANT")),
          Map.entry("notes", new Written("one", "notes", "one")),
          Map.entry("note", new Written("two", "notes", "onetwo")),
          Map.entry("custom1", new Written("c1", "custom1", "c1")),
          Map.entry("custom2", new Written("c2", "custom2", "c2")),
          Map.entry("volume_in", new Written("-4", "volume_in", "-4")),
          Map.entry("volume_out", new Written("4", "volume_out", "4")),
          Map.entry("energy", new Written("1800", "energy", "1800")));

  private static ConformanceStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new ConformanceStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void shouldKnowAsManyWordsAsTheDocument() {
    assertThat(Document.CALL_FIELDS).hasSize(11).containsExactlyInAnyOrderElementsOf(CALL.keySet());
    assertThat(Document.CALLER_FIELDS).hasSize(16).containsAll(CALLER.keySet());
    assertThat(Document.BREAKOUT_FIELDS).hasSize(5);
    assertThat(Document.ROLES).hasSize(4);
    assertThat(Document.CUSTOM_OBJECTS).hasSize(5);
  }

  @TestFactory
  Stream<DynamicTest> shouldUpdateTheCall() {
    return Document.CALL_FIELDS.stream()
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field,
                    () -> {
                      final Written row = CALL.get(field);
                      stage.participant();
                      stage.done("updateCall", "field", field, "value", row.value());
                      assertThat(stage.api().read("getCall").path(row.shownAs()).asText())
                          .isEqualTo(row.shown());
                      if (row.shown().equals("true")) {
                        stage.done("updateCall", "field", field, "value", "false");
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> shouldUpdateTheCaller() {
    return Document.CALLER_FIELDS.stream()
        .map(field -> DynamicTest.dynamicTest(field, () -> update(field, false)));
  }

  @TestFactory
  Stream<DynamicTest> shouldUpdateEveryActiveCaller() {
    return Document.CALLER_FIELDS.stream()
        .map(field -> DynamicTest.dynamicTest(field, () -> update(field, true)));
  }

  private static void update(final String field, final boolean everybody) {
    final String host = stage.host();
    final String uid = stage.enter("100003");
    if (field.equals("note")) {
      set(uid, "notes", "one");
    }
    switch (field) {
      case "breakout" -> {
        final String breakout = stage.breakoutWith(stage.host());
        change(uid, field, breakout, everybody);
        assertThat(read(uid).path("breakout").asText()).isEqualTo(breakout);
        change(uid, field, "", everybody);
        assertThat(read(uid).path("place").asText()).isEqualTo("MAIN");
      }
      case "active" -> {
        if (!everybody) {
          change(uid, field, "true", false);
          assertThat(read(uid).path("active").asBoolean()).isFalse();
          assertThat(read(uid).path("reason").asText()).isEqualTo("DROPPED");
          return;
        }
        set(uid, "role", "OPERATOR");
        stage.done("updateActiveCaller", "field", "active", "value", "", "role", "OPERATOR");
        assertThat(read(uid).path("active").asBoolean()).isFalse();
        assertThat(stage.api().activeCallers()).isPositive();
        return;
      }
      default -> {
        final Written row = CALLER.get(field);
        change(uid, field, row.value(), everybody);
        assertThat(read(uid).path(row.shownAs()).asText()).isEqualTo(row.shown());
        if (everybody) {
          assertThat(read(host).path(row.shownAs()).asText()).endsWith(ending(row));
          set(host, "role", "PRESENTER");
        }
      }
    }
    stage.done("dropCaller", "UID", uid);
  }

  /** Whatever notes the host had before: what is appended stands at their end. */
  private static String ending(final Written row) {
    return row.shown().equals("onetwo") ? row.value() : row.shown();
  }

  private static void change(
      final String uid, final String field, final String value, final boolean everybody) {
    if (everybody) {
      stage.done("updateActiveCaller", "field", field, "value", value);
    } else {
      set(uid, field, value);
    }
  }

  private static void set(final String uid, final String field, final String value) {
    stage.done("updateCaller", "UID", uid, "field", field, "value", value);
  }

  private static JsonNode read(final String uid) {
    return stage.api().read("getCaller", "UID", uid);
  }

  @TestFactory
  Stream<DynamicTest> shouldUpdateTheBreakout() {
    return Document.BREAKOUT_FIELDS.stream()
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field,
                    () -> {
                      final String caller = stage.participant();
                      final String uid = stage.breakoutWith(caller);
                      switch (field) {
                        case "callers" -> {
                          changeBreakout(uid, field, caller + "," + stage.host());
                          assertThat(breakout(uid).path("callers"))
                              .extracting(JsonNode::asText)
                              .containsExactly(stage.host());
                        }
                        case "name", "data" -> {
                          changeBreakout(uid, field, "Tisch <7>");
                          assertThat(breakout(uid).path(field).asText()).isEqualTo("Tisch <7>");
                        }
                        default -> {
                          changeBreakout(uid, field, "true");
                          assertThat(breakout(uid).path(field).asBoolean()).isTrue();
                        }
                      }
                    }));
  }

  private static void changeBreakout(final String uid, final String field, final String value) {
    stage.done("updateBreakout", "UID", uid, "field", field, "value", value);
  }

  private static JsonNode breakout(final String uid) {
    return stage.api().read("getBreakout", "UID", uid);
  }

  @TestFactory
  Stream<DynamicTest> shouldTakeTheRole() {
    return Document.ROLES.stream()
        .map(
            role ->
                DynamicTest.dynamicTest(
                    role,
                    () -> {
                      final String uid = stage.enter("100004");
                      set(uid, "role", role);
                      assertThat(read(uid).path("role").asText()).isEqualTo(role);
                      stage.done("dropCaller", "UID", uid);
                    }));
  }

  @TestFactory
  List<DynamicTest> shouldChangeTheSetting() {
    final List<DynamicTest> rows = new ArrayList<>();
    for (final String role : Document.SETTING_ROLES) {
      for (final String setting : Document.SETTINGS) {
        rows.add(
            DynamicTest.dynamicTest(
                "call " + role + " " + setting,
                () -> {
                  stage.participant();
                  change("updateCallSetting", role, setting);
                  assertThat(setting("getCall", "settings", role, setting)).isEqualTo("true");
                  stage.done(
                      "updateCallSetting", "role", role, "setting", setting, "value", "false");
                  assertThat(setting("getCall", "settings", role, setting)).isEqualTo("false");
                }));
        rows.add(
            DynamicTest.dynamicTest(
                "conference " + role + " " + setting,
                () -> {
                  change("updateConferenceSetting", role, setting);
                  assertThat(setting("getConference", "setting", role, setting)).isEqualTo("true");
                }));
      }
    }
    return rows;
  }

  private static void change(final String function, final String role, final String setting) {
    stage.done(function, "role", role, "setting", setting, "value", "true");
  }

  private static String setting(
      final String read, final String list, final String role, final String setting) {
    final String spelled = role.equals("PARTICPANT") ? "PARTICIPANT" : role;
    for (final JsonNode flag : stage.api().read(read).path(list)) {
      if (flag.path("role").asText().equals(spelled)) {
        return flag.path(setting).asText();
      }
    }
    return "none of " + spelled;
  }

  @TestFactory
  Stream<DynamicTest> shouldRelateTagsByTheAction() {
    return Document.TAG_ACTIONS.stream()
        .map(
            action ->
                DynamicTest.dynamicTest(
                    action,
                    () -> {
                      final String caller = stage.participant();
                      final String tag = stage.tag("t" + System.nanoTime());
                      tag(caller, tag, "Add");
                      assertThat(tags(caller)).contains(tag);
                      tag(caller, tag, action);
                      assertThat(tags(caller).contains(tag)).isEqualTo(action.equals("Add"));
                    }));
  }

  private static void tag(final String caller, final String tag, final String action) {
    stage.done("updateCallerTag", "callerUID", caller, "callTagId", tag, "action", action);
  }

  private static List<String> tags(final String caller) {
    final List<String> ids = new ArrayList<>();
    read(caller).path("tags").forEach(tag -> ids.add(tag.path("ID").asText()));
    return ids;
  }

  @TestFactory
  Stream<DynamicTest> shouldKeepACustomValueOfTheObject() {
    return Document.CUSTOM_OBJECTS.stream()
        .map(object -> DynamicTest.dynamicTest(object, () -> custom(object)));
  }

  private static void custom(final String object) {
    final String caller = stage.participant();
    final String person = read(caller).path("personUID").asText();
    final String uid =
        switch (object) {
          case "customer" -> DemoConference.CUSTOMER_UID;
          case "conference" -> DemoConference.UID;
          case "call" -> stage.callUid();
          case "person" -> person;
          default -> caller;
        };
    final String answer =
        stage
            .api()
            .command(
                "updateCustomValue",
                "objectType",
                object,
                "objectUID",
                uid,
                "customKey",
                "shirt",
                "customValue",
                "<L>");
    if (object.equals("customer")) {
      assertThat(answer).isEqualTo("FALSE,objectType: customer is changed through /_access");
      return;
    }
    assertThat(answer).isEqualTo("TRUE");
    final JsonNode shown =
        switch (object) {
          case "conference" -> stage.api().read("getConference");
          case "call" -> stage.api().read("getCall");
          case "person" -> person(person);
          default -> read(caller);
        };
    assertThat(shown.path("custom"))
        .anySatisfy(
            pair -> {
              assertThat(pair.path("key").asText()).isEqualTo("shirt");
              assertThat(pair.path("value").asText()).isEqualTo("<L>");
            });
  }

  private static JsonNode person(final String uid) {
    for (final JsonNode person : stage.api().read("getConferenceData").path("person")) {
      if (person.path("UID").asText().equals(uid)) {
        return person;
      }
    }
    throw new IllegalStateException("no person " + uid);
  }

  @Test
  void shouldShowTheCallsStatus() {
    stage.participant();
    final String call = stage.callUid();
    assertThat(stage.api().read("getCall").path("status").asText()).isEqualTo("ACTIVE");
    assertThat(stage.api().read("getConference").path("status").asText()).isEqualTo("ACTIVE");
    stage.done("closeCall");
    assertThat(stage.api().read("getCall", "callUID", call).path("status").asText())
        .isEqualTo("CLOSED");
    assertThat(stage.api().read("getConference").path("status").asText()).isEqualTo("IDLE");
  }
}
