package dev.conductor.store;

import java.util.List;

/** Lists in one column, with commas between. */
final class Lists {
  private Lists() {}

  /** The items of a column. */
  static List<String> split(final String column) {
    return column.isEmpty() ? List.of() : List.of(column.split(","));
  }

  /** A column of items that have no commas in them. */
  static String join(final List<?> items) {
    return String.join(",", items.stream().map(Object::toString).toList());
  }
}
