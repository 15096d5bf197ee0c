package dev.conductor.query;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.PageText;
import dev.conductor.model.Person;
import dev.conductor.model.Reservation;
import dev.conductor.model.Times;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a customer's conferences and persons as they come, none of them held. Persons have the
 * columns that an import takes, so that what was exported can be changed and imported again.
 * Moments are ISO 8601 instants. One thread.
 */
public final class DirectoryExport implements AutoCloseable {
  /** What is to be had. */
  public enum Kind {
    /** A row a person, CSV (RFC 4180). */
    PERSONS_CSV,
    /** An array of persons. */
    PERSONS_JSON,
    /** A row a reservation, and one for a conference that is open always, CSV. */
    CONFERENCES_CSV,
    /** An array of conferences with their reservations and persons. */
    CONFERENCES_JSON;

    private boolean isJson() {
      return this == PERSONS_JSON || this == CONFERENCES_JSON;
    }
  }

  private static final List<String> PERSON_COLUMNS =
      List.of(
          "conferenceUID",
          "UID",
          "reference",
          "name",
          "role",
          "PIN",
          "callInNumber",
          "ani",
          "email",
          "notes",
          "custom1",
          "custom2",
          "tags");
  private static final List<String> CONFERENCE_COLUMNS =
      List.of(
          "UID",
          "reference",
          "name",
          "callInNumber",
          "cancelled",
          "reservationUID",
          "startDate",
          "duration",
          "estimatedCallers",
          "contactEmail",
          "greenroom",
          "recording",
          "backgroundMusic",
          "notes");
  private static final Reservation UNBOOKED = Reservation.always("", 0);
  private static final JsonMapper JSON = new JsonMapper();

  private final JsonGenerator out;
  private final Kind kind;

  private DirectoryExport(final JsonGenerator out, final Kind kind) {
    this.out = out;
    this.kind = kind;
  }

  /** Begins a document in UTF-8; the stream stays open after it. */
  public static DirectoryExport to(final OutputStream stream, final Kind kind) {
    try {
      final JsonGenerator out =
          kind.isJson()
              ? JSON.getFactory().createGenerator(stream)
              : CsvSheet.begin(
                  stream, kind == Kind.PERSONS_CSV ? PERSON_COLUMNS : CONFERENCE_COLUMNS);
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      if (kind.isJson()) {
        out.setCodec(JSON);
        out.writeStartArray();
      }
      return new DirectoryExport(out, kind);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * Writes a conference and its persons.
   *
   * @throws UncheckedIOException when the stream takes no more
   */
  public void write(final Conference conference, final List<Person> persons) {
    try {
      switch (kind) {
        case PERSONS_CSV -> {
          for (final Person person : persons) {
            row(PERSON_COLUMNS, person(conference, person));
          }
        }
        case PERSONS_JSON -> {
          for (final Person person : persons) {
            out.writeTree(tree(conference, person));
          }
        }
        case CONFERENCES_CSV -> {
          for (final Map<String, String> row : rows(conference)) {
            row(CONFERENCE_COLUMNS, row);
          }
        }
        default -> out.writeTree(tree(conference, persons));
      }
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void row(final List<String> columns, final Map<String, String> cells) throws IOException {
    out.writeStartObject();
    for (final String column : columns) {
      out.writeStringField(column, cells.get(column));
    }
    out.writeEndObject();
  }

  private static Map<String, String> person(final Conference conference, final Person person) {
    final Map<String, String> cells = new LinkedHashMap<>();
    cells.put("conferenceUID", conference.uid());
    cells.put("UID", person.uid());
    cells.put("reference", person.reference());
    cells.put("name", person.name());
    cells.put("role", person.role().name());
    cells.put("PIN", person.pin());
    cells.put("callInNumber", conference.did());
    cells.put("ani", person.ani());
    cells.put("email", person.email());
    cells.put("notes", person.notes());
    cells.put("custom1", person.custom1());
    cells.put("custom2", person.custom2());
    cells.put("tags", TagCell.of(person.tags().stream().map(ConferenceTag::value).toList()));
    return cells;
  }

  private static List<Map<String, String>> rows(final Conference conference) {
    final List<Reservation> booked = conference.booking().reservations();
    final List<Reservation> shown = booked.isEmpty() ? List.of(UNBOOKED) : booked;
    return shown.stream()
        .map(
            reservation -> {
              final Map<String, String> cells = conference(conference);
              cells.putAll(reservation(reservation));
              return cells;
            })
        .toList();
  }

  private static Map<String, String> conference(final Conference conference) {
    final Map<String, String> cells = new LinkedHashMap<>();
    cells.put("UID", conference.uid());
    cells.put("reference", conference.booking().reference());
    cells.put("name", conference.name());
    cells.put("callInNumber", conference.did());
    cells.put("cancelled", Boolean.toString(conference.isCancelled()));
    cells.put("contactEmail", conference.booking().page().get(PageText.CONTACT_EMAIL));
    cells.put("greenroom", Boolean.toString(conference.defaults().greenroom()));
    cells.put("recording", Boolean.toString(conference.booking().recording()));
    cells.put("backgroundMusic", Boolean.toString(conference.defaults().backgroundMusic()));
    cells.put("notes", conference.texts().notes());
    return cells;
  }

  private static Map<String, String> reservation(final Reservation reservation) {
    final Map<String, String> cells = new LinkedHashMap<>();
    cells.put("reservationUID", reservation.uid());
    cells.put(
        "startDate",
        reservation.startMs() == Times.NONE
            ? ""
            : Instant.ofEpochMilli(reservation.startMs()).toString());
    cells.put("duration", Integer.toString(reservation.minutes()));
    cells.put("estimatedCallers", Integer.toString(reservation.estimatedCallers()));
    return cells;
  }

  private static ObjectNode tree(final Conference conference, final List<Person> persons) {
    final ObjectNode object = JSON.createObjectNode();
    conference(conference).forEach(object::put);
    object
        .put("cancelled", conference.isCancelled())
        .put("greenroom", conference.defaults().greenroom())
        .put("recording", conference.booking().recording())
        .put("backgroundMusic", conference.defaults().backgroundMusic());
    final ArrayNode reservations = object.putArray("reservation");
    for (final Reservation one : conference.booking().reservations()) {
      final ObjectNode node = reservations.addObject();
      reservation(one).forEach(node::put);
    }
    final ArrayNode tags = object.putArray("tags");
    conference.tags().forEach(tag -> tags.add(tag.value()));
    final ArrayNode people = object.putArray("person");
    persons.forEach(person -> people.add(tree(conference, person)));
    return object;
  }

  private static ObjectNode tree(final Conference conference, final Person person) {
    final ObjectNode object = JSON.createObjectNode();
    person(conference, person).forEach(object::put);
    return object;
  }

  /** Ends the document. */
  @Override
  public void close() {
    try {
      if (kind.isJson()) {
        out.writeEndArray();
      }
      out.close();
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
