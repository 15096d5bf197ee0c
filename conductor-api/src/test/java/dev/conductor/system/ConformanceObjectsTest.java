package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.query.Documents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;

/**
 * One row for each field of each object of the document: it is there in JSON and in XML, of the
 * type the document says, the same in both; over real HTTP with callers on the line.
 */
class ConformanceObjectsTest {
  private static final String DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
          + " \\d\\d \\d\\d:\\d\\d:\\d\\d \\S+ \\d{4}";

  private static ConformanceStage stage;

  /** Each object as JSON and as XML, with something in every list. */
  private static final Map<String, JsonNode> JSON = new LinkedHashMap<>();

  private static final Map<String, Element> XML = new LinkedHashMap<>();

  @BeforeAll
  static void fillTheCall() throws Exception {
    stage = new ConformanceStage();
    final String caller = stage.participant();
    final String breakout = stage.breakoutWith(caller);
    final String tag = stage.tag("blue");
    stage.done("updateCallerTag", "callerUID", caller, "callTagID", tag, "action", "Add");
    custom("call", stage.callUid());
    custom("caller", caller);
    custom("conference", DemoConference.UID);
    final String person = stage.api().read("getCaller", "UID", caller).path("personUID").asText();
    custom("person", person);
    stage.done("updateCaller", "UID", caller, "field", "attention", "value", "2");

    read("Call", "getCall");
    read("Caller", "getCaller", "UID", caller);
    read("Breakout", "getBreakout", "UID", breakout);
    read("Conference", "getConference");
    read("Customer", "getCustomer");
    inside("CallTag", "getCall", "tags");
    inside("RoleFlag", "getCall", "settings");
    inside("ConferenceTag", "getConference", "tags");
    inside("Audio", "getConference", "audio");
    inside("Person", "getConferenceData", "person", person);
  }

  private static void custom(final String objectType, final String uid) {
    stage.done(
        "updateCustomValue",
        "objectType",
        objectType,
        "objectUID",
        uid,
        "customKey",
        "colour",
        "customValue",
        "blue");
  }

  private static void read(final String object, final String function, final String... more) {
    JSON.put(object, stage.api().read(function, more));
    XML.put(object, stage.api().readXml(function, more));
  }

  private static void inside(final String object, final String function, final String list) {
    JSON.put(object, stage.api().read(function).path(list).path(0));
    XML.put(object, Documents.children(stage.api().readXml(function), list).get(0));
  }

  private static void inside(
      final String object, final String function, final String list, final String uid) {
    stage
        .api()
        .read(function)
        .path(list)
        .forEach(
            item -> {
              if (item.path("UID").asText().equals(uid)) {
                JSON.put(object, item);
              }
            });
    Documents.children(stage.api().readXml(function), list).stream()
        .filter(item -> Documents.text(item, "UID").equals(uid))
        .forEach(item -> XML.put(object, item));
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void shouldKnowAsManyFieldsAsTheDocument() {
    final List<String> counts = new ArrayList<>();
    Document.OBJECTS.forEach((name, fields) -> counts.add(name + " " + fields.size()));
    assertThat(counts)
        .containsExactlyInAnyOrder(
            "Call 26",
            "Conference 21",
            "Caller 24",
            "Customer 10",
            "Person 11",
            "Breakout 9",
            "RoleFlag 4",
            "CallTag 3",
            "Audio 3",
            "ConferenceTag 2");
  }

  @TestFactory
  List<DynamicTest> shouldHaveTheField() {
    return Document.fieldRows().stream()
        .map(row -> DynamicTest.dynamicTest(row, () -> check(row)))
        .toList();
  }

  private static void check(final String row) {
    final String object = row.substring(0, row.indexOf('.'));
    final String type = row.substring(row.indexOf(':') + 1);
    final String name = nameOf(row.substring(row.indexOf('.') + 1, row.indexOf(':')), type);
    final JsonNode json = JSON.get(object).path(name);
    final List<Element> xml = Documents.children(XML.get(object), name);
    assertThat(json.isMissingNode()).as("missing in JSON").isFalse();
    checkType(json, type);
    if (json.isArray()) {
      // Nothing of this API writes a customer's pairs.
      assertThat(json.isEmpty()).as("empty").isEqualTo(row.startsWith("Customer.custom"));
      assertThat(xml).hasSameSizeAs(json);
      for (int i = 0; i < xml.size(); i++) {
        same(json.get(i), xml.get(i));
      }
    } else {
      assertThat(xml).hasSize(1);
      if (!name.equals("currentTime")) {
        assertThat(xml.get(0).getTextContent()).isEqualTo(json.asText());
      }
    }
  }

  /** Where we write what the document prints twice, or not at all. */
  private static String nameOf(final String printed, final String type) {
    if (printed.isEmpty()) {
      return "email";
    }
    return printed.equals("custom") && type.equals("Text") ? "customText" : printed;
  }

  private static void checkType(final JsonNode json, final String type) {
    switch (type) {
      case "String", "Text", "UID" -> assertThat(json.isTextual()).isTrue();
      case "Boolean" -> assertThat(json.isBoolean()).isTrue();
      case "Int", "Integer", "Number" -> assertThat(json.isIntegralNumber()).isTrue();
      case "DateTime" -> assertThat(json.asText()).matches("|0|" + DATE);
      case "ROLE" -> assertThat(Document.ROLES).contains(json.asText());
      case "STATUS" -> assertThat(Document.CALL_STATUS).contains(json.asText());
      case "Pairs" ->
          json.forEach(
              pair -> assertThat(pair.fieldNames()).toIterable().containsExactly("key", "value"));
      case "UID[]" -> json.forEach(item -> assertThat(item.isTextual()).isTrue());
      default -> json.forEach(item -> checkItem(item, type.replace("[]", "")));
    }
  }

  private static void checkItem(final JsonNode item, final String object) {
    final List<String> names =
        Document.OBJECTS.get(object).stream()
            .map(field -> field.substring(0, field.indexOf(':')))
            .toList();
    assertThat(item.fieldNames()).toIterable().containsAll(names);
  }

  private static void same(final JsonNode json, final Element xml) {
    if (json.isObject()) {
      for (final Map.Entry<String, JsonNode> field : json.properties()) {
        if (field.getValue().isValueNode()) {
          assertThat(Documents.text(xml, field.getKey())).isEqualTo(field.getValue().asText());
        }
      }
    } else {
      assertThat(xml.getTextContent()).isEqualTo(json.asText());
    }
  }

  @Test
  void shouldNestOnlyWhatTheDocumentNests() {
    final JsonNode data = stage.api().read("getCallData");
    assertThat(data.fieldNames()).toIterable().containsExactly("call", "caller", "breakout", "seq");
    assertThat(data.path("caller").get(0)).isEqualTo(freshCaller(data));
    assertThat(stage.api().read("getCall").path("callers").get(0).isTextual()).isTrue();
    assertThat(stage.api().read("getConference").has("person")).isFalse();
  }

  private static JsonNode freshCaller(final JsonNode data) {
    return stage.api().read("getCaller", "UID", data.path("caller").get(0).path("UID").asText());
  }
}
