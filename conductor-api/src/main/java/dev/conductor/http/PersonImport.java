package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.command.PutResult;
import dev.conductor.http.SheetReader.Fault;
import java.util.List;

/** Persons of a conference. Any thread; immutable. */
final class PersonImport implements ImportKind {
  private static final String CONFERENCE = "conference";

  /** What the reference page says of it. */
  static final FileFunction DOCUMENTED =
      FileFunction.taking(
          ImportHandler.PATHS + "Persons",
          List.of(Param.required(CONFERENCE, ParamType.UID).about("UID of the conference.")),
          FunctionDoc.ours(
                  "Puts the persons of a file into a conference, as one change: CSV with a line of"
                      + " column names, or a JSON array of objects. Columns: "
                      + String.join(", ", PersonSheet.COLUMNS)
                      + ". Who has a reference that is there already is changed. Tags that the"
                      + " conference does not have are made. Rows that cannot be had are named by"
                      + " line and left out; at most 10,000 persons.",
                  "conference={booked}",
                  "@$PEOPLE")
              .answering("ImportResult"),
          List.of("text/csv", "application/json"));

  @Override
  public FileFunction documented() {
    return DOCUMENTED;
  }

  @Override
  public Plan plan(
      final AccountScope scope, final Parameters parameters, final boolean csv, final String text) {
    final String uid = scope.require(parameters, CONFERENCE).conference().uid();
    return new Persons(uid, PersonSheet.of(csv, text));
  }

  private record Persons(String conferenceUid, PersonSheet sheet) implements Plan {
    @Override
    public List<Fault> faults() {
      return sheet.faults();
    }

    @Override
    public boolean isEmpty() {
      return sheet.rows().isEmpty();
    }

    @Override
    public Command command(final Origin origin) {
      return new Command.PutPersons(
          origin, conferenceUid, sheet.rows().stream().map(PersonSheet.Row::person).toList());
    }

    @Override
    public Told told(final Object value) {
      return value instanceof PutResult done
          ? new Told(
              done.added(),
              done.changed(),
              done.problems().stream()
                  .map(one -> new Fault(sheet.rows().get(one.index()).line(), one.message()))
                  .toList())
          : null;
    }
  }
}
