package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Session timers (RFC 4028) as SIPp sees them, the server's clock of sessions put on by hand. */
class SessionTimerSippTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private ScriptedFocus focus;

  @BeforeEach
  void start() throws Exception {
    Sipp.require();
    focus = new ScriptedFocus(Focus.config(10, 100_000, 10));
  }

  @AfterEach
  void stop() {
    if (focus != null) {
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
      focus.close();
    }
  }

  private Sipp play(final String scenario, final String transport) throws Exception {
    return Sipp.start(scenario, focus.server(), scenario, transport, text -> text);
  }

  private void awaitCount(final SipCounter counter, final long count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> focus.service.count(counter) >= count);
  }

  /** Puts the clock on, so that the next refresh is due, and waits until it has gone out. */
  private void refresh(final int aheadS, final long refreshes) {
    focus.aheadNs.addAndGet(aheadS * SECOND_NS);
    awaitCount(SipCounter.REFRESHES, refreshes);
  }

  @Test
  void shouldHangUpWhenTheFarEndForgetsToRefresh() throws Exception {
    try (Sipp sipp = play("timer-theirs", "udp")) {
      awaitCount(SipCounter.UPDATES, 1);
      awaitCount(SipCounter.ACKS, 2);
      assertThat(focus.service.count(SipCounter.REFRESHES)).isZero();
      focus.aheadNs.addAndGet(59 * SECOND_NS);
      focus.aheadNs.addAndGet(SECOND_NS);
      sipp.assertPassed();
    }
    await().until(() -> !focus.ends.isEmpty());
    assertThat(focus.ends).containsEntry("timer-theirs", "SESSION_EXPIRED");
    assertThat(focus.offers).isEmpty();
  }

  @Test
  void shouldRefreshByUpdateUntilTheFarEndIsGone() throws Exception {
    try (Sipp sipp = play("timer-ours", "tcp")) {
      awaitCount(SipCounter.ACKS, 1);
      refresh(45, 1);
      // Its 200 has come when the next refresh is due again.
      refreshWhenDue(45, 2);
      awaitCount(SipCounter.REFRESHES, 3);
      refreshWhenDue(3, 4);
      sipp.assertPassed();
    }
    await().until(() -> !focus.ends.isEmpty());
    assertThat(focus.ends).containsEntry("timer-ours", "PEER_GONE");
  }

  /** As refresh; the answer to the one before may still be on its way, so it puts on in steps. */
  private void refreshWhenDue(final int aheadS, final long refreshes) {
    final int stepS = Math.max(1, aheadS / 5);
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              if (focus.service.count(SipCounter.REFRESHES) < refreshes) {
                focus.aheadNs.addAndGet(stepS * SECOND_NS);
              }
              return focus.service.count(SipCounter.REFRESHES) >= refreshes;
            });
  }

  @Test
  void shouldRefreshByReinviteWhereUpdateIsUnknownAndWaitGlareOut() throws Exception {
    try (Sipp sipp = play("timer-reinvite", "udp")) {
      awaitCount(SipCounter.ACKS, 1);
      refresh(45, 2);
      refreshWhenDue(2, 4);
      sipp.assertPassed();
    }
    assertThat(focus.offers).isEmpty();
  }

  @Test
  void shouldAnswer491WhileAReinviteOfOursIsOut() throws Exception {
    try (Sipp sipp = play("glare", "udp")) {
      awaitCount(SipCounter.ACKS, 1);
      refresh(45, 1);
      sipp.assertPassed();
    }
    assertThat(focus.offers).containsEntry("glare", 1);
  }
}
