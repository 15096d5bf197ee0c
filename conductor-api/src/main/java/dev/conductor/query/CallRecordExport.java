package dev.conductor.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.model.Call;
import dev.conductor.model.CallRecord;
import dev.conductor.model.CallRecord.Step;
import dev.conductor.model.CallRecord.Visit;
import dev.conductor.model.Caller;
import dev.conductor.model.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records of calls as they come, none of them held: as CSV a row for each caller, as JSON an
 * array of calls with all that their callers did. Moments are ISO 8601 instants. A cell that a
 * spreadsheet would take for a formula gets an apostrophe before it. One thread.
 */
public final class CallRecordExport implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "callUID",
          "conferenceUID",
          "callStartTime",
          "callEndTime",
          "callerUID",
          "personUID",
          "name",
          "role",
          "ANI",
          "DID",
          "email",
          "enterTime",
          "endTime",
          "reason",
          "previousUID",
          "talkSeconds",
          "moves",
          "hands",
          "notes");

  private static final String FORMULA_STARTS = "=+-@\t\r";
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonGenerator out;
  private final boolean csv;

  private CallRecordExport(final JsonGenerator out, final boolean csv) {
    this.out = out;
    this.csv = csv;
  }

  /** Begins CSV in UTF-8 with a line of names (RFC 4180); the stream stays open after it. */
  public static CallRecordExport csv(final OutputStream to) {
    try {
      final JsonGenerator out = CsvSheet.begin(to, COLUMNS);
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      return new CallRecordExport(out, true);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Begins a JSON array in UTF-8; the stream stays open after it. */
  public static CallRecordExport json(final OutputStream to) {
    try {
      final JsonGenerator out = JSON.getFactory().createGenerator(to);
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.setCodec(JSON);
      out.writeStartArray();
      return new CallRecordExport(out, false);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Writes one.
   *
   * @throws UncheckedIOException when the stream takes no more
   */
  public void write(final CallRecord record) {
    try {
      if (csv) {
        for (final Visit visit : record.visits()) {
          writeRow(cells(record.call(), visit));
        }
      } else {
        out.writeTree(object(record));
      }
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void writeRow(final Map<String, String> cells) throws IOException {
    out.writeStartObject();
    for (final String column : COLUMNS) {
      out.writeStringField(column, harmless(cells.get(column)));
    }
    out.writeEndObject();
  }

  /** A telephone number is no formula. */
  private static String harmless(final String cell) {
    final boolean isFormula =
        !cell.isEmpty()
            && FORMULA_STARTS.indexOf(cell.charAt(0)) >= 0
            && !cell.matches("\\+[0-9]+");
    return isFormula ? "'" + cell : cell;
  }

  private static Map<String, String> cells(final Call call, final Visit visit) {
    final Map<String, String> cells = new LinkedHashMap<>();
    cells.put("callUID", call.uid());
    cells.put("conferenceUID", call.conferenceUid());
    cells.put("callStartTime", moment(call.startMs()));
    cells.put("callEndTime", moment(call.endMs()));
    cells.putAll(cells(visit));
    cells.put("moves", Long.toString(count(visit, "MOVE")));
    cells.put("hands", Long.toString(handsUp(visit)));
    return cells;
  }

  private static Map<String, String> cells(final Visit visit) {
    final Caller caller = visit.caller();
    final Map<String, String> cells = new LinkedHashMap<>();
    cells.put("callerUID", caller.uid());
    cells.put("personUID", caller.identity().personUid());
    cells.put("name", caller.texts().tag());
    cells.put("role", caller.role().name());
    cells.put("ANI", caller.identity().ani());
    cells.put("DID", caller.identity().did());
    cells.put("email", caller.identity().email());
    cells.put("enterTime", moment(visit.attendance().enteredMs()));
    cells.put("endTime", moment(caller.presence().endMs()));
    cells.put("reason", caller.presence().reason());
    cells.put("previousUID", caller.identity().previousUid());
    cells.put("talkSeconds", Long.toString((visit.attendance().talkMs() + 500) / 1_000));
    cells.put("notes", caller.texts().notes());
    return cells;
  }

  private static long count(final Visit visit, final String what) {
    return visit.steps().stream().filter(step -> step.what().equals(what)).count();
  }

  private static long handsUp(final Visit visit) {
    return visit.steps().stream()
        .filter(step -> step.what().equals("HAND") && step.attention() > 0)
        .count();
  }

  private static ObjectNode object(final CallRecord record) {
    final Call call = record.call();
    final ObjectNode object = JSON.createObjectNode();
    object
        .put("callUID", call.uid())
        .put("conferenceUID", call.conferenceUid())
        .put("name", call.texts().name())
        .put("startTime", moment(call.startMs()))
        .put("endTime", moment(call.endMs()))
        .put("notes", call.texts().notes());
    for (final Visit visit : record.visits()) {
      final ObjectNode caller = object.withArray("caller").addObject();
      cells(visit).forEach(caller::put);
      caller.put("talkSeconds", visit.attendance().talkMs() / 1_000.0);
      for (final Step step : visit.steps()) {
        caller
            .withArray("step")
            .addObject()
            .put("time", moment(step.timeMs()))
            .put("what", step.what())
            .put("place", step.place().name())
            .put("breakout", step.breakoutUid())
            .put("attention", step.attention())
            .put("reason", step.reason());
      }
    }
    return object;
  }

  private static String moment(final long timeMs) {
    return timeMs == Times.NONE ? "" : Instant.ofEpochMilli(timeMs).toString();
  }

  /** Ends the document. */
  @Override
  public void close() {
    try {
      if (!csv) {
        out.writeEndArray();
      }
      out.close();
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
