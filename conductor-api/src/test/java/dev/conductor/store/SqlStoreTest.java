package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.event.Event;
import dev.conductor.event.EventSamples;
import dev.conductor.metrics.Health;
import dev.conductor.model.Call;
import dev.conductor.model.CallTag;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqlStoreTest {
  private static final Function<Event, String> BODY = event -> "body " + event.seq();

  @TempDir Path directory;
  private SqlStore store;
  private final Outcomes outcomes = new Outcomes();

  /** The samples' events are a minute old. */
  private static final LongSupplier SOON_AFTER = () -> EventSamples.TIME_MS + 60_000;

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(directory), BODY, SOON_AFTER);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldCommitABatchAndHaveItAfterARestart() {
    final Call call = EventSamples.call("CALL1", "A", "B");
    offer(
        1,
        new Change.CallSaved(call, 0, 0),
        new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    offer(2, new Change.EventLogged(EventSamples.logged("CALL1", 2)));
    awaitOutcomes(2);
    assertThat(outcomes.committed).containsExactly(1L, 2L);
    assertThat(outcomes.failed).isEmpty();

    reopen();

    assertThat(texts("SELECT body FROM event ORDER BY seq")).containsExactly("body 1", "body 2");
    assertThat(texts("SELECT name || '/' || notes FROM call_record"))
        .containsExactly("Monday/notes\nmore");
    assertThat(texts("SELECT caller_uid FROM call_caller ORDER BY position"))
        .containsExactly("A", "B");
    assertThat(texts("SELECT target_uid || actor || by_whom FROM event WHERE seq = 1"))
        .containsExactly("AAnnAPI");
  }

  @Test
  void shouldKeepACallInStepWithItsChanges() {
    Call call = EventSamples.call("CALL1", "A");
    offer(1, new Change.CallSaved(call, 0, 0));
    awaitOutcomes(1);
    call = call.withCallers(List.of("A", "B", "C")).withBreakouts(List.of("B2"));
    offer(2, new Change.CallSaved(call, 0, 0));
    awaitOutcomes(2);
    assertThat(texts("SELECT caller_uid FROM call_caller ORDER BY position"))
        .containsExactly("A", "B", "C");
    assertThat(texts("SELECT breakout_uid FROM call_breakout")).containsExactly("B2");

    call = call.withBreakouts(List.of("B2", "B3")).withTags(List.of()).closed(EventSamples.TIME_MS);
    offer(3, new Change.CallSaved(call, 0, 0));
    awaitOutcomes(3);

    assertThat(texts("SELECT breakout_uid FROM call_breakout ORDER BY position"))
        .containsExactly("B2", "B3");
    assertThat(texts("SELECT tag FROM call_tag")).isEmpty();
    assertThat(texts("SELECT end_ms || '/' || end_reason FROM call_record WHERE NOT active"))
        .containsExactly(EventSamples.TIME_MS + "/");
    assertThat(texts("SELECT role" + bits("mike", "deaf") + " FROM call_setting ORDER BY position"))
        .containsExactly("PARTICIPANT10", "PRESENTER11");
    assertThat(texts("SELECT content FROM custom_value WHERE owner_type = 'call'"))
        .containsExactly("v");
  }

  @Test
  void shouldHaveEveryFieldThatACommandChangesOfACall() {
    Call call = EventSamples.call("CALL1");
    offer(1, new Change.CallSaved(call, 0, 0));
    call =
        call.withTexts(
                new Call.Texts(
                    "n1", "n2", "d", "c", "l", "m", "f1\nf2", EventSamples.pairs("a", "b")))
            .withFlags(new Call.Flags(false, true, false, false, true, false, true, true))
            .withSettings(List.of(new RoleFlag(Role.PARTICIPANT, false, true, true)))
            .withTags(List.of(new CallTag(7, "renamed", 3), new CallTag(8, "new", 0)));
    offer(2, new Change.CallSaved(call, 0, 0));
    awaitOutcomes(2);
    reopen();

    assertThat(
            texts(
                "SELECT name || notes || data || custom_text || link || message || feedback"
                    + " FROM call_record"))
        .containsExactly("n1n2dclmf1\nf2");
    assertThat(
            texts(
                "SELECT name"
                    + bits(
                        "talking",
                        "greenroom",
                        "entryway",
                        "background_music",
                        "enable_feedback",
                        "enable_broadcast",
                        "lock_mute",
                        "locked")
                    + " FROM call_record"))
        .containsExactly("n101001011");
    assertThat(texts("SELECT role" + bits("mike", "mute", "deaf") + " FROM call_setting"))
        .containsExactly("PARTICIPANT011");
    assertThat(texts("SELECT id || tag || conference_tag_id FROM call_tag ORDER BY position"))
        .containsExactly("7renamed3", "8new0");
    assertThat(texts("SELECT name || content FROM custom_value WHERE owner_type = 'call'"))
        .containsExactly("ab");
  }

  @Test
  void shouldApplyABatchOnceWhenItIsOfferedAgain() {
    offer(1, new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    offer(2, new Change.EventLogged(EventSamples.logged("CALL1", 2)));
    awaitOutcomes(2);
    offer(1, new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    awaitOutcomes(3);

    assertThat(outcomes.committed).containsExactly(1L, 2L, 1L);
    assertThat(texts("SELECT body FROM event ORDER BY seq")).containsExactly("body 1", "body 2");

    reopen();
    offer(1, new Change.EventLogged(EventSamples.logged("CALL1", 3)));
    awaitOutcomes(4);
    assertThat(texts("SELECT seq FROM event ORDER BY seq"))
        .as("numbers of batches begin anew with the server")
        .containsExactly("1", "2", "3");
  }

  @Test
  void shouldKnowABatchAgainAfterItHasForgottenOldOnes() {
    offer(65_535, new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    offer(65_536, new Change.EventLogged(EventSamples.logged("CALL1", 2))); // forgets
    awaitOutcomes(2);
    offer(65_535, new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    awaitOutcomes(3);

    assertThat(outcomes.committed).containsExactly(65_535L, 65_536L, 65_535L);
    assertThat(texts("SELECT body FROM event ORDER BY seq")).containsExactly("body 1", "body 2");
  }

  @Test
  void shouldLetOnlyTheBadBatchFailWhenSeveralShareATransaction() throws Exception {
    final CountDownLatch gate = new CountDownLatch(1);
    final Thread blocker = holdStoreThread(gate);
    offer(1, new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    offer(
        2,
        new Change.EventLogged(EventSamples.logged("CALL1", 2)),
        new Change.EventLogged(EventSamples.logged("CALL1", 1)));
    offer(3, new Change.EventLogged(EventSamples.logged("CALL1", 3)));
    gate.countDown();
    blocker.join();
    awaitOutcomes(3);

    assertThat(outcomes.committed).containsExactly(1L, 3L);
    assertThat(outcomes.failed).containsOnlyKeys(2L);
    assertThat(outcomes.failed.get(2L)).containsIgnoringCase("unique").doesNotContain("INSERT");
    assertThat(texts("SELECT seq FROM event ORDER BY seq")).containsExactly("1", "3");
    assertThat(store.failing()).isEmpty();
  }

  @Test
  void shouldCommitWhatWaitsInOneTransaction() throws Exception {
    final CountDownLatch gate = new CountDownLatch(1);
    final Thread blocker = holdStoreThread(gate);
    for (int i = 1; i <= 100; i++) {
      offer(i, new Change.EventLogged(EventSamples.logged("CALL1", i)));
    }
    gate.countDown();
    blocker.join();
    awaitOutcomes(100);

    assertThat(store.counters())
        .containsEntry("batches_committed", 100L)
        .containsEntry("commits", 1L);
  }

  @Test
  void shouldRefuseBatchesBeyondTheRoomAndLoseNoOutcome() {
    int taken = 0;
    while (store.hasRoom()) {
      assertThat(store.offer(event(taken + 1))).isTrue();
      taken++;
    }
    assertThat(taken).isEqualTo(StoreHatch.QUEUE_BATCHES);
    assertThat(store.offer(event(taken + 1))).isFalse();

    awaitOutcomes(taken);
    assertThat(outcomes.committed).hasSize(taken).isSorted().doesNotHaveDuplicates();
    assertThat(store.hasRoom()).isTrue();
  }

  @Test
  void shouldReportABatchWhoseEventCannotBeRendered() {
    store.close();
    store =
        SqlStore.open(
            TestDatabase.config(directory),
            event -> {
              throw new IllegalStateException("no words");
            });
    assertThat(store.offer(event(1))).isTrue();
    awaitOutcomes(1);

    assertThat(outcomes.failed).containsEntry(1L, "no words");
  }

  @Test
  void shouldSayItIsNotReadyWhileTheFileIsReadOnlyAndRecover() {
    final Health health = new Health(() -> 1, () -> 0);
    health.addCheck("store", store::failing);
    assertThat(health.ready().text()).isEqualTo("ready\n");

    store.call("forbid", () -> store.handle().execute(readOnly(true)));
    assertThat(store.offer(event(1))).isTrue();
    awaitOutcomes(1);

    assertThat(outcomes.failed.get(1L)).containsPattern("read-?only");
    assertThat(health.ready().status()).isEqualTo(503);
    assertThat(health.ready().text()).startsWith("store: ").containsPattern("read-?only");

    store.call("allow", () -> store.handle().execute(readOnly(false)));
    await().atMost(Duration.ofSeconds(10)).until(() -> health.ready().status() == 200);
    assertThat(store.offer(event(2))).isTrue();
    awaitOutcomes(2);
    assertThat(outcomes.committed).containsExactly(2L);
  }

  @Test
  void shouldTryAgainWhileSomebodyElseHoldsTheFile() throws Exception {
    try (Connection other = TestDatabase.connect(directory);
        Statement statement = other.createStatement()) {
      TestDatabase.hold(statement);
      assertThat(store.offer(event(1))).isTrue();
      await().atMost(Duration.ofSeconds(10)).until(() -> store.counters().get("busy_retries") > 0);
      statement.execute("ROLLBACK");
    }
    awaitOutcomes(1);
    assertThat(outcomes.committed).containsExactly(1L);
    reopen();
    assertThat(texts("SELECT seq FROM event")).containsExactly("1");
  }

  @Test
  void shouldGiveUpWithinABoundWhenTheFileStaysHeld() throws Exception {
    try (Connection other = TestDatabase.connect(directory);
        Statement statement = other.createStatement()) {
      TestDatabase.hold(statement);
      assertThat(store.offer(event(1))).isTrue();
      assertThat(store.offer(event(2))).isTrue();
      awaitOutcomes(2);
      assertThat(outcomes.failed).containsOnlyKeys(1L, 2L);
      assertThat(store.failing())
          .hasValueSatisfying(why -> assertThat(why).containsPattern("BUSY|lock timeout"));
      statement.execute("ROLLBACK");
    }
    offer(3, new Change.EventLogged(EventSamples.logged("CALL1", 3)));
    awaitOutcomes(3);
    reopen();
    assertThat(texts("SELECT seq FROM event")).containsExactly("3");
  }

  @Test
  void shouldRefuseASecondServerAndGoOn() {
    assertThatThrownBy(() -> SqlStore.open(TestDatabase.config(directory), BODY, SOON_AFTER))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another server owns the store");
    reopen();
    assertThat(store.hasRoom()).isTrue();
  }

  @Test
  void shouldCommitWhatWaitsWhenClosedAndTakeNothingAfter() {
    for (int i = 1; i <= 50; i++) {
      assertThat(store.offer(event(i))).isTrue();
    }
    store.close();
    store.close();
    assertThat(store.hasRoom()).isFalse();
    assertThat(store.offer(event(51))).isFalse();
    assertThatThrownBy(store::loadConferences).hasMessageContaining("closed");
    awaitOutcomes(50);
    assertThat(outcomes.committed).hasSize(50);

    store = SqlStore.open(TestDatabase.config(directory), BODY, SOON_AFTER);
    assertThat(texts("SELECT seq FROM event")).hasSize(50);
  }

  private Thread holdStoreThread(final CountDownLatch gate) throws InterruptedException {
    final CountDownLatch held = new CountDownLatch(1);
    final Thread holder =
        new Thread(
            () ->
                store.call(
                    "wait",
                    () -> {
                      held.countDown();
                      gate.await();
                      return true;
                    }));
    holder.start();
    held.await();
    return holder;
  }

  private void reopen() {
    store.close();
    store = SqlStore.open(TestDatabase.config(directory), BODY, SOON_AFTER);
  }

  private static String readOnly(final boolean on) {
    return TestDatabase.isPostgres()
        ? "SET default_transaction_read_only = " + on
        : "PRAGMA query_only = " + on;
  }

  /** Columns that are true or false, to be joined to a text before them as 1 or 0. */
  private static String bits(final String... columns) {
    final StringBuilder bits = new StringBuilder();
    for (final String column : columns) {
      bits.append(" || CASE WHEN ").append(column).append(" THEN '1' ELSE '0' END");
    }
    return bits.toString();
  }

  private List<String> texts(final String query) {
    return Outcomes.texts(store, query);
  }

  private void offer(final long id, final Change... changes) {
    Outcomes.offer(store, id, changes);
  }

  private static Batch event(final long id) {
    return Outcomes.event(id);
  }

  private void awaitOutcomes(final int count) {
    outcomes.await(store, count);
  }
}
