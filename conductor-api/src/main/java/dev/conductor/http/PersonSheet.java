package dev.conductor.http;

import dev.conductor.command.PersonChange;
import dev.conductor.command.PersonChange.Text;
import dev.conductor.http.SheetReader.Fault;
import dev.conductor.query.TagCell;
import java.util.ArrayList;
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
  private static final SheetReader READER = new SheetReader("persons", COLUMNS, TOLD, "");

  private final List<Row> rows = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final Set<String> references = new HashSet<>();

  private PersonSheet() {}

  /**
   * Reads CSV, or JSON; in JSON a row's line is its place in the array, from 1.
   *
   * @throws Refusal when it is none, or has a column nobody knows
   */
  static PersonSheet of(final boolean csv, final String text) {
    final PersonSheet sheet = new PersonSheet();
    READER.read(
        csv,
        text,
        new SheetReader.Rows() {
          @Override
          public void row(final int line, final int object, final Map<String, String> cells) {
            final Entry entry = new Entry();
            cells.forEach(entry::put);
            sheet.add(line, entry);
          }

          @Override
          public void fault(final Fault fault) {
            sheet.faults.add(fault);
          }
        });
    return sheet;
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
        change = change.with(text, SheetReader.clean(column, cell, most(text)));
        return;
      }
      final String word = cell.strip();
      switch (column) {
        case "reference" ->
            change = change.withReference(SheetReader.clean(column, word, Values.MAX_NAME));
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
      return TagCell.tags(cell).stream()
          .map(tag -> SheetReader.clean(column, tag, Values.MAX_NAME))
          .toList();
    }

    PersonChange change() {
      if (refusal != null) {
        throw refusal;
      }
      return change;
    }
  }
}
