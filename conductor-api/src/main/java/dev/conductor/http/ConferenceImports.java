package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.ConferencesPut;
import dev.conductor.command.Origin;
import dev.conductor.http.SheetReader.Fault;
import dev.conductor.query.AccountRenderer;
import java.util.List;

/** Conferences of a customer. Any thread; immutable. */
final class ConferenceImports implements ImportKind {
  /** What the reference page says of it. */
  static final FileFunction DOCUMENTED =
      FileFunction.taking(
          ImportHandler.PATHS + "Conferences",
          List.of(),
          FunctionDoc.ours(
                  "Makes the conferences of a file, as one change: CSV with a line of column names"
                      + " and a row a reservation, or a JSON array of objects, each with a list"
                      + " reservation. Columns: "
                      + String.join(", ", ConferenceSheet.COLUMNS)
                      + ". Rows of one reference are one conference; one that is there already is"
                      + " changed in what the file says, its other reservations stay. A row"
                      + " without startDate is of a conference that is open always. Rows that"
                      + " cannot be had are named by line and left out; at most "
                      + Command.PutConferences.MAX_CONFERENCES
                      + " rows.",
                  "@$ROOMS")
              .answering("ImportResult"),
          List.of("text/csv", "application/json"));

  private final AccountLimits limits;

  ConferenceImports(final AccountLimits limits) {
    this.limits = limits;
  }

  @Override
  public FileFunction documented() {
    return DOCUMENTED;
  }

  @Override
  public Plan plan(
      final AccountScope scope, final Parameters parameters, final boolean csv, final String text) {
    return new Conferences(
        scope.customer().uid(),
        ConferenceSheet.of(csv, text, AccountRenderer.zone(scope.customer()), limits.maxCallers()));
  }

  private record Conferences(String customerUid, ConferenceSheet sheet) implements Plan {
    @Override
    public List<Fault> faults() {
      return sheet.faults();
    }

    @Override
    public boolean isEmpty() {
      return sheet.conferences().isEmpty();
    }

    @Override
    public Command command(final Origin origin) {
      return new Command.PutConferences(origin, customerUid, sheet.conferences());
    }

    @Override
    public Told told(final Object value) {
      return value instanceof ConferencesPut done
          ? new Told(
              done.added(),
              done.changed(),
              done.problems().stream().map(one -> new Fault(one.line(), one.message())).toList())
          : null;
    }
  }
}
