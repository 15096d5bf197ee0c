package dev.conductor.query;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Several tags in one cell of a sheet: {@code first;second}. A semicolon or a backslash that is
 * part of a tag has a backslash before it. Pure; any thread.
 */
public final class TagCell {
  private static final char SEPARATOR = ';';
  private static final char ESCAPE = '\\';

  private TagCell() {}

  /** The cell of these tags. */
  public static String of(final List<String> tags) {
    return tags.stream()
        .map(tag -> tag.replace("\\", "\\\\").replace(";", "\\;"))
        .collect(Collectors.joining(String.valueOf(SEPARATOR)));
  }

  /** The tags of a cell, each without the space around it; empty and repeated ones left out. */
  public static List<String> tags(final String cell) {
    final List<String> tags = new ArrayList<>();
    final StringBuilder tag = new StringBuilder();
    for (int i = 0; i < cell.length(); i++) {
      final char next = cell.charAt(i);
      if (next == ESCAPE && i + 1 < cell.length() && isSpecial(cell.charAt(i + 1))) {
        i++;
        tag.append(cell.charAt(i));
      } else if (next == SEPARATOR) {
        take(tag, tags);
      } else {
        tag.append(next);
      }
    }
    take(tag, tags);
    return tags;
  }

  private static boolean isSpecial(final char character) {
    return character == SEPARATOR || character == ESCAPE;
  }

  private static void take(final StringBuilder from, final List<String> tags) {
    final String tag = from.toString().strip();
    from.setLength(0);
    if (!tag.isEmpty() && !tags.contains(tag)) {
      tags.add(tag);
    }
  }
}
