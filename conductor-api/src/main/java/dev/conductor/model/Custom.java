package dev.conductor.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Key and value pairs, sorted by key as they are shown. Any thread. */
public final class Custom {
  private Custom() {}

  /** No pairs. */
  public static SortedMap<String, String> none() {
    return Collections.emptySortedMap();
  }

  /** These pairs with one key set to a value, or without it when the value is empty. */
  public static SortedMap<String, String> with(
      final SortedMap<String, String> pairs, final String key, final String value) {
    final SortedMap<String, String> changed = new TreeMap<>(pairs);
    if (value.isEmpty()) {
      changed.remove(key);
    } else {
      changed.put(key, value);
    }
    return changed;
  }

  static SortedMap<String, String> copy(final SortedMap<String, String> pairs) {
    return pairs.isEmpty() ? none() : Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }
}
