package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What waits to be sent, without a thread that sends it. */
final class SenderPoolTest {
  private static final int MAX_DIALOGS = 5_000;

  private final SipCounters counters = new SipCounters();
  private final SenderPool pool = new SenderPool(counters, MAX_DIALOGS);

  @Test
  void shouldTakeTheEndOfEveryDialogWhenFullOfOtherWork() {
    int taken = 0;
    while (pool.offer(0, false, () -> {})) {
      taken++;
    }
    assertThat(taken).isEqualTo(SenderPool.NEW_JOBS);
    for (int i = 0; i < MAX_DIALOGS; i++) {
      assertThat(pool.offer(0, true, () -> {})).isTrue();
    }
    assertThat(pool.offer(0, true, () -> {})).isFalse();
    assertThat(counters.get(SipCounter.HATCH_REFUSALS)).isEqualTo(2);
  }
}
