package dev.conductor.app;

import dev.conductor.config.ConfigPrinter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code conductor config}: checks the settings and prints those in effect. The main thread. */
@Command(
    name = "config",
    description = "Check the settings and print those in effect.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ConfigPrinter.render(settings.load()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
