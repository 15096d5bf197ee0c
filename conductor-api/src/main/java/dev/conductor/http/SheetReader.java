package dev.conductor.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.conductor.query.TagCell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a table as somebody keeps it: CSV with a line of column names (RFC 4180), or a JSON array
 * of objects. A row that cannot be had is named; a column nobody knows refuses the whole, since it
 * is a misspelt one. Any thread; immutable.
 */
final class SheetReader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final CsvMapper CSV =
      CsvMapper.builder(
              CsvFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(4 * Values.MAX_LONG_TEXT)
                          .build())
                  .build())
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String things;
  private final List<String> columns;
  private final List<String> passedOver;
  private final String nested;

  /**
   * A reader.
   *
   * @param things what the rows are, for messages
   * @param columns those that count
   * @param passedOver those that may be there besides
   * @param nested the column that in JSON is an array of objects, each a row that has the other
   *     cells of its object too; empty for none
   */
  SheetReader(
      final String things,
      final List<String> columns,
      final List<String> passedOver,
      final String nested) {
    this.things = things;
    this.columns = List.copyOf(columns);
    this.passedOver = List.copyOf(passedOver);
    this.nested = nested;
  }

  /** Takes the rows. */
  interface Rows {
    /**
     * One row; a {@link Refusal} refuses the whole.
     *
     * @param object which object of JSON it is of, from 1; 0 in CSV
     * @param cells by column
     */
    void row(int line, int object, Map<String, String> cells);

    /** One that cannot be had. */
    void fault(Fault fault);
  }

  /** A row that cannot be had, and why. Immutable. */
  record Fault(int line, String message) {}

  /**
   * Reads.
   *
   * @throws Refusal when it is no such table, or has a column nobody knows
   */
  void read(final boolean csv, final String text, final Rows to) {
    if (csv) {
      csv(text, to);
    } else {
      json(text, to);
    }
  }

  private void csv(final String text, final Rows to) {
    final String clean =
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(clean)) {
      if (!lines.hasNextValue()) {
        throw Refusal.parameter("body", "empty; the first line names the columns");
      }
      final List<String> names = columns(Arrays.asList(lines.nextValue()));
      int line = lines.getCurrentLocation().getLineNr();
      while (lines.hasNextValue()) {
        csvRow(line, names, lines.nextValue(), to);
        line = lines.getCurrentLocation().getLineNr();
      }
    } catch (final IOException notCsv) {
      throw Refusal.parameter("body", "not CSV: " + firstLine(notCsv));
    }
  }

  private static void csvRow(
      final int line, final List<String> names, final String[] values, final Rows to) {
    if (values.length > names.size()) {
      to.fault(new Fault(line, "more cells than columns"));
      return;
    }
    final Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      cells.put(names.get(i), values[i]);
    }
    to.row(line, 0, cells);
  }

  /** A row's line is its place in the array, from 1. */
  private void json(final String text, final Rows to) {
    if (!text.stripLeading().startsWith("[")) {
      throw Refusal.parameter("body", "not a JSON array of " + things);
    }
    try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(text)) {
      int line = 0;
      while (objects.hasNextValue()) {
        line++;
        jsonRow(line, objects.nextValue(), to);
      }
    } catch (final JsonProcessingException notJson) {
      throw Refusal.parameter("body", "not JSON: " + firstLine(notJson));
    } catch (final IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void jsonRow(final int line, final JsonNode object, final Rows to) {
    if (!object.isObject()) {
      to.fault(new Fault(line, "not an object"));
      return;
    }
    final Map<String, String> cells = new LinkedHashMap<>();
    final List<JsonNode> within = new ArrayList<>();
    if (!cells(line, object, cells, within, to)) {
      return;
    }
    if (within.isEmpty()) {
      to.row(line, line, cells);
    }
    for (final JsonNode one : within) {
      final Map<String, String> all = new LinkedHashMap<>(cells);
      if (!one.isObject()) {
        to.fault(new Fault(line, nested + ": not an object"));
      } else if (cells(line, one, all, new ArrayList<>(), to)) {
        to.row(line, line, all);
      }
    }
  }

  private boolean cells(
      final int line,
      final JsonNode object,
      final Map<String, String> cells,
      final List<JsonNode> within,
      final Rows to) {
    for (final Map.Entry<String, JsonNode> field : object.properties()) {
      final JsonNode value = field.getValue();
      if (!nested.isEmpty() && field.getKey().equals(nested) && value.isArray()) {
        value.forEach(within::add);
        continue;
      }
      final String column = column(field.getKey());
      if (value.isArray()) {
        final List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        cells.put(column, TagCell.of(items));
      } else if (value.isObject()) {
        to.fault(new Fault(line, column + ": an object"));
        return false;
      } else if (!value.isNull()) {
        cells.put(column, value.asText());
      }
    }
    return true;
  }

  private List<String> columns(final List<String> names) {
    final List<String> found = names.stream().map(this::column).toList();
    if (new HashSet<>(found).size() < found.size()) {
      throw Refusal.parameter("body", "a column is there twice");
    }
    return found;
  }

  /** The column of a name, letter case and blanks around it ignored. */
  private String column(final String name) {
    final String wanted = name.strip();
    for (final List<String> known : List.of(columns, passedOver)) {
      for (final String column : known) {
        if (column.equalsIgnoreCase(wanted)) {
          return column;
        }
      }
    }
    throw Refusal.parameter(
        "body",
        "no such column " + Values.shown(name) + "; there are " + String.join(", ", columns));
  }

  /** Free text as it may stand in a cell. */
  static String clean(final String column, final String text, final int most) {
    final boolean control =
        text.codePoints()
            .anyMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
    if (control) {
      throw Refusal.parameter(column, "a control character");
    }
    return Values.text(column, text, most);
  }

  private static String firstLine(final IOException failed) {
    return failed instanceof JsonProcessingException parsing
        ? parsing.getOriginalMessage().lines().findFirst().orElse("")
            + (parsing.getLocation() == null
                ? ""
                : " (line " + parsing.getLocation().getLineNr() + ")")
        : String.valueOf(failed.getMessage());
  }
}
