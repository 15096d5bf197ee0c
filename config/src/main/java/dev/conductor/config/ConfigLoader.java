package dev.conductor.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes {@link ConductorConfig} of four sources, the later outranking the earlier: the reference
 * file {@code conductor.yaml} that is packed with the program and holds every key, a file of the
 * user's, environment variables ({@code sip.port} is {@code CONDUCTOR_SIP_PORT}, lists
 * comma-separated), and flags ({@code --set sip.port=5070}).
 *
 * <p>A key that is none, or a value that cannot be, in any source, is refused; all of them at once,
 * one a line, each naming itself and its source. The caller's thread, once at start.
 */
public final class ConfigLoader {
  private static final String REFERENCE = "conductor.yaml";

  private final ConfigKeys keys = new ConfigKeys();
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * The settings in effect.
   *
   * @param file the user's file, if there is one; it need not hold every key
   * @param environment the variables of the process; those that begin with {@code CONDUCTOR_} are
   *     settings, the rest is none of our business
   * @param flags dotted keys and their values
   * @return the settings, every value checked
   * @throws ConfigException when a file cannot be read, or keys or values are wrong: one line each
   */
  public static ConductorConfig load(
      final Optional<Path> file,
      final Map<String, String> environment,
      final Map<String, String> flags) {
    final ConfigLoader loader = new ConfigLoader();
    loader.addReference();
    file.ifPresent(loader::addFile);
    loader.addEnvironment(environment);
    flags.forEach((key, text) -> loader.add(key, Setting.plain(text, "flag --set " + key)));
    return loader.build();
  }

  /** The settings of the reference file alone. */
  public static ConductorConfig defaults() {
    return load(Optional.empty(), Map.of(), Map.of());
  }

  private void addReference() {
    try (InputStream input = ConfigLoader.class.getResourceAsStream(REFERENCE)) {
      if (input == null) {
        throw new IllegalStateException("no " + REFERENCE + " on the class path");
      }
      YamlSettings.read(keys, "default", input)
          .forEach((key, setting) -> add(key, setting.from("default")));
    } catch (final IOException unreadable) {
      throw new IllegalStateException(REFERENCE + " cannot be read", unreadable);
    }
  }

  private void addFile(final Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ConfigException(file + ": no such file");
    }
    try (InputStream input = Files.newInputStream(file)) {
      YamlSettings.read(keys, file.getFileName().toString(), input).forEach(this::add);
    } catch (final IOException unreadable) {
      throw new ConfigException(file + ": cannot be read: " + unreadable.getMessage());
    }
  }

  private void addEnvironment(final Map<String, String> environment) {
    new TreeMap<>(environment)
        .forEach(
            (variable, text) -> {
              if (variable.startsWith(ConfigKeys.ENVIRONMENT_PREFIX)) {
                final Setting setting = Setting.plain(text, "environment " + variable);
                keys.ofEnvironment(variable)
                    .ifPresentOrElse(
                        key -> add(key, setting),
                        () -> problems.add(keys.unknownVariable(variable) + " (environment)"));
              }
            });
  }

  private void add(final String key, final Setting setting) {
    if (keys.contains(key)) {
      settings.put(key, setting);
    } else {
      problems.add(keys.unknown(key) + " (" + setting.source() + ")");
    }
  }

  private ConductorConfig build() {
    final RecordComponent[] sections = ConductorConfig.class.getRecordComponents();
    final Object[] values = new Object[sections.length];
    for (int i = 0; i < sections.length; i++) {
      values[i] = group(sections[i], sections[i].getType());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(String.join(System.lineSeparator(), problems));
    }
    return ConfigValues.construct(ConductorConfig.class, values);
  }

  /** The record of a section or of a group of its keys, or null with its problems noted. */
  private Object group(final RecordComponent section, final Class<?> type) {
    final RecordComponent[] components = type.getRecordComponents();
    final Object[] values = new Object[components.length];
    final int problemsBefore = problems.size();
    for (int i = 0; i < components.length; i++) {
      if (components[i].getType().isRecord()) {
        values[i] = group(section, components[i].getType());
        continue;
      }
      final String key = ConfigKeys.key(section, components[i]);
      try {
        values[i] = value(key, components[i]);
      } catch (final ConfigException wrong) {
        note(wrong);
      }
    }
    try {
      return problems.size() > problemsBefore ? null : ConfigValues.construct(type, values);
    } catch (final ConfigException wrong) {
      note(wrong);
      return null;
    }
  }

  private void note(final ConfigException wrong) {
    problems.add(wrong.getMessage() + " (" + settings.get(wrong.key()).source() + ")");
  }

  private Object value(final String key, final RecordComponent component) {
    final Setting setting = settings.get(key);
    if (setting == null) {
      throw new IllegalStateException(REFERENCE + " has no " + key);
    }
    final Class<?> records = RecordList.typeOf(component);
    return records == null
        ? ConfigValues.value(key, setting, component.getType())
        : RecordList.read(key, records, setting, problems);
  }
}
