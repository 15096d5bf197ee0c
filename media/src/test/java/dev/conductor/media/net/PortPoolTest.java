package dev.conductor.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortPoolTest {
  private static final long QUARANTINE_NS = 5_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "10000, 10001, 1",
    "10000, 10002, 1",
    "10001, 10003, 1",
    "10001, 10004, 1",
    "10000, 10009, 5",
    "10000, 19999, 5000",
    "65534, 65535, 1"
  })
  void shouldHoldTheEvenPortsThatHaveTheirOddOne(
      final int first, final int last, final int expected) {
    final PortPool pool = new PortPool(first, last, 0);
    for (int i = 0; i < expected; i++) {
      assertThat(pool.take(0)).isEven().isBetween(first, last - 1);
    }
    assertThat(pool.take(0)).isEqualTo(PortPool.NONE);
    assertThat(pool.free()).isZero();
  }

  @Test
  void shouldRefuseARangeWithoutAPair() {
    assertThatThrownBy(() -> new PortPool(10_001, 10_002, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10001..10002");
  }

  @Test
  void shouldKeepAPortInQuarantineAfterUse() {
    final PortPool pool = new PortPool(10_000, 10_001, QUARANTINE_NS);
    final int port = pool.take(-7);
    pool.giveBack(port, -5);
    assertThat(pool.take(-5)).isEqualTo(PortPool.NONE);
    assertThat(pool.take(QUARANTINE_NS - 6)).isEqualTo(PortPool.NONE);
    assertThat(pool.free()).isEqualTo(1);
    assertThat(pool.take(QUARANTINE_NS - 5)).isEqualTo(port);
  }

  @Test
  void shouldMeasureTheQuarantineAcrossTheClocksWrap() {
    final PortPool pool = new PortPool(10_000, 10_001, QUARANTINE_NS);
    final int port = pool.take(Long.MAX_VALUE - 1);
    pool.giveBack(port, Long.MAX_VALUE - 1);
    assertThat(pool.take(Long.MAX_VALUE)).isEqualTo(PortPool.NONE);
    assertThat(pool.take(Long.MAX_VALUE - 1 + QUARANTINE_NS)).isEqualTo(port);
  }

  @Test
  void shouldRefuseAPortThatWasNotTaken() {
    final PortPool pool = new PortPool(10_000, 10_003, 0);
    final int port = pool.take(0);
    pool.giveBack(port, 0);
    assertThatThrownBy(() -> pool.giveBack(port, 0)).hasMessageContaining("not taken");
    assertThatThrownBy(() -> pool.giveBack(10_002, 0)).hasMessageContaining("not taken");
  }

  @RepeatedTest(50)
  void shouldUseAPortAgainAsLateAsPossible(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final int pairs = 1 + random.nextInt(20);
    final PortPool pool = new PortPool(20_000, 20_000 + 2 * pairs - 1, 100);
    final ArrayDeque<Integer> inUse = new ArrayDeque<>();
    final Map<Integer, Long> freedAt = new HashMap<>();
    long nowNs = 0;
    for (int i = 0; i < 500; i++) {
      nowNs += random.nextInt(50);
      if (random.nextBoolean() && !inUse.isEmpty()) {
        final int port = inUse.remove();
        pool.giveBack(port, nowNs);
        freedAt.put(port, nowNs);
        continue;
      }
      final int port = pool.take(nowNs);
      if (port == PortPool.NONE) {
        final long soonestNs = freedAt.values().stream().min(Long::compare).orElse(nowNs);
        assertThat(inUse.size() == pairs || nowNs - soonestNs < 100).isTrue();
        continue;
      }
      assertThat(inUse).doesNotContain(port);
      final Long freed = freedAt.remove(port);
      if (freed != null) {
        assertThat(nowNs - freed).isGreaterThanOrEqualTo(100);
        assertThat(freedAt.values()).allMatch(other -> other >= freed);
      }
      inUse.add(port);
    }
  }
}
