package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Reports are five seconds apart on average, and no two lines keep in step. */
class RtcpScheduleTest {
  private static final long MS = 1_000_000;
  private static final int SCHEDULES = 2_000;

  private final SplittableRandom random = new SplittableRandom(3_550);
  private final LongSummaryStatistics firstMs = new LongSummaryStatistics();
  private final LongSummaryStatistics laterMs = new LongSummaryStatistics();

  /** Polls each millisecond, over the moment in which the clock wraps. */
  private void watch() {
    final RtcpSchedule schedule = new RtcpSchedule(random.split());
    final long beganNs = Long.MAX_VALUE - 2_000 * MS;
    long lastMs = 0;
    for (long ms = 0; ms < 12_000; ms++) {
      final boolean due = schedule.isDue(beganNs + ms * MS);
      assertThat(schedule.poll(beganNs + ms * MS)).isEqualTo(due);
      if (due) {
        (lastMs == 0 ? firstMs : laterMs).accept(ms - lastMs);
        if (lastMs > 0) {
          return;
        }
        lastMs = ms;
      }
    }
  }

  @Test
  void shouldSpreadReportsOverAsMuchAsTheirPeriod() {
    for (int i = 0; i < SCHEDULES; i++) {
      watch();
    }
    assertThat(firstMs.getCount()).isEqualTo(SCHEDULES);
    assertThat(firstMs.getMin()).isBetween(1_250L, 1_300L);
    assertThat(firstMs.getMax()).isBetween(3_700L, 3_751L);
    assertThat(firstMs.getAverage()).isCloseTo(2_500, Offset.offset(60.0));
    assertThat(laterMs.getCount()).isEqualTo(SCHEDULES);
    assertThat(laterMs.getMin()).isBetween(2_500L, 2_600L);
    assertThat(laterMs.getMax()).isBetween(7_400L, 7_501L);
    assertThat(laterMs.getAverage()).isCloseTo(5_000, Offset.offset(120.0));
  }
}
