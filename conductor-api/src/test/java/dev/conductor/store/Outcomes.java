package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.EventSamples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** What became of the batches that a test offers. */
final class Outcomes implements Store.Outcome {
  final List<Answer> answers = new ArrayList<>();
  final List<Long> committed = new ArrayList<>();
  final TreeMap<Long, String> failed = new TreeMap<>();

  @Override
  public void onAnswer(final Answer answer) {
    answers.add(answer);
  }

  @Override
  public void onCommitted(final long batchId) {
    committed.add(batchId);
  }

  @Override
  public void onFailed(final long batchId, final String reason) {
    failed.put(batchId, reason);
  }

  /** Waits until so many came of this store, all in all. */
  void await(final SqlStore store, final int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(
            () -> {
              store.poll(this);
              return committed.size() + failed.size() >= count;
            });
  }

  /** Offers one that must find room. */
  static void offer(final SqlStore store, final long id, final Change... changes) {
    assertThat(store.offer(new Batch(id, List.of(changes)))).isTrue();
  }

  /** A batch with one event of the same number. */
  static Batch event(final long id) {
    return new Batch(id, List.of(new Change.EventLogged(EventSamples.logged("CALL1", id))));
  }

  /** The first column of what a query answers. */
  static List<String> texts(final SqlStore store, final String query) {
    return store.call("query", () -> store.handle().createQuery(query).mapTo(String.class).list());
  }
}
