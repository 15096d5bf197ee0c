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

  static SortedMap<String, String> copy(final SortedMap<String, String> pairs) {
    return pairs.isEmpty() ? none() : Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
  }
}
