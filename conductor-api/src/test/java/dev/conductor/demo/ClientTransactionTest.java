package dev.conductor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The timers of RFC 3261, section 17.1, on a clock that the test moves. */
class ClientTransactionTest {
  private static final long MS = 1_000_000;
  private final List<Long> sentMs = new ArrayList<>();
  private final List<Integer> finals = new ArrayList<>();
  private long nowMs;

  @Test
  void shouldRepeatAnInviteAtDoublingIntervalsAndGiveUp() {
    final ClientTransaction invite = start("INVITE");
    run(invite, 40_000);

    assertThat(sentMs).containsExactly(0L, 500L, 1_500L, 3_500L, 7_500L, 15_500L, 31_500L);
    assertThat(finals).containsExactly(408);
  }

  @Test
  void shouldRepeatOtherRequestsEveryFourSecondsAtLast() {
    final ClientTransaction bye = start("BYE");
    run(bye, 40_000);

    assertThat(sentMs)
        .containsExactly(
            0L, 500L, 1_500L, 3_500L, 7_500L, 11_500L, 15_500L, 19_500L, 23_500L, 27_500L, 31_500L);
    assertThat(finals).containsExactly(408);
  }

  @Test
  void shouldRepeatAnInviteNoMoreAndWaitLongOnceItRings() {
    final ClientTransaction invite = start("INVITE");
    run(invite, 600);
    invite.onProvisional();
    run(invite, 300_000);

    assertThat(sentMs).containsExactly(0L, 500L);
    assertThat(finals).isEmpty();
  }

  @Test
  void shouldGiveUpAnInviteThatRingsOnAfterItsCancel() {
    final ClientTransaction invite = start("INVITE");
    invite.onProvisional();
    run(invite, 100_000);
    invite.onCancelled(nowMs * MS);
    run(invite, 131_000);
    assertThat(finals).isEmpty();
    run(invite, 133_000);

    assertThat(finals).containsExactly(408);
    assertThat(sentMs).containsExactly(0L);
  }

  @Test
  void shouldTakeTheFirstFinalAnswerAlone() {
    final ClientTransaction bye = start("BYE");
    bye.onFinal(200);
    bye.onFinal(481);
    run(bye, 40_000);

    assertThat(finals).containsExactly(200);
    assertThat(sentMs).containsExactly(0L);
    assertThat(bye.isForgettable(63_000 * MS)).isFalse();
    assertThat(bye.isForgettable(65_000 * MS)).isTrue();
  }

  private ClientTransaction start(final String method) {
    final ClientTransaction.Request request =
        new ClientTransaction.Request(
            method,
            "sip:a@192.0.2.1",
            "z9hG4bK1",
            1,
            "text",
            InetSocketAddress.createUnresolved("192.0.2.1", 5060));
    final ClientTransaction transaction = new ClientTransaction(request, 0, finals::add);
    transaction.start(this::sent);
    return transaction;
  }

  private void run(final ClientTransaction transaction, final long untilMs) {
    for (; nowMs <= untilMs; nowMs += 10) {
      transaction.onTick(nowMs * MS, this::sent);
    }
  }

  private void sent(final String message, final InetSocketAddress to) {
    sentMs.add(nowMs);
  }
}
