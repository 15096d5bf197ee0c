package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.DialogId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of requests is bounded; who finds no room is told so, and it comes back. */
@Timeout(90)
class TransactionsTest {
  private static final String OFFER = Phone.sdp("127.0.0.1", 40_000, "");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST = 80;
  private static final int FOR_NEW = 60;
  private static final int FLOOD = 300;

  @Test
  void shouldAnswer503WhenNoMoreTransactionsAreKeptAndServeAgainOnceTheyAreOver() throws Exception {
    try (Focus focus = Focus.start(Focus.config(2, 100_000, 10), 32_000, MOST);
        Phone first = Phone.udp(focus.service);
        Phone second = Phone.udp(focus.service);
        Phone flood = Phone.udp(focus.service);
        Phone newcomer = Phone.udp(focus.service)) {
      first.call();
      second.call();
      await().atMost(PATIENCE).until(() -> focus.service.transactions() == 0);
      final List<String> acks = flood(flood);
      await().atMost(PATIENCE).until(() -> refused(focus) == FLOOD);
      assertThat(focus.service.transactions()).as("kept of the flood").isEqualTo(FOR_NEW);
      assertThat(focus.service.count(SipCounter.TRANSACTIONS_FULL)).isEqualTo(FLOOD - FOR_NEW);

      newcomer.sendInvite(OFFER);
      assertBusy(newcomer.answerTo("INVITE"));
      assertThat(focus.service.transactions()).as("kept of the refusal").isEqualTo(FOR_NEW);

      for (int i = FOR_NEW; i < MOST; i++) {
        assertThat(Text.status(first.ask("OPTIONS", "", ""))).as("in a dialog").isEqualTo(200);
      }
      assertBusy(first.ask("OPTIONS", "", ""));
      assertThat(focus.service.transactions()).isEqualTo(MOST);
      assertThat(Text.status(first.ask("BYE", "", ""))).as("the end of a dialog").isEqualTo(200);

      for (final String ack : acks) {
        flood.wire.send(ack);
      }
      await().atMost(PATIENCE).until(() -> focus.service.transactions() < FOR_NEW);
      newcomer.callId = "once-more@phone.test";
      newcomer.call();
      assertThat(Text.status(second.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    }
  }

  /** INVITEs whose refusals nobody acknowledges; gives the ACKs. */
  private static List<String> flood(final Phone phone) throws Exception {
    final List<String> acks = new ArrayList<>();
    for (int i = 0; i < FLOOD; i++) {
      phone.callId = "flood-" + i + "@phone.test";
      phone.sendInvite(OFFER);
      acks.add(phone.request("ACK", phone.inviteBranch, phone.sequence, "", "", ""));
    }
    return acks;
  }

  private static long refused(final Focus focus) {
    return focus.service.count(SipCounter.DIALOGS_FULL)
        + focus.service.count(SipCounter.TRANSACTIONS_FULL);
  }

  private static void assertBusy(final String answer) {
    assertThat(Text.status(answer)).as(answer).isEqualTo(503);
    assertThat(Text.header(answer, "Retry-After")).isEqualTo("5");
  }

  /** Each request within a dialog is kept for half a minute: one caller must not fill it all. */
  @ParameterizedTest
  @ValueSource(strings = {"INFO", "OPTIONS", "BYE", "PRACK"})
  void shouldLeaveRoomForOthersWhenOneCallerFloodsHisDialog(final String method) throws Exception {
    try (Focus focus = Focus.start(Focus.config(5, 5, 10), 32_000, MOST);
        Phone flood = Phone.udp(focus.service);
        Phone newcomer = Phone.udp(focus.service)) {
      flood.call();
      final String extra = method.equals("PRACK") ? "RAck: 1 1 INVITE\r\n" : "";
      final AtomicInteger sent = new AtomicInteger(100);
      // Again and again, as a burst may not find room in the socket.
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                for (int i = 0; i < FLOOD / 5; i++) {
                  final int cseq = sent.incrementAndGet();
                  flood.wire.send(flood.request(method, Phone.newBranch(), cseq, extra, "", ""));
                }
                return focus.service.count(SipCounter.GUARD_DROPS) > 200;
              });
      assertThat(focus.service.transactions()).isLessThan(FOR_NEW);
      newcomer.call();
      assertThat(Text.status(newcomer.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  /** The stack would wait for the answer for ever, and keep from us what the peer sends again. */
  @Test
  void shouldForgetARequestWhoseAnswerFindsNoRoomToWait() throws Exception {
    final CountDownLatch stuck = new CountDownLatch(1);
    try (Focus focus = Focus.start(Focus.config(1, 1_000_000, 1_000), 32_000);
        Phone caller = Phone.udp(focus.service);
        Phone flood = Phone.udp(focus.service)) {
      caller.call();
      focus.atEnd =
          () -> {
            try {
              stuck.await();
            } catch (final InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          };
      focus.service.end(focus.nextInvitation().dialog(), "over");
      await().atMost(PATIENCE).until(() -> !focus.ends.isEmpty());
      // Now nothing leaves by UDP any more.
      try {
        floodUntilRefused(focus, flood);
        // Those that wait, the one that was taken, the caller's own and our BYE.
        assertThat(focus.service.transactions()).isLessThanOrEqualTo(SenderPool.NEW_JOBS + 3);
      } finally {
        stuck.countDown();
      }
      assertThat(flood.answerTo("INVITE")).isNotNull();
    }
  }

  /** Sends INVITEs until many found no room to be answered, and all of those are forgotten. */
  private static void floodUntilRefused(final Focus focus, final Phone flood) {
    final AtomicInteger sent = new AtomicInteger();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (int i = 0; i < FLOOD; i++) {
                flood.callId = "flood-" + sent.incrementAndGet() + "@phone.test";
                flood.sendInvite(OFFER);
              }
              return focus.service.count(SipCounter.HATCH_REFUSALS) > FLOOD;
            });
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(focus.service.count(SipCounter.TRANSACTIONS_ABANDONED))
                    .isEqualTo(focus.service.count(SipCounter.HATCH_REFUSALS)));
  }

  /** As where the stack itself lost it: it would be kept for ever. */
  @Test
  void shouldGiveUpWhatNobodyWillAnswerAndLeaveAloneWhatIsInHand() throws Exception {
    try (Focus focus = Focus.start();
        Phone lost = Phone.udp(focus.service);
        Phone waiting = Phone.udp(focus.service)) {
      focus.accepting = false;
      lost.sendInvite(OFFER);
      final DialogId forgotten = focus.nextInvitation().dialog();
      focus
          .service
          .stack()
          .serverTransactions()
          .iterator()
          .next()
          .getDialog()
          .setApplicationData(null);
      waiting.callId = "waiting@phone.test";
      waiting.sendInvite(OFFER);
      final DialogId inHand = focus.nextInvitation().dialog();
      final TransactionSweep sweep = focus.service.sweep();
      final long nowNs = System.nanoTime();
      sweep.tick(nowNs + TimeUnit.SECONDS.toNanos(10));
      sweep.tick(nowNs + TimeUnit.SECONDS.toNanos(41));
      assertThat(focus.service.transactions()).as("before anybody gives up").isEqualTo(2);
      sweep.tick(nowNs + TimeUnit.SECONDS.toNanos(53));
      assertThat(focus.service.transactions()).isEqualTo(1);
      assertThat(focus.service.count(SipCounter.TRANSACTIONS_ABANDONED)).isEqualTo(1);
      focus.service.refuse(forgotten, 486, "Busy Here");
      focus.service.refuse(inHand, 486, "Busy Here");
      assertThat(Text.status(waiting.answerTo("INVITE"))).isEqualTo(486);
      waiting.ackRefusal();
      await().atMost(PATIENCE).until(() -> focus.service.transactions() == 0);
    }
  }

  /** Its 200 was lost, or its ACK is: the transaction of the INVITE is over by then. */
  @Test
  void shouldRepeatThe200WhenTheInviteComesAgain() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      final String invite = phone.invite("", OFFER);
      phone.wire.send(invite);
      final String ok = phone.answerTo("INVITE");
      await().atMost(PATIENCE).until(() -> focus.service.transactions() == 0);
      phone.wire.send(invite);
      await().atMost(PATIENCE).until(() -> focus.service.count(SipCounter.INVITES_REPEATED) == 1);
      final String again = phone.answerTo("INVITE");
      assertThat(Text.status(again)).as(again).isEqualTo(200);
      assertThat(Text.header(again, "To")).isEqualTo(Text.header(ok, "To"));
      assertThat(focus.service.count(SipCounter.INVITES)).isEqualTo(1);
      phone.toTag = Text.tag(Text.header(ok, "To"));
      phone.ack("");
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }
}
