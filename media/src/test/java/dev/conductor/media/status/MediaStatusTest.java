package dev.conductor.media.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaStatusTest {
  @Test
  void shouldCountEachOutcomeApart() {
    final MediaCounters counters = new MediaCounters();
    counters.increment(MediaCounter.RTP_RECEIVED);
    counters.add(MediaCounter.RTP_RECEIVED, 4);
    counters.increment(MediaCounter.TICKS);
    assertThat(counters.get(MediaCounter.RTP_RECEIVED)).isEqualTo(5);
    assertThat(counters.get(MediaCounter.TICKS)).isEqualTo(1);
    assertThat(counters.get(MediaCounter.RTP_SENT)).isZero();
  }

  @Test
  void shouldNameEveryCounterOnceWithItsPart() {
    final List<String> labels =
        Arrays.stream(MediaCounter.values()).map(MediaCounter::label).toList();
    assertThat(new HashSet<>(labels)).hasSameSizeAs(labels);
    assertThat(labels).allMatch(label -> label.matches("[a-z]+\\.[a-z0-9-]+"));
  }

  @Test
  void shouldShowTheWriterSCountsToAnotherThreadInOrder() throws InterruptedException {
    final MediaCounters counters = new MediaCounters();
    final int rounds = 200_000;
    final Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < rounds; i++) {
                counters.increment(MediaCounter.RTP_RECEIVED);
                counters.increment(MediaCounter.RTP_SENT);
              }
            });
    writer.start();
    long sent;
    do {
      sent = counters.get(MediaCounter.RTP_SENT);
      // What was counted before a count that we saw is seen too.
      assertThat(counters.get(MediaCounter.RTP_RECEIVED)).isGreaterThanOrEqualTo(sent);
    } while (sent < rounds && writer.isAlive());
    writer.join();
    assertThat(counters.get(MediaCounter.RTP_SENT)).isEqualTo(rounds);
  }

  @Test
  void shouldTellTheLatenessOfMostTicks() {
    final TickHistogram histogram = new TickHistogram();
    assertThat(histogram.valueAtPercentileNs(99)).isZero();
    for (int i = 0; i < 99; i++) {
      histogram.record(1_000_000);
    }
    histogram.record(50_000_000);
    assertThat(histogram.count()).isEqualTo(100);
    assertThat(histogram.valueAtPercentileNs(50)).isBetween(990_000L, 1_010_000L);
    assertThat(histogram.valueAtPercentileNs(99)).isBetween(990_000L, 1_010_000L);
    assertThat(histogram.valueAtPercentileNs(100)).isBetween(49_500_000L, 50_500_000L);
  }

  @Test
  void shouldKeepWhatIsOffTheScaleAtItsEnds() {
    final TickHistogram histogram = new TickHistogram();
    histogram.record(-5);
    assertThat(histogram.valueAtPercentileNs(100)).isZero();
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.valueAtPercentileNs(100)).isBetween(59_000_000_000L, 61_000_000_000L);
  }

  @Test
  void shouldJoinTheTicksOfAllAgents() {
    final TickHistogram calm = new TickHistogram();
    final TickHistogram busy = new TickHistogram();
    for (int i = 0; i < 90; i++) {
      calm.record(1_000);
    }
    for (int i = 0; i < 10; i++) {
      busy.record(9_000_000);
    }
    final TickHistogram both = TickHistogram.together(List.of(calm, busy));
    assertThat(both.valueAtPercentileNs(90)).isBetween(990L, 1_010L);
    assertThat(both.valueAtPercentileNs(91)).isBetween(8_900_000L, 9_100_000L);
    assertThat(TickHistogram.together(List.of()).valueAtPercentileNs(50)).isZero();
  }
}
