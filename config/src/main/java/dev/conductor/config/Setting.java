package dev.conductor.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one source says of one key, not yet read as a type. Any thread; immutable.
 *
 * @param items the one text of a plain value, or the items of a list
 * @param isList whether it was written as a list
 * @param records the items of a list whose items have keys, each by its key
 * @param source where it was written, for messages: a file and line, the environment, a flag
 */
record Setting(
    List<String> items, boolean isList, List<Map<String, Setting>> records, String source) {

  static Setting plain(final String text, final String source) {
    return new Setting(List.of(text), false, List.of(), source);
  }

  static Setting list(final List<String> items, final String source) {
    return new Setting(List.copyOf(items), true, List.of(), source);
  }

  static Setting records(final List<Map<String, Setting>> records, final String source) {
    return new Setting(List.of(), true, List.copyOf(records), source);
  }

  /** The same, said by somebody else. */
  Setting from(final String other) {
    return new Setting(items, isList, records, other);
  }

  /** The text of a plain value. */
  String text() {
    return items.get(0);
  }

  /** The items of a list; a plain value is split at its commas, an empty one has none. */
  List<String> split() {
    if (isList) {
      return items;
    }
    return Arrays.stream(text().split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
