package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long TENTH_NS = 100_000_000L;

  /** A clock about to wrap, as nanoTime may. */
  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 250_000_000L);

  private final RateLimit limit = new RateLimit(10, 5, nowNs::get);

  @Test
  void shouldTakeABurstAndThenTheRate() {
    for (int i = 0; i < 5; i++) {
      assertThat(limit.take("a")).isZero();
    }
    assertThat(limit.take("a")).isEqualTo(TENTH_NS);
    for (int i = 0; i < 20; i++) {
      nowNs.addAndGet(TENTH_NS);
      assertThat(limit.take("a")).as("request %d", i).isZero();
      assertThat(limit.take("a")).isEqualTo(TENTH_NS);
    }
  }

  @Test
  void shouldNotSaveMoreThanABurst() {
    assertThat(limit.take("a")).isZero();
    nowNs.addAndGet(3_600_000_000_000L);
    for (int i = 0; i < 5; i++) {
      assertThat(limit.take("a")).isZero();
    }
    assertThat(limit.take("a")).isPositive();
  }

  @Test
  void shouldCountEachKeyByItself() {
    for (int i = 0; i < 6; i++) {
      limit.take("a");
    }
    assertThat(limit.take("a")).isPositive();
    assertThat(limit.take("b")).isZero();
  }
}
