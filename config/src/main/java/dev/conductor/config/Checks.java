package dev.conductor.config;

import java.util.List;

/** The checks that the records share; each failure names the key. Any thread. */
final class Checks {
  private Checks() {}

  static void inRange(final String key, final long value, final long least, final long most) {
    if (value < least || value > most) {
      throw new ConfigException(key + "=" + value + " is not in " + least + ".." + most);
    }
  }

  static void notBlank(final String key, final String value) {
    if (value == null || value.isBlank()) {
      throw new ConfigException(key + " must not be empty");
    }
  }

  static void oneOf(final String key, final String value, final List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new ConfigException(key + "=" + value + " is not one of " + allowed);
    }
  }
}
