package dev.conductor.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program's entry: {@code conductor <command>}. Exit codes: 0 done, 1 failed, 2 usage, 3 no
 * server to connect to.
 */
@Command(
    name = "conductor",
    description = "A telephony conference engine.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ServeCommand.class,
      DemoCallersCommand.class,
      ConfigCommand.class,
      CustomerCommand.class,
      ConferenceCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      BackupCommand.class
    })
public final class Main {

  private Main() {}

  /** Runs the command named by the arguments, then ends the process with its exit code. */
  public static void main(final String... arguments) {
    System.exit(run(arguments));
  }

  /** The same without ending the process; the exit code is returned. */
  static int run(final String... arguments) {
    return commandLine().execute(arguments);
  }

  /** The commands, for who looks at what they print. */
  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(new OneLineErrors());
  }
}
