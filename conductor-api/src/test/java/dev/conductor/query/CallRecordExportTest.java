package dev.conductor.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.model.Attendance;
import dev.conductor.model.CallRecord;
import dev.conductor.model.CallRecord.Step;
import dev.conductor.model.CallRecord.Visit;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallRecordExportTest {
  private static final long T = 1_769_850_903_123L;

  private static CallRecord record(final String name) {
    final CallSnapshot call = Samples.call("K1", "C1", 7, false);
    final Caller plain = call.callers().get("A");
    final Caller caller =
        plain
            .withTexts(
                new Caller.Texts(
                    name, "", "said \"no\",\nthen", "", "", List.of(), new TreeMap<>()))
            .gone(T + 60_000, "BYE");
    final List<Step> steps =
        List.of(
            new Step(T, "ENTER", Place.MAIN, "", 0, ""),
            new Step(T + 1, "MOVE", Place.BREAKOUT, "B", 0, ""),
            new Step(T + 2, "HAND", Place.BREAKOUT, "B", 3, ""),
            new Step(T + 3, "HAND", Place.BREAKOUT, "B", 0, ""));
    return new CallRecord(
        call.call(),
        List.of(new Visit(caller, new Attendance(T, 2_600, Optional.empty(), false), steps)));
  }

  private static String csv(final String name) {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CallRecordExport export = CallRecordExport.csv(bytes)) {
      export.write(record(name));
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldWriteARowForEachCaller() {
    final String[] lines = csv("Zoë").split("\r\n");
    assertThat(lines[0]).startsWith("callUID,conferenceUID,callStartTime,callEndTime,callerUID");
    assertThat(lines).hasSize(2);
    assertThat(lines[1])
        .startsWith("K1,C1,")
        .contains(",Zoë,")
        .contains(",2026-01-31T09:15:03.123Z,2026-01-31T09:16:03.123Z,BYE,")
        .endsWith(",3,1,1,\"said \"\"no\"\",\nthen\"");
  }

  @Test
  void shouldLetNoCellBeAFormula() {
    assertThat(csv("=1+1")).contains(",'=1+1,");
    assertThat(csv("@x")).contains(",'@x,");
    assertThat(csv("+15550001")).contains(",+15550001,");
    assertThat(csv("+cmd")).contains(",'+cmd,");
  }

  @Test
  void shouldWriteNothingButTheNamesWhereThereIsNoRecord() {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CallRecordExport.json(bytes).close();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("[]");
    bytes.reset();
    CallRecordExport.csv(bytes).close();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("callUID,").endsWith("notes\r\n");
  }

  @Test
  void shouldWriteEachStepAsJson() {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (CallRecordExport export = CallRecordExport.json(bytes)) {
      export.write(record("Zoë"));
      export.write(record("Bob"));
    }
    final JsonNode all = Documents.json(bytes.toString(StandardCharsets.UTF_8));
    assertThat(all).hasSize(2);
    assertThat(all.at("/0/callUID").asText()).isEqualTo("K1");
    assertThat(all.at("/0/caller/0/name").asText()).isEqualTo("Zoë");
    assertThat(all.at("/0/caller/0/talkSeconds").asDouble()).isEqualTo(2.6);
    assertThat(all.at("/0/caller/0/step/2/attention").asInt()).isEqualTo(3);
    assertThat(all.at("/0/caller/0/step/1/breakout").asText()).isEqualTo("B");
    assertThat(all.at("/1/caller/0/name").asText()).isEqualTo("Bob");
  }
}
