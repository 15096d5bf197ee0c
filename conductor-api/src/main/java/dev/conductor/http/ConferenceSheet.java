package dev.conductor.http;

import dev.conductor.command.Command.PutConferences;
import dev.conductor.command.ConferenceEntry;
import dev.conductor.command.ConferenceEntry.Time;
import dev.conductor.command.NewConference;
import dev.conductor.http.SheetReader.Fault;
import dev.conductor.model.Times;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Conferences as somebody keeps them in a table: a row a reservation, or one for a conference that
 * is open always. Rows of one reference are one conference, and so are the reservations of one
 * object of JSON; what several rows say of it, the last one counts. One thread.
 */
final class ConferenceSheet {
  /** The columns that count. */
  static final List<String> COLUMNS =
      List.of(
          "reference",
          "name",
          "reservationUID",
          "startDate",
          "duration",
          "estimatedCallers",
          "contactEmail",
          "greenroom",
          "recording",
          "backgroundMusic",
          "notes");

  /** What an export has besides, and an import passes over. */
  private static final List<String> TOLD =
      List.of("UID", "callInNumber", "cancelled", "tags", "person");

  private static final int MAX_MINUTES = 7 * 24 * 60;
  private static final SheetReader READER =
      new SheetReader("conferences", COLUMNS, TOLD, "reservation");

  private final ZoneId zone;
  private final int maxCallers;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private int rows;

  private ConferenceSheet(final ZoneId zone, final int maxCallers) {
    this.zone = zone;
    this.maxCallers = maxCallers;
  }

  /**
   * Reads CSV, or JSON; in JSON a row's line is its object's place in the array, from 1.
   *
   * @param zone the customer's, for dates without an offset
   * @param maxCallers the most that may be expected
   * @throws Refusal when it is none, or has a column nobody knows
   */
  static ConferenceSheet of(
      final boolean csv, final String text, final ZoneId zone, final int maxCallers) {
    final ConferenceSheet sheet = new ConferenceSheet(zone, maxCallers);
    READER.read(
        csv,
        text,
        new SheetReader.Rows() {
          @Override
          public void row(final int line, final int object, final Map<String, String> cells) {
            sheet.add(line, object, cells);
          }

          @Override
          public void fault(final Fault fault) {
            sheet.faults.add(fault);
          }
        });
    return sheet;
  }

  private void add(final int line, final int object, final Map<String, String> cells) {
    rows++;
    if (rows > PutConferences.MAX_CONFERENCES) {
      throw Refusal.parameter("body", "more than " + PutConferences.MAX_CONFERENCES + " rows");
    }
    try {
      final String reference = text(cells, "reference", Values.MAX_NAME).strip();
      final Optional<Time> time = time(line, cells);
      final ConferenceEntry said =
          new ConferenceEntry(
              line,
              reference,
              given(cells, "notes", Values.MAX_LONG_TEXT),
              wishes(cells),
              time.stream().toList());
      final String whose =
          reference.isEmpty() ? "row " + (object == 0 ? line : object) : "reference " + reference;
      drafts.computeIfAbsent(whose, key -> new Draft()).say(said);
    } catch (final Refusal wrong) {
      faults.add(new Fault(line, wrong.getMessage()));
    }
  }

  /** Empty where the row says nothing of it. */
  private Optional<Time> time(final int line, final Map<String, String> cells) {
    final String start = cell(cells, "startDate");
    final String duration = cell(cells, "duration");
    final String callers = cell(cells, "estimatedCallers");
    final String uid = cell(cells, "reservationUID");
    final boolean always = start.isEmpty() && (duration.isEmpty() || duration.equals("0"));
    if (always && callers.isEmpty()) {
      return Optional.empty();
    }
    if (!always && start.isEmpty()) {
      throw Refusal.parameter("startDate", "missing");
    }
    if (callers.isEmpty()) {
      throw Refusal.parameter("estimatedCallers", "missing");
    }
    final int expected = Values.number("estimatedCallers", callers, 1, maxCallers);
    return Optional.of(
        always
            ? new Time(line, uid, Times.NONE, 0, expected)
            : new Time(
                line,
                uid,
                AccountDates.millis("startDate", start, zone),
                minutes(duration),
                expected));
  }

  private static int minutes(final String duration) {
    if (duration.isEmpty()) {
      throw Refusal.parameter("duration", "missing");
    }
    return Values.number("duration", duration, 1, MAX_MINUTES);
  }

  private static NewConference wishes(final Map<String, String> cells) {
    return new NewConference(
        given(cells, "name", Values.MAX_NAME),
        List.of(),
        false,
        given(cells, "contactEmail", Values.MAX_MESSAGE),
        flag(cells, "greenroom"),
        flag(cells, "recording"),
        flag(cells, "backgroundMusic"));
  }

  private static String cell(final Map<String, String> cells, final String column) {
    return cells.getOrDefault(column, "").strip();
  }

  private static String text(final Map<String, String> cells, final String column, final int most) {
    return SheetReader.clean(column, cells.getOrDefault(column, ""), most);
  }

  private static Optional<String> given(
      final Map<String, String> cells, final String column, final int most) {
    return Optional.of(text(cells, column, most)).filter(text -> !text.isEmpty());
  }

  private static Optional<Boolean> flag(final Map<String, String> cells, final String column) {
    final String word = cell(cells, column);
    return word.isEmpty() ? Optional.empty() : Optional.of(Values.flag(column, word));
  }

  /** The conferences that can be had, in order. */
  List<ConferenceEntry> conferences() {
    return drafts.values().stream().map(draft -> draft.said).toList();
  }

  /** Rows that cannot, in order. */
  List<Fault> faults() {
    return faults;
  }

  /** A conference as far as it has been read. */
  private static final class Draft {
    private ConferenceEntry said;

    void say(final ConferenceEntry more) {
      if (said == null) {
        said = more;
        return;
      }
      final List<Time> times = new ArrayList<>(said.times());
      times.addAll(more.times());
      final NewConference old = said.wishes();
      final NewConference now = more.wishes();
      said =
          new ConferenceEntry(
              said.line(),
              said.reference(),
              more.notes().or(said::notes),
              new NewConference(
                  now.name().or(old::name),
                  List.of(),
                  false,
                  now.contactEmail().or(old::contactEmail),
                  now.greenroom().or(old::greenroom),
                  now.recording().or(old::recording),
                  now.backgroundMusic().or(old::backgroundMusic)),
              times);
    }
  }
}
