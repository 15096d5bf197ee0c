package dev.conductor.metrics;

import dev.conductor.media.api.LineStatistics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Counts lines by what listeners would say of the voice that comes, in the categories of ITU-T
 * G.109, table 1. Any thread.
 */
public final class LineScores {
  private LineScores() {}

  /** Lines in each category, the best first; all categories are there. */
  public static Map<String, Integer> count(final Collection<LineStatistics> lines) {
    final Map<String, Integer> counts = new LinkedHashMap<>();
    for (final Category category : Category.values()) {
      counts.put(category.label(), 0);
    }
    lines.forEach(line -> counts.merge(Category.of(line.mos()).label(), 1, Integer::sum));
    return counts;
  }

  /** A category, by the least score of a line in it (ITU-T G.107, table B.1). */
  private enum Category {
    BEST(4.34),
    HIGH(4.03),
    MEDIUM(3.60),
    LOW(3.10),
    /** Of G.109, and all below. */
    POOR(1),
    /** Nothing was heard on it yet. */
    UNHEARD(Double.NaN);

    private final double leastMos;

    Category(final double leastMos) {
      this.leastMos = leastMos;
    }

    static Category of(final double mos) {
      for (final Category category : values()) {
        if (mos >= category.leastMos) {
          return category;
        }
      }
      return UNHEARD;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
