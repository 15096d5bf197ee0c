package dev.conductor.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads what was written as the types of the records. Any thread; stateless. */
final class ConfigValues {
  private ConfigValues() {}

  /**
   * One value.
   *
   * @throws ConfigException when it is none of that type; names the key
   */
  static Object value(final String key, final Setting setting, final Class<?> type) {
    if (type == List.class) {
      return setting.split();
    }
    if (setting.isList()) {
      throw new ConfigException(key, "=" + setting.items() + " must be one value, not a list");
    }
    if (type == int.class) {
      return number(key, setting.text());
    }
    if (type == boolean.class) {
      return truth(key, setting.text());
    }
    if (type == Path.class) {
      return path(key, setting.text());
    }
    return type == Secret.class ? new Secret(setting.text()) : setting.text();
  }

  private static int number(final String key, final String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (final NumberFormatException notANumber) {
      final boolean isLarge = text.strip().matches("[+-]?\\d+");
      throw new ConfigException(
          key, "=" + text + (isLarge ? " is too large a number" : " is not a whole number"));
    }
  }

  private static boolean truth(final String key, final String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new ConfigException(key, "=" + text + " is neither true nor false");
    };
  }

  private static Path path(final String key, final String text) {
    try {
      return Path.of(text);
    } catch (final InvalidPathException notAPath) {
      throw new ConfigException(key, "=" + text + " is not a path");
    }
  }

  /**
   * A record of these values.
   *
   * @throws ConfigException what the record itself says of them
   */
  static <T> T construct(final Class<T> type, final Object[] values) {
    final Class<?>[] types =
        Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (final InvocationTargetException refused) {
      if (refused.getCause() instanceof ConfigException wrong) {
        throw wrong;
      }
      throw new IllegalStateException(type + " cannot be built", refused);
    } catch (final ReflectiveOperationException impossible) {
      throw new IllegalStateException(type + " cannot be built", impossible);
    }
  }
}
