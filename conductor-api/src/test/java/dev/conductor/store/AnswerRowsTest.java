package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerRowsTest {
  @TempDir private Path folder;

  private static KeptAnswer answer(final String key, final long timeMs, final String message) {
    return new KeptAnswer(
        new KeptAnswer.Key("C", "updateCaller", key),
        "d" + key,
        "K",
        timeMs,
        message.isEmpty(),
        message,
        timeMs * 2);
  }

  private SqlStore open() {
    return SqlStore.open(TestDatabase.config(folder), event -> "{}");
  }

  private static void commit(final SqlStore store, final Change... changes) {
    final boolean[] done = {false};
    assertThat(store.offer(new Batch(store.hashCode(), List.of(changes)))).isTrue();
    await()
        .until(
            () -> {
              store.poll(
                  new Store.Outcome() {
                    @Override
                    public void onCommitted(final long batchId) {
                      done[0] = true;
                    }

                    @Override
                    public void onAnswer(final Answer answer) {
                      throw new AssertionError("nobody asked");
                    }

                    @Override
                    public void onFailed(final long batchId, final String reason) {
                      throw new AssertionError(reason);
                    }
                  });
              return done[0];
            });
  }

  @Test
  void shouldKeepAnswersOverARestartOldestFirstUntilTheyExpire() {
    final KeptAnswer first = answer("a", 10, "");
    final KeptAnswer second = answer("é \"'%_", 5, "UID: no caller \"x\"\n<b>");
    final KeptAnswer third = answer("c", 20, "");
    try (SqlStore store = open()) {
      assertThat(store.loadAnswers()).isEmpty();
      commit(
          store,
          new Change.AnswerKept(answer("a", 1, "an older one of the same key")),
          new Change.AnswerKept(first),
          new Change.AnswerKept(second),
          new Change.AnswerKept(third));
    }
    try (SqlStore store = open()) {
      assertThat(store.loadAnswers()).containsExactly(second, first, third);
      commit(store, new Change.AnswersExpired(10));
    }
    try (SqlStore store = open()) {
      assertThat(store.loadAnswers()).containsExactly(third);
    }
  }
}
