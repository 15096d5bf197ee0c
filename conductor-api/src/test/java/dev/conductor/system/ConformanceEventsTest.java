package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.Voices;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One row for each event of the document: what raises it is done, and a reader hears it under the
 * names as printed, its target what the object's read shows.
 */
class ConformanceEventsTest {
  /** What its target is read by. */
  private static final Map<String, String> READ_OF =
      Map.of(
          "CALL NEWCALLER", "getCaller",
          "CALL UPDATE", "getCall",
          "CALL NEWBREEAKOUT", "getBreakout",
          "CONFERENCENEW BREAKOUT", "getBreakout",
          "BREAKOUT UPDATE", "getBreakout");

  private static ConformanceStage stage;
  private static EventTape tape;

  @BeforeAll
  static void open() throws Exception {
    stage = new ConformanceStage();
    tape = EventTape.open(stage.api(), "&names=printed");
    tape.await("SYSTEM", "SNAPSHOT", any -> true);
  }

  @AfterAll
  static void close() {
    tape.close();
    stage.close();
  }

  @Test
  void shouldKnowAsManyEventsAsTheDocument() {
    assertThat(Document.EVENTS).hasSize(13).doesNotHaveDuplicates();
    assertThat(Document.EVENT).hasSize(3);
  }

  @TestFactory
  Stream<DynamicTest> shouldTell() {
    return Document.EVENTS.stream().map(row -> DynamicTest.dynamicTest(row, () -> exercise(row)));
  }

  private static void exercise(final String row) {
    final long headSeq = stage.api().read("getCall").path("seq").asLong();
    final String subject = cause(row);
    final List<String> words = List.of(row.split(" "));
    final JsonNode event =
        tape.await(
            words.get(0),
            words.get(1),
            told ->
                told.path("seq").asLong() >= headSeq
                    && (subject.isEmpty()
                        || told.path("target").path("UID").asText().equals(subject)
                        || told.path("target").path("value").asText().equals(subject)));
    Document.EVENT.forEach(field -> assertThat(event.has(field)).as(field).isTrue());
    assertThat(event.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(event.path("cause").path("by").asText()).isIn("API", "PHONE");
    checkTarget(row, event.path("target"));
  }

  private static void checkTarget(final String row, final JsonNode target) {
    if (row.equals("TAG UPDATE")) {
      assertThat(target.fieldNames())
          .toIterable()
          .containsExactly("ID", "value", "conferenceTagId");
      return;
    }
    final String function = READ_OF.getOrDefault(row, "getCaller");
    final JsonNode read = stage.api().read(function, "UID", target.path("UID").asText());
    assertThat(target.fieldNames()).toIterable().containsExactlyElementsOf(() -> read.fieldNames());
    assertThat(target.path("UID")).isEqualTo(read.path("UID"));
  }

  /** Does what raises it; the UID, or a tag's value, that its target will have. */
  private static String cause(final String row) {
    final String caller = stage.participant();
    switch (row) {
      case "CALL NEWCALLER":
        return stage.enter("100005");
      case "CALL UPDATE":
        stage.done("updateCall", "field", "message", "value", "hello");
        return stage.callUid();
      case "CALL NEWBREEAKOUT", "CONFERENCENEW BREAKOUT", "BREAKOUT UPDATE":
        final String breakout = stage.breakoutWith(caller);
        if (row.equals("BREAKOUT UPDATE")) {
          stage.done("updateBreakout", "UID", breakout, "field", "data", "value", "d");
        }
        return breakout;
      case "CALLER BREAKOUT":
        stage.breakoutWith(caller);
        return caller;
      case "CALLER TALKING":
        stage.done("updateCaller", "UID", caller, "field", "breakout", "value", "");
        stage.phone(caller).play(Voices.tone(0, 2, 3_000));
        return caller;
      case "TAG UPDATE":
        stage.done("createCallTag", "value", "told");
        return "told";
      default:
        final String field =
            Map.of(
                    "CALLER UPDATE", "data",
                    "CALLER ATTENTION", "attention",
                    "CALLER DEAF", "deaf",
                    "CALLER MIKE", "mike",
                    "CALLER MUTE", "mute")
                .get(row);
        // Set as it is already: a client that waits for the outcome must not hang.
        final String now =
            stage
                .api()
                .read("getCaller", "UID", caller)
                .path(field.equals("mike") ? "mic" : field)
                .asText();
        stage.done("updateCaller", "UID", caller, "field", field, "value", now);
        return caller;
    }
  }
}
