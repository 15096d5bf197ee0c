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
import dev.conductor.command.PersonChange;
import dev.conductor.command.PersonChange.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Persons as somebody keeps them in a table: CSV with a line of column names (RFC 4180), or a JSON
 * array of objects. A row that cannot be had is left out and named; a column nobody knows refuses
 * the whole, since it is a misspelt one. Any thread; immutable.
 */
final class PersonSheet {
  /** The columns, in the order in which they are exported. */
  static final List<String> COLUMNS =
      List.of(
          "reference",
          "name",
          "role",
          "PIN",
          "ani",
          "email",
          "notes",
          "custom1",
          "custom2",
          "tags");

  /** What an export has besides, and an import passes over. */
  static final List<String> TOLD = List.of("UID", "conferenceUID", "callInNumber");

  private static final int MAX_ROWS = 10_000;
  private static final int MAX_PIN = 32;
  private static final char TAG_SEPARATOR = ';';
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

  private final List<Row> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> references = new HashSet<>();

  private PersonSheet() {}

  /**
   * Reads CSV.
   *
   * @throws Refusal when it is none, or has a column nobody knows
   */
  static PersonSheet ofCsv(final String text) {
    final PersonSheet sheet = new PersonSheet();
    final String clean =
        !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    try (MappingIterator<String[]> lines = CSV.readerFor(String[].class).readValues(clean)) {
      if (!lines.hasNextValue()) {
        throw Refusal.parameter("body", "empty; the first line names the columns");
      }
      final List<String> columns = columns(Arrays.asList(lines.nextValue()));
      int line = lines.getCurrentLocation().getLineNr();
      while (lines.hasNextValue()) {
        sheet.csvRow(line, columns, lines.nextValue());
        line = lines.getCurrentLocation().getLineNr();
      }
    } catch (final IOException notCsv) {
      throw Refusal.parameter("body", "not CSV: " + firstLine(notCsv));
    }
    return sheet;
  }

  private void csvRow(final int line, final List<String> columns, final String[] cells) {
    if (cells.length > columns.size()) {
      faults.add(new Fault(line, "more cells than columns"));
      return;
    }
    final Entry entry = new Entry();
    for (int i = 0; i < cells.length; i++) {
      entry.put(columns.get(i), cells[i]);
    }
    add(line, entry);
  }

  /**
   * Reads JSON; a row's line is its place in the array, from 1.
   *
   * @throws Refusal when it is none, or has a key nobody knows
   */
  static PersonSheet ofJson(final String text) {
    final PersonSheet sheet = new PersonSheet();
    if (!text.stripLeading().startsWith("[")) {
      throw Refusal.parameter("body", "not a JSON array of persons");
    }
    try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(text)) {
      int line = 0;
      while (objects.hasNextValue()) {
        line++;
        sheet.jsonRow(line, objects.nextValue());
      }
    } catch (final JsonProcessingException notJson) {
      throw Refusal.parameter("body", "not JSON: " + firstLine(notJson));
    } catch (final IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return sheet;
  }

