package dev.conductor.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conductor import}: persons or conferences from a file. The main thread. */
@Command(
    name = "import",
    description = {
      "Put persons from a file into a conference of a running server, or make the conferences of a"
          + " file, as one change.",
      "CSV with a line of column names, or a JSON array. Persons: reference, name, role, PIN, ani,"
          + " email, notes, custom1, custom2, tags (parted by semicolons). Conferences, a row a"
          + " reservation: reference, name, startDate, duration, estimatedCallers, contactEmail,"
          + " greenroom, recording, backgroundMusic, notes. What has a reference that is there"
          + " already is changed. Rows that cannot be had are named by line and left out; the exit"
          + " code is 1 then."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {
  @Mixin private CustomerOptions customer;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Parameters(paramLabel = "FILE", description = "A file that ends in .csv or .json.")
  private Path file;

  @Spec private CommandSpec spec;

  /** What the file holds. */
  private static final class What {
    @Option(
        names = "--conference",
        paramLabel = "UID",
        description = "The file holds persons of this conference.")
    private String conference;

    @Option(names = "--conferences", description = "The file holds conferences.")
    private boolean conferences;
  }

  @Override
  public Integer call() throws CommandFailed {
    final JsonNode done =
        customer
            .door()
            .send(
                what.conferences ? "/_access/importConferences" : "/_access/importPersons",
                what.conferences ? customer.with() : customer.with("conference", what.conference),
                contentType(),
                content());
    spec.commandLine()
        .getOut()
        .println(
            "added "
                + done.path("added").asInt()
                + ", changed "
                + done.path("changed").asInt()
                + ", left out "
                + done.path("problem").size());
    spec.commandLine().getOut().flush();
    for (final JsonNode problem : done.path("problem")) {
      spec.commandLine()
          .getErr()
          .println(
              file + ":" + problem.path("line").asInt() + ": " + problem.path("message").asText());
    }
    return done.path("problem").isEmpty() ? 0 : CommandFailed.FAILED;
  }

  private String contentType() throws CommandFailed {
    final String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return "text/csv";
    }
    if (name.endsWith(".json")) {
      return "application/json";
    }
    throw new CommandFailed(CommandFailed.USAGE, file + " ends neither in .csv nor in .json");
  }

  private byte[] content() throws CommandFailed {
    try {
      return Files.readAllBytes(file);
    } catch (final IOException failed) {
      throw new CommandFailed(CommandFailed.FAILED, "cannot read " + file);
    }
  }
}
