package dev.conductor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BucketCountsTest {
  private static final String BEFORE =
      """
      # TYPE late_seconds histogram
      late_seconds_bucket{le="0.001"} 900
      late_seconds_bucket{le="0.002"} 900
      late_seconds_bucket{le="0.1"} 1000
      late_seconds_bucket{le="+Inf"} 1000
      late_seconds_count 1000
      """;
  private static final String AFTER =
      """
      late_seconds_bucket{le="0.001"} 980
      late_seconds_bucket{le="0.002"} 998
      late_seconds_bucket{le="0.1"} 1098
      late_seconds_bucket{le="+Inf"} 1100
      late_seconds_count 1100
      """;

  @Test
  void shouldTellPercentilesOfWhatWasCountedBetweenTwoPages() {
    final BucketCounts counts = BucketCounts.moved(page(BEFORE), page(AFTER), "late_seconds");

    assertThat(counts.percentileNs(40)).isEqualTo(500_000);
    assertThat(counts.percentileNs(80)).isEqualTo(1_000_000);
    assertThat(counts.percentileNs(89)).isEqualTo(1_500_000);
    assertThat(counts.percentileNs(100)).isEqualTo(100_000_000);
  }

  @Test
  void shouldTellNothingOfNothing() {
    final BucketCounts counts = BucketCounts.moved(page(AFTER), page(AFTER), "late_seconds");

    assertThat(counts.percentileNs(99)).isZero();
    assertThat(BucketCounts.moved(Map.of(), Map.of(), "late_seconds").percentileNs(50)).isZero();
  }

  private static Map<String, Double> page(final String text) {
    return ServerPage.figures(text);
  }
}
