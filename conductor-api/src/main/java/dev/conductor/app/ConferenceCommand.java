package dev.conductor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code conductor conference}: a customer's conferences. The main thread. */
@Command(
    name = "conference",
    description = "List and make a customer's conferences on a running server.",
    mixinStandardHelpOptions = true,
    subcommands = {ConferenceCommand.ListAll.class, ConferenceCommand.Add.class})
final class ConferenceCommand {
  private static final String FIELD_SEPARATOR = "\t";

  private ConferenceCommand() {}

  /** {@code conductor conference list}. */
  @Command(
      name = "list",
      description =
          "A line each: UID, status, begin of the reservation that runs or comes next, name; parted"
              + " by tabs.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    private static final List<String> LISTS =
        List.of(
            "getActiveConference",
            "getUpcomingConference",
            "getPossibleConference",
            "getExpiredConference",
            "getCanceledConference");

    @Mixin private CustomerOptions customer;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailed {
      final ServerDoor door = customer.door();
      final List<String> told = new ArrayList<>();
      final PrintWriter out = spec.commandLine().getOut();
      for (final String list : LISTS) {
        for (final JsonNode one :
            door.ask("/_access/" + list, customer.with("dates", "iso")).path("conference")) {
          if (!told.contains(one.path("UID").asText())) {
            told.add(one.path("UID").asText());
            out.println(
                String.join(
                    FIELD_SEPARATOR,
                    one.path("UID").asText(),
                    one.path("status").asText(),
                    one.path("scheduledStartTime").asText("-"),
                    // A line and its fields stay what they are, whatever the name.
                    one.path("name").asText().replaceAll("\\p{Cntrl}", " ")));
          }
        }
      }
      out.flush();
      return 0;
    }
  }

  /** {@code conductor conference add}. */
  @Command(
      name = "add",
      description =
          "Make a conference and print UID and security token, a line each. Without --start it is"
              + " open always.",
      mixinStandardHelpOptions = true)
  static final class Add implements Callable<Integer> {
    @Mixin private CustomerOptions customer;

    @Option(names = "--name", description = "Its name (default: the customer's).")
    private String name = "";

    @Option(
        names = "--start",
        paramLabel = "DATE",
        description =
            "When it begins, e.g. '2026.12.24 18:00:00' in the customer's zone, or ISO 8601 with an"
                + " offset; more than one for more reservations.")
    private List<String> starts = List.of();

    @Option(
        names = "--minutes",
        defaultValue = "60",
        description = "How long each lasts (default: ${DEFAULT-VALUE}).")
    private int minutes;

    @Option(
        names = "--callers",
        defaultValue = "10",
        description = "How many callers are expected (default: ${DEFAULT-VALUE}).")
    private int callers;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailed {
      final Map<String, String> parameters = customer.with("name", name);
      final String estimate = Integer.toString(callers);
      if (starts.isEmpty()) {
        parameters.put("estimatedCallers", estimate);
      } else {
        parameters.put("reservationCount", Integer.toString(starts.size()));
      }
      for (int i = 1; i <= starts.size(); i++) {
        parameters.put("startDate" + i, starts.get(i - 1));
        parameters.put("duration" + i, Integer.toString(minutes));
        parameters.put("estimatedCallers" + i, estimate);
      }
      final String function =
          starts.isEmpty() ? "createConferenceReservationless" : "createConferenceReserved";
      final JsonNode made = customer.door().ask("/_access/" + function, parameters);
      final PrintWriter out = spec.commandLine().getOut();
      out.println("UID " + made.path("UID").asText());
      out.println("securityToken " + made.path("securityToken").asText());
      out.flush();
      return 0;
    }
  }
}
