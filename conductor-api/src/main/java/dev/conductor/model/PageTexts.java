package dev.conductor.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The texts that are there. Immutable.
 *
 * @param byKind without empty ones
 */
public record PageTexts(Map<PageText, String> byKind) {
  /** No text. */
  public static final PageTexts NONE = new PageTexts(Map.of());

  /** Copies the map. */
  public PageTexts {
    final Map<PageText, String> copy = new EnumMap<>(PageText.class);
    copy.putAll(byKind);
    copy.values().removeIf(String::isEmpty);
    byKind = Collections.unmodifiableMap(copy);
  }

  /** The text, empty when it is not there. */
  public String get(final PageText kind) {
    return byKind.getOrDefault(kind, "");
  }

  /** The same with another text; an empty one is taken out. */
  public PageTexts with(final PageText kind, final String text) {
    final Map<PageText, String> changed = new EnumMap<>(PageText.class);
    changed.putAll(byKind);
    changed.put(kind, text);
    return new PageTexts(changed);
  }
}
