package dev.conductor.media.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickHistogramTest {
  private static final List<Long> BOUNDS_NS = List.of(5_000_000L, 8_000_000L, Long.MAX_VALUE);

  private final TickHistogram one = new TickHistogram();
  private final TickHistogram other = new TickHistogram();

  @Test
  void shouldCountTheTicksOfAllAgentsByHowLateTheyBegan() {
    recordMs(one, -3);
    recordMs(one, 0);
    recordMs(one, 6);
    recordMs(other, 6);
    recordMs(other, 7);
    recordMs(other, 300);
    recordMs(other, TimeUnit.HOURS.toMillis(1));

    final TickHistogram both = TickHistogram.together(List.of(one, other));
    assertThat(both.counts(BOUNDS_NS)).containsExactly(2L, 3L, 2L);
    final double sumMs = both.sumNs() / 1e6;
    assertThat(sumMs).isCloseTo(6 + 6 + 7 + 300 + 60_000, within(1_000.0));
  }

  @Test
  void shouldCountNothingBeforeTheFirstTick() {
    final TickHistogram both = TickHistogram.together(List.of(one, other));
    assertThat(both.counts(BOUNDS_NS)).containsExactly(0L, 0L, 0L);
    assertThat(both.sumNs()).isZero();
  }

  private static void recordMs(final TickHistogram histogram, final long latenessMs) {
    histogram.record(TimeUnit.MILLISECONDS.toNanos(latenessMs));
  }
}
