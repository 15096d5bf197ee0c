package dev.conductor.config;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys there are, read off the records: {@code SipConfig.maxDialogs} in section {@code sip} is
 * {@code sip.max-dialogs}. A record within a section only groups keys: they stand in the section as
 * the others do. Any thread; immutable.
 */
final class ConfigKeys {
  /** Begins every environment variable that sets a key. */
  static final String ENVIRONMENT_PREFIX = "CONDUCTOR_";

  private final Map<String, RecordComponent> components = new LinkedHashMap<>();
  private final Map<String, String> byEnvironment = new LinkedHashMap<>();
  private final Map<String, RecordComponent> sections = new LinkedHashMap<>();

  ConfigKeys() {
    for (final RecordComponent section : ConductorConfig.class.getRecordComponents()) {
      sections.put(kebab(section.getName()), section);
      add(section, section.getType());
    }
  }

  private void add(final RecordComponent section, final Class<?> type) {
    for (final RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        add(section, component.getType());
      } else {
        final String key = key(section, component);
        components.put(key, component);
        byEnvironment.put(environmentName(key), key);
      }
    }
  }

  /** Every key, in the order of the records. */
  Set<String> all() {
    return Collections.unmodifiableSet(components.keySet());
  }

  boolean contains(final String key) {
    return components.containsKey(key);
  }

  boolean isSection(final String key) {
    return sections.containsKey(key);
  }

  /** Whether the items of this key's list have keys of their own. */
  boolean isRecordList(final String key) {
    return contains(key) && RecordList.typeOf(components.get(key)) != null;
  }

  /** The key that an environment variable sets, if it sets one. */
  Optional<String> ofEnvironment(final String variable) {
    return Optional.ofNullable(byEnvironment.get(variable));
  }

  /** {@code sip.port} is {@code CONDUCTOR_SIP_PORT}. */
  static String environmentName(final String key) {
    return ENVIRONMENT_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  static String key(final RecordComponent section, final RecordComponent component) {
    return kebab(section.getName()) + "." + kebab(component.getName());
  }

  /** What to say of a name that is no key: {@code sip.prot: no such key (did you mean ...?)}. */
  String unknown(final String name) {
    if (isSection(name)) {
      return name + ": a section, not a key; its keys stand below it";
    }
    return name + ": no such key" + hint(name, components.keySet());
  }

  /** The same of an environment variable. */
  String unknownVariable(final String name) {
    return name + ": no such key" + hint(name, byEnvironment.keySet());
  }

  private static String hint(final String name, final Set<String> names) {
    String nearest = "";
    int least = Math.max(2, name.length() / 3) + 1;
    for (final String candidate : names) {
      final int steps = distance(name, candidate);
      if (steps < least) {
        least = steps;
        nearest = candidate;
      }
    }
    return nearest.isEmpty() ? "" : " (did you mean " + nearest + "?)";
  }

  /** Levenshtein's distance, and a swap of neighbours counts one. */
  private static int distance(final String a, final String b) {
    final int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        final int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        steps[i][j] =
            Math.min(steps[i - 1][j - 1] + change, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[a.length()][b.length()];
  }

  static String kebab(final String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