  private void jsonRow(final int line, final JsonNode object) {
    if (!object.isObject()) {
      faults.add(new Fault(line, "not an object"));
      return;
    }
    final Entry entry = new Entry();
    for (final Map.Entry<String, JsonNode> field : object.properties()) {
      final String column = column(field.getKey());
      final JsonNode value = field.getValue();
      if (value.isArray()) {
        final List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asText()));
        entry.put(column, String.join(String.valueOf(TAG_SEPARATOR), items));
      } else if (value.isObject()) {
        faults.add(new Fault(line, column + ": an object"));
        return;
      } else if (!value.isNull()) {
        entry.put(column, value.asText());
      }
    }
    add(line, entry);
  }

  private static List<String> columns(final List<String> names) {
    final List<String> columns = names.stream().map(PersonSheet::column).toList();
    if (new HashSet<>(columns).size() < columns.size()) {
      throw Refusal.parameter("body", "a column is there twice");
    }
    return columns;
  }

  /** The column of a name, letter case and blanks around it ignored. */
  private static String column(final String name) {
    final String wanted = name.strip();
    for (final List<String> known : List.of(COLUMNS, TOLD)) {
      for (final String column : known) {
        if (column.equalsIgnoreCase(wanted)) {
          return column;
        }
      }
    }
    throw Refusal.parameter(
        "body",
        "no such column " + Values.shown(name) + "; there are " + String.join(", ", COLUMNS));
  }

  private void add(final int line, final Entry entry) {
    if (rows.size() + faults.size() >= MAX_ROWS) {
      throw Refusal.parameter("body", "more than " + MAX_ROWS + " persons");
    }
    try {
      final PersonChange change = entry.change();
      if (!change.reference().isEmpty() && !references.add(change.reference())) {
        faults.add(new Fault(line, "reference: there twice"));
        return;
      }
      rows.add(new Row(line, change));
    } catch (final Refusal wrong) {
      faults.add(new Fault(line, wrong.getMessage()));
    }
  }

  private static String firstLine(final IOException failed) {
    return failed instanceof JsonProcessingException parsing
        ? parsing.getOriginalMessage().lines().findFirst().orElse("")
            + (parsing.getLocation() == null
                ? ""
                : " (line " + parsing.getLocation().getLineNr() + ")")
        : String.valueOf(failed.getMessage());
  }

  /** Rows that can be had, in order. */
  List<Row> rows() {
    return rows;
  }

  /** Rows that cannot, in order. */
  List<Fault> faults() {
    return faults;
  }

  /** A row. Immutable. */
  record Row(int line, PersonChange person) {}

  /** A row that cannot be had, and why. Immutable. */
  record Fault(int line, String message) {}

  /** A row that is being read. */
  private static final class Entry {
    private static final Map<String, Text> TEXTS =
        Map.of(
            "name", Text.NAME,
            "ani", Text.ANI,
            "email", Text.EMAIL,
            "notes", Text.NOTES,
            "custom1", Text.CUSTOM1,
            "custom2", Text.CUSTOM2);

    private PersonChange change = PersonChange.nothing();
    private Refusal refusal;

    void put(final String column, final String cell) {
      try {
        take(column, cell);
      } catch (final Refusal wrong) {
        refusal = refusal == null ? wrong : refusal;
      }
    }

    private void take(final String column, final String cell) {
      final Text text = TEXTS.get(column);
      if (text != null) {
        change = change.with(text, clean(column, cell, most(text)));
        return;
      }
      final String word = cell.strip();
      switch (column) {
        case "reference" -> change = change.withReference(clean(column, word, Values.MAX_NAME));
        case "role" -> change = word.isEmpty() ? change : change.with(Values.role(column, word));
        case "PIN" -> change = change.withPin(pin(column, word));
        case "tags" -> change = change.withTags(tags(column, cell));
        default -> {
          // What an export tells besides cannot be changed by an import.
        }
      }
    }

    private static int most(final Text text) {
      return text == Text.NAME || text == Text.ANI || text == Text.EMAIL
          ? Values.MAX_NAME
          : Values.MAX_LONG_TEXT;
    }

    private static String pin(final String column, final String word) {
      if (word.length() > MAX_PIN || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
        // What was meant for a PIN is not shown.
        throw Refusal.parameter(column, "not of up to " + MAX_PIN + " digits");
      }
      return word;
    }

    private static List<String> tags(final String column, final String cell) {
      return Arrays.stream(cell.split(String.valueOf(TAG_SEPARATOR)))
          .map(String::strip)
          .filter(tag -> !tag.isEmpty())
          .map(tag -> clean(column, tag, Values.MAX_NAME))
          .distinct()
          .toList();
    }

    private static String clean(final String column, final String text, final int most) {
      final boolean control =
          text.codePoints()
              .anyMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
      if (control) {
        throw Refusal.parameter(column, "a control character");
      }
      return Values.text(column, text, most);
    }

    PersonChange change() {
      if (refusal != null) {
        throw refusal;
      }
      return change;
    }
  }
}
