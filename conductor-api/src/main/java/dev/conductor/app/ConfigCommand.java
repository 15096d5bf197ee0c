package dev.conductor.app;

import dev.conductor.config.ConfigPrinter;
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
      description = "Say whether the server would take the settings; exit code 1 if not.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Mixin private SettingsOptions settings;
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      settings.load();
      spec.commandLine().getOut().println("The settings are good.");
      spec.commandLine().getOut().flush();
      return 0;
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
