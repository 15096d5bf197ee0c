package dev.conductor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineStatistics;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class LineScoresTest {
  private static List<LineStatistics> lines(final double... scores) {
    return DoubleStream.of(scores)
        .mapToObj(mos -> new LineStatistics(1, 0, 0, 1, 20, 50, 0, 1, -30, mos))
        .toList();
  }

  @Test
  void shouldCountLinesByTheCategoriesOfG109() {
    assertThat(
            LineScores.count(
                lines(4.41, 4.34, 4.33, 4.03, 4.02, 3.6, 3.59, 3.1, 3.09, 1, Double.NaN)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("best", 2, "high", 2, "medium", 2, "low", 2, "poor", 2, "unheard", 1));
  }

  @Test
  void shouldNameEveryCategoryWithoutALineToo() {
    assertThat(LineScores.count(List.of()).keySet())
        .containsExactly("best", "high", "medium", "low", "poor", "unheard");
    assertThat(LineScores.count(List.of()).values()).containsOnly(0);
  }
}
