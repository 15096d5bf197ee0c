package dev.conductor.app;

import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which every command finds its settings. The main thread. */
final class SettingsOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings that differ from the defaults; every key is in conductor.yaml.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, e.g. --set sip.port=5070; outranks file and environment.")
  private Map<String, String> flags = new LinkedHashMap<>();

  /** The settings in effect. */
  ConductorConfig load() {
    return ConfigLoader.load(Optional.ofNullable(file), System.getenv(), flags);
  }
}
