package dev.conductor.app;

import dev.conductor.config.DataConfig;
import dev.conductor.http.ExportOrder;
import dev.conductor.store.DirectoryReader;
import dev.conductor.store.OwnerOnly;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code conductor export}: reads the store beside a running server or without. The main thread.
 */
@Command(
    name = "export",
    description = {
      "Write a customer's conferences, persons or records of calls to a file.",
      "It reads the store itself, whether a server runs on it or not, and holds up nobody."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;

  @Option(names = "--customer", required = true, paramLabel = "UID", description = "Whose.")
  private String customer;

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "Calls that began then or later, e.g. 2026-01-31T09:00:00Z (default: all).")
  private String from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "Calls that began before.")
  private String to;

  @Parameters(index = "0", paramLabel = "WHAT", description = "conferences, persons or calls.")
  private String what;

  @Parameters(
      index = "1",
      paramLabel = "FILE",
      description = "A new file that ends in .csv or .json.")
  private Path file;

  @Override
  public Integer call() throws CommandFailed, IOException {
    final ExportOrder order =
        new ExportOrder(
            ExportOrder.What.of(what)
                .orElseThrow(
                    () ->
                        new CommandFailed(
                            CommandFailed.USAGE,
                            "WHAT: " + what + " is none of conferences, persons, calls")),
            isCsv(),
            customer,
            "",
            instantMs("--from", from, 0),
            instantMs("--to", to, Long.MAX_VALUE));
    final DataConfig data = settings.load().data();
    if (Files.exists(file)) {
      throw new CommandFailed(CommandFailed.FAILED, file + " is there already");
    }
    checkCustomer(data);
    try (OutputStream out = new BufferedOutputStream(OwnerOnly.newFile(file))) {
      new Exports(data).write(order, out);
    }
    return 0;
  }

  private void checkCustomer(final DataConfig data) throws CommandFailed {
    try (DirectoryReader reader = DirectoryReader.open(data)) {
      if (!reader.hasCustomer(customer)) {
        throw new CommandFailed(CommandFailed.FAILED, "--customer: no customer " + customer);
      }
    }
  }

  private boolean isCsv() throws CommandFailed {
    final String name = file.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".csv") && !name.endsWith(".json")) {
      throw new CommandFailed(CommandFailed.USAGE, file + " ends neither in .csv nor in .json");
    }
    return name.endsWith(".csv");
  }

  private static long instantMs(final String option, final String text, final long usual)
      throws CommandFailed {
    if (text == null) {
      return usual;
    }
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (final DateTimeException wrong) {
      throw new CommandFailed(CommandFailed.USAGE, option + ": " + text + " is no instant");
    }
  }
}
