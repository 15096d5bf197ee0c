package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSamples;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import dev.conductor.model.Call;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventReaderTest {
  private static final int LONG = 100_000;

  @TempDir Path directory;
  private SqlStore store;
  private EventReader reader;
  private long batch;

  @BeforeEach
  void open() {
    store =
        SqlStore.open(
            TestDatabase.config(directory),
            event -> event.callUid().equals("LONG") ? "x".repeat(LONG) : "body " + event.seq());
    reader = store.openReader();
  }

  @AfterEach
  void close() {
    reader.close();
    store.close();
  }

  @Test
  void shouldReadWhatIsCommittedPageByPageWhileMoreIsWritten() throws Exception {
    final List<Long> read = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      commit("CALL1", round * 20 + 1, round * 20 + 20);
      commit("CALL2", round * 20 + 1, round * 20 + 20);
      for (List<KeptEvent> page = page("CALL1", read.size(), 7);
          !page.isEmpty();
          page = page("CALL1", read.size(), 7)) {
        assertThat(page).hasSizeLessThanOrEqualTo(7);
        page.forEach(event -> read.add(event.seq()));
      }
      assertThat(read).hasSize(round * 20 + 20);
    }
    assertThat(read).isSorted().doesNotHaveDuplicates();
    assertThat(page("CALL1", 41, 1))
        .containsExactly(new KeptEvent(42, EventSource.CALLER, EventName.UPDATE, "body 42"));
    assertThat(page("NONE", 0, 10)).isEmpty();
  }

  @Test
  void shouldEndAPageWhereTheTextsAreLong() throws Exception {
    commit("LONG", 1, 10);
    assertThat(page("LONG", 0, 64)).hasSize(EventReader.PAGE_CHARACTERS / LONG + 1);
  }

  @Test
  void shouldTakeNoMoreReadersThanMayWaitAndTellThemSo() throws Exception {
    commit("CALL1", 1, 3);
    final CountDownLatch held = new CountDownLatch(1);
    final CountDownLatch began = new CountDownLatch(1);
    reader.read(
        "CALL1",
        0,
        10,
        page -> {
          began.countDown();
          try {
            held.await();
          } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
        });
    assertThat(began.await(10, TimeUnit.SECONDS)).isTrue();
    final List<Long> later = new ArrayList<>();
    int taken = 0;
    while (reader.read("CALL1", 0, 1, page -> later.add(page.get(0).seq()))) {
      taken++;
    }
    assertThat(taken).isEqualTo(EventReader.MAX_WAITING);
    assertThat(store.counters()).containsEntry("reads_refused", 1L);
    held.countDown();
    await().atMost(10, TimeUnit.SECONDS).until(() -> page("CALL1", 0, 1).size() == 1);
    assertThat(later).hasSize(taken).containsOnly(1L);
  }

  @Test
  void shouldForgetTheEventsOfACallADayAfterItEnded() throws Exception {
    final long hourMs = 3_600_000;
    final long nowMs = System.currentTimeMillis();
    save(EventSamples.call("OLD").closed(nowMs - 25 * hourMs));
    save(EventSamples.call("RECENT").closed(nowMs - 23 * hourMs));
    commit("OLD", 1, 2_500);
    commit("RECENT", 1, 3);
    reader.close();
    store.close();
    open(); // it looks at the start, and then every hour

    // They are gone before they are counted.
    await()
        .atMost(10, TimeUnit.SECONDS)
        .untilAsserted(
            () -> assertThat(store.counters()).containsEntry("events_forgotten", 2_500L));
    assertThat(page("OLD", 0, 1)).isEmpty();
    assertThat(page("RECENT", 0, 10)).hasSize(3);
  }

  private void save(final Call call) {
    commit(List.of(new Change.CallSaved(call, 0, 0)));
  }

  private List<KeptEvent> page(final String callUid, final long afterSeq, final int maxEvents)
      throws Exception {
    final CompletableFuture<List<KeptEvent>> page = new CompletableFuture<>();
    return reader.read(callUid, afterSeq, maxEvents, page::complete)
        ? page.get(10, TimeUnit.SECONDS)
        : List.of();
  }

  private void commit(final String callUid, final long first, final long last) {
    final List<Change> changes = new ArrayList<>();
    for (long seq = first; seq <= last; seq++) {
      changes.add(new Change.EventLogged(EventSamples.logged(callUid, seq)));
    }
    commit(changes);
  }

  private void commit(final List<Change> changes) {
    assertThat(store.offer(new Batch(++batch, changes))).isTrue();
    final List<Long> committed = new ArrayList<>();
    final Store.Outcome outcome =
        new Store.Outcome() {
          @Override
          public void onCommitted(final long id) {
            committed.add(id);
          }

          @Override
          public void onAnswer(final Answer answer) {
            throw new AssertionError("nobody asked");
          }

          @Override
          public void onFailed(final long id, final String reason) {
            throw new AssertionError(reason);
          }
        };
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(
            () -> {
              store.poll(outcome);
              return !committed.isEmpty();
            });
  }
}
