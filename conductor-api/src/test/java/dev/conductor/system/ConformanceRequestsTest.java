package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.query.Documents;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row for each parameter of each function of the document, over real HTTP with callers on the
 * line: with all of them the function does what it says; without a required one it says which is
 * missing; an optional one makes the difference it is there for.
 */
class ConformanceRequestsTest {
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
  void shouldKnowAsManyParametersAsTheDocument() {
    assertThat(Document.parameterRows()).hasSize(96);
    assertThat(Document.FUNCTIONS).hasSize(23);
  }

  @TestFactory
  List<DynamicTest> shouldTakeTheParameter() {
    return Document.parameterRows().stream()
        .map(row -> DynamicTest.dynamicTest(row, () -> exercise(row)))
        .toList();
  }

  private static void exercise(final String row) {
    final String function = row.substring(0, row.indexOf(" / "));
    final String parameter = row.substring(row.indexOf(" / ") + 3).replace("?", "");
    switch (parameter) {
      case "callUID", "conferenceUID" -> needsWhose(function, parameter);
      case "securityToken", "securityTokenSecurity" -> needsToken(function, parameter);
      case "type" -> hasTypes(function);
      default -> {
        if (row.endsWith("?")) {
          option(function, parameter);
        } else {
          needs(function, parameter);
        }
      }
    }
    if (Document.FUNCTIONS.get(function).get(0).equals(parameter)) {
      accepts(function);
    }
  }

  // What every function has.

  private static void accepts(final String function) {
    final HttpResponse<String> response = send(function, valid(function));
    assertThat(response.statusCode()).isEqualTo(200);
    if (function.equals("placeCall")) {
      // The demo's customer may not call out: a clear refusal, not a parameter's.
      assertThat(response.body()).startsWith("FALSE,placeCall: ");
    } else if (function.startsWith("get")) {
      assertThat(Documents.text(Documents.xml(response.body()), "code")).isEqualTo("0");
    } else {
      assertThat(response.body()).isEqualTo("TRUE");
    }
  }

  private static void needsWhose(final String function, final String parameter) {
    final Map<String, String> neither = valid(function);
    neither.remove("callUID");
    neither.remove("conferenceUID");
    assertRefused(function, send(function, neither), 200, parameter + ": missing");
    final Map<String, String> unknown = valid(function);
    unknown.put(parameter, "NOSUCH");
    final String same = "securityToken: not valid for this " + parameter;
    assertRefused(function, send(function, unknown), 403, same);
  }

  private static void needsToken(final String function, final String parameter) {
    final Map<String, String> without = valid(function);
    without.remove("securityToken");
    assertThat(send(function, without).statusCode()).isEqualTo(403);
    without.put(parameter, "wrong");
    assertThat(send(function, without).statusCode()).isEqualTo(403);
  }

  private static void hasTypes(final String function) {
    final Map<String, String> request = valid(function);
    assertThat(send(function, request).body()).startsWith("<response>");
    for (final String type : Document.TYPES) {
      request.put("type", type);
      final String begin = type.equals("XML") ? "<response>" : "{\"code\":0";
      assertThat(send(function, request).body()).startsWith(begin);
    }
    request.put("type", "YAML");
    assertThat(send(function, request).body()).contains("<code>-2</code>", "<message>type: ");
  }

  private static void needs(final String function, final String parameter) {
    final Map<String, String> request = valid(function);
    final String name = parameter.replace("<#>", "1");
    assertThat(request.remove(name)).as("the valid request has it").isNotNull();
    assertRefused(function, send(function, request), 200, missing(function, name));
  }

  /** Without its count the numbered form is told by what is left. */
  private static String missing(final String function, final String name) {
    return name.equals("count") ? "count: missing beside callers1" : name + ": missing";
  }

  private static void assertRefused(
      final String function,
      final HttpResponse<String> response,
      final int status,
      final String message) {
    assertThat(response.statusCode()).isEqualTo(status);
    if (function.startsWith("get")) {
      assertThat(Documents.text(Documents.xml(response.body()), "message")).isEqualTo(message);
    } else {
      assertThat(response.body()).isEqualTo("FALSE," + message);
    }
  }

  // What single functions have.

  private static void option(final String function, final String parameter) {
    switch (function + " " + parameter) {
      case "createBreakout breakoutUID" -> makes("breakoutUID", "SALES", "UID", "SALES");
      case "createBreakout name" -> makes("name", "Sales & more", "name", "Sales & more");
      case "createBreakout private" -> makes("private", "true", "private", "true");
      case "createBreakout count breakoutUID<#>" -> makesSecond("breakoutUID2", "S2", "UID", "S2");
      case "createBreakout count name<#>" -> makesSecond("name2", "Second", "name", "Second");
      case "createBreakout count private<#>" -> makesSecond("private2", "1", "private", "true");
      case "updateActiveCaller role" -> onlyTheRole();
      case "createCallTag conferenceTagID" -> tagOfTheConference();
      case "createCallTag value" -> accepts(function);
      case "placeCall name" -> accepts(function);
      default -> throw new IllegalStateException("no exercise for " + function + " " + parameter);
    }
  }

  private static void makes(
      final String parameter, final String value, final String field, final String expected) {
    final Map<String, String> request = valid("createBreakout");
    request.put(parameter, value);
    assertThat(send("createBreakout", request).body()).isEqualTo("TRUE");
    final String uid = seat(request.get("callers"));
    assertThat(stage.api().read("getBreakout", "UID", uid).path(field).asText())
        .isEqualTo(expected);
  }

