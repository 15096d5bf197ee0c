package dev.conductor.app;

import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigPrinter;
import dev.conductor.config.EntryConfig;
import dev.conductor.model.DialWindow;
import dev.conductor.signaling.api.PhoneNumbers;
import dev.conductor.store.LivePins;
import dev.conductor.store.StoreException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code conductor config}: looks at the settings without starting. The main thread. */
@Command(
    name = "config",
    description = "Look at the settings without starting anything.",
    mixinStandardHelpOptions = true,
    subcommands = {ConfigCommand.Check.class, ConfigCommand.Print.class})
final class ConfigCommand {
  private ConfigCommand() {}

  /** {@code conductor config check}. */
  @Command(
      name = "check",
      description = {
        "Say whether the server would take the settings and the files they name; exit code 1 if not.",
        "Warns of numbers whose PINs can be guessed too well, as far as the store can be read."
      },
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private SettingsOptions settings;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws StartException {
      final ConductorConfig config = settings.load();
      ConductorServer.checkFiles(config);
      spec.commandLine().getOut().println("The settings are good.");
      spec.commandLine().getOut().flush();
      warn(config);
      return 0;
    }

    private void warn(final ConductorConfig config) {
      final EntryConfig.Window window = config.entry().window();
      final GuessingOdds odds =
          new GuessingOdds(
              config.entry().guessing(), new PhoneNumbers(config.sip().numbers().countryCode()));
      final PrintWriter err = spec.commandLine().getErr();
      try {
        odds.warnings(
                LivePins.count(
                    config.data(),
                    new DialWindow(window.windowEarlyMs(), window.windowGraceMs()),
                    System.currentTimeMillis()))
            .forEach(line -> err.println("warning: " + line));
      } catch (final StoreException unread) {
        err.println("The PINs were not looked at: " + unread.getMessage());
      }
      err.flush();
    }
  }

  /** {@code conductor config print}. */
  @Command(
      name = "print",
      description = "Print the settings in effect.",
      mixinStandardHelpOptions = true)
  static final class Print implements Callable<Integer> {
    @Mixin private SettingsOptions settings;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().getOut().print(ConfigPrinter.render(settings.load()));
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
