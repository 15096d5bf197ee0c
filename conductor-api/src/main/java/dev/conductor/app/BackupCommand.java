package dev.conductor.app;

import dev.conductor.store.StoreBackup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conductor backup}: copies the embedded store, its server up or not. The main thread. */
@Command(
    name = "backup",
    description = {
      "Copy the embedded store into a new file, whether a server runs on it or not.",
      "A store in PostgreSQL is backed up with pg_dump."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Mixin private SettingsOptions settings;

  @Parameters(paramLabel = "FILE", description = "The file to be made.")
  private Path file;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    StoreBackup.write(settings.load().data(), file);
    spec.commandLine().getOut().println("The store is in " + file);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