  private static void makesSecond(
      final String parameter, final String value, final String field, final String expected) {
    final Map<String, String> request = valid("createBreakout count");
    request.put(parameter, value);
    assertThat(send("createBreakout", request).body()).isEqualTo("TRUE");
    final String second = seat(request.get("callers2"));
    assertThat(stage.api().read("getBreakout", "UID", second).path(field).asText())
        .isEqualTo(expected);
    final String first = seat(request.get("callers1"));
    assertThat(stage.api().read("getBreakout", "UID", first).path(field).asText())
        .isNotEqualTo(expected);
  }

  private static String seat(final String callerUid) {
    return stage.api().read("getCaller", "UID", callerUid).path("breakout").asText();
  }

  private static void onlyTheRole() {
    final Map<String, String> request = valid("updateActiveCaller");
    request.put("value", "true");
    request.put("role", "PRESENTER");
    assertThat(send("updateActiveCaller", request).body()).isEqualTo("TRUE");
    for (final JsonNode caller : stage.api().read("getCallData").path("caller")) {
      final boolean presenter = caller.path("role").asText().equals("PRESENTER");
      if (caller.path("active").asBoolean()) {
        assertThat(caller.path("mute").asBoolean()).isEqualTo(presenter);
      }
    }
    request.put("role", "CHAIR");
    assertThat(send("updateActiveCaller", request).body()).startsWith("FALSE,role: ");
    request.put("role", "PRESENTER");
    request.put("value", "false");
    assertThat(send("updateActiveCaller", request).body()).isEqualTo("TRUE");
  }

  private static void tagOfTheConference() {
    final JsonNode tag = stage.api().read("getConference").path("tags").path(0);
    final Map<String, String> request = valid("createCallTag");
    request.remove("value");
    request.put("conferenceTagID", tag.path("ID").asText());
    assertThat(send("createCallTag", request).body()).isEqualTo("TRUE");
    assertThat(stage.api().read("getCall").path("tags"))
        .anySatisfy(
            made -> {
              assertThat(made.path("conferenceTagId")).isEqualTo(tag.path("ID"));
              assertThat(made.path("value")).isEqualTo(tag.path("value"));
            });
    request.put("value", "both");
    assertThat(send("createCallTag", request).body()).startsWith("FALSE,");
    request.remove("value");
    request.remove("conferenceTagID");
    assertThat(send("createCallTag", request).body()).startsWith("FALSE,");
  }

  // Requests that are right.

  private static HttpResponse<String> send(
      final String function, final Map<String, String> parameters) {
    return stage.api().post(function.replace(" count", ""), parameters);
  }

  /** A whole request of this function as the document has it, about who is on the line now. */
  private static Map<String, String> valid(final String function) {
    final Map<String, String> request = new LinkedHashMap<>();
    final boolean byConference = Document.FUNCTIONS.get(function).contains("conferenceUID");
    somebody(); // the row before may have closed the call
    request.put(
        byConference ? "conferenceUID" : "callUID", byConference ? DemoConference.UID : call());
    request.put("securityToken", DemoConference.TOKEN);
    VALID.getOrDefault(function, List::of).get().forEach(pair -> put(request, pair));
    return request;
  }

  private static String call() {
    return stage.callUid();
  }

  private static void put(final Map<String, String> request, final String pair) {
    final int equals = pair.indexOf('=');
    request.put(pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static final Map<String, Supplier<List<String>>> VALID =
      Map.ofEntries(
          Map.entry("getBreakout", () -> List.of("UID=" + stage.breakoutWith(somebody()))),
          Map.entry("getCaller", () -> List.of("UID=" + somebody())),
          Map.entry("createBreakout", () -> List.of("callers=" + somebody())),
          Map.entry(
              "createBreakout count",
              () -> List.of("count=2", "callers1=" + somebody(), "callers2=" + stage.host())),
          Map.entry("updateCall", () -> List.of("field=note", "value=more")),
          Map.entry(
              "updateCaller", () -> List.of("UID=" + somebody(), "field=data", "value=payload")),
          Map.entry("updateActiveCaller", () -> List.of("field=mute", "value=false")),
          Map.entry("dropCaller", () -> List.of("UID=" + stage.enter("100002"))),
          Map.entry("playTone", () -> List.of("tone=" + audio())),
          Map.entry(
              "updateBreakout",
              () ->
                  List.of("UID=" + stage.breakoutWith(somebody()), "field=name", "value=Table 9")),
          Map.entry(
              "updateConferenceSetting",
              () -> List.of("role=PARTICPANT", "setting=mike", "value=true")),
          Map.entry(
              "updateCallSetting", () -> List.of("role=PARTICPANT", "setting=mike", "value=true")),
          Map.entry(
              "updateCallerTag",
              () ->
                  List.of(
                      "callerUID=" + somebody(),
                      "callTagID=" + stage.tag("row " + System.nanoTime()),
                      "action=Add")),
          Map.entry("createCallTag", () -> List.of("value=fresh " + System.nanoTime())),
          Map.entry(
              "updateCallTag",
              () -> List.of("callTagID=" + stage.tag("old " + System.nanoTime()), "value=new")),
          Map.entry("placeCall", () -> List.of("name=Bo", "role=PARTICIPANT", "number=15550199")),
          Map.entry(
              "updateCustomValue",
              () ->
                  List.of(
                      "objectType=call", "objectUID=" + call(), "customKey=k", "customValue=v")));

  private static String somebody() {
    return stage.participant();
  }

  private static String audio() {
    return stage.api().read("getConference").path("audio").path(0).path("UID").asText();
  }
}
