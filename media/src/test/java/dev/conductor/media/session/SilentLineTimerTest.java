package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilentLineTimerTest {
  private static final long MS = 1_000_000;

  private final SilentLineTimer timer = new SilentLineTimer(30_000);

  @Test
  void shouldBeDueOnceAtEachWholeProbeTime() {
    timer.expect(true, 0);
    assertThat(timer.dueMs(30_000 * MS - 1)).isZero();
    assertThat(timer.dueMs(30_000 * MS)).isEqualTo(30_000);
    assertThat(timer.dueMs(30_001 * MS)).isZero();
    assertThat(timer.dueMs(60_000 * MS)).isEqualTo(60_000);
    assertThat(timer.dueMs(125_000 * MS)).isEqualTo(120_000);
    assertThat(timer.dueMs(149_999 * MS)).isZero();
    assertThat(timer.dueMs(150_000 * MS)).isEqualTo(150_000);
  }

  @Test
  void shouldBeginAnewWithEveryPacket() {
    timer.expect(true, 0);
    timer.onPacket(20_000 * MS);
    assertThat(timer.dueMs(49_999 * MS)).isZero();
    assertThat(timer.dueMs(50_000 * MS)).isEqualTo(30_000);
    timer.onPacket(51_000 * MS);
    assertThat(timer.dueMs(81_000 * MS)).isEqualTo(30_000);
  }

  @Test
  void shouldNeverBeDueWhileTheLineMayNotSend() {
    timer.expect(false, 0);
    assertThat(timer.dueMs(90_000 * MS)).isZero();
    timer.expect(true, 100_000 * MS);
    assertThat(timer.dueMs(100_001 * MS)).isZero();
    assertThat(timer.dueMs(130_000 * MS)).isEqualTo(30_000);
  }
}
