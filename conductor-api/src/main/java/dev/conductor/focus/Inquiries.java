package dev.conductor.focus;

import dev.conductor.store.Answer;
import dev.conductor.store.Question;
import dev.conductor.store.Store;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to the store and who waits for the answers, {@value #PATIENCE_MS} ms at most: then the
 * answer is that there is none, and one that comes later is dropped. The store bounds how many. The
 * conductor only.
 */
final class Inquiries {
  static final long PATIENCE_MS = 2_000;
  private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
  private static final Logger LOG = LoggerFactory.getLogger(Inquiries.class);

  /** By number, oldest first. */
  private final Map<Long, Waiting> waiting = new LinkedHashMap<>();

  private final Store store;
  private final Turn turn;
  private final FocusCounters counters;
  private long lastId;

  Inquiries(final Store store, final Turn turn, final FocusCounters counters) {
    this.store = store;
    this.turn = turn;
    this.counters = counters;
  }

  /**
   * Asks.
   *
   * @param question makes it with the number it is given
   * @param then takes the answer, in a later turn
   * @return false when the store takes no more questions; {@code then} is not called
   */
  boolean ask(final LongFunction<Question> question, final Consumer<Answer> then) {
    if (!store.ask(question.apply(lastId + 1))) {
      counters.increment(FocusCounter.QUESTIONS_REFUSED);
      return false;
    }
    counters.increment(FocusCounter.QUESTIONS);
    waiting.put(++lastId, new Waiting(then, turn.nowNs()));
    return true;
  }

  /** The store's answer. */
  void onAnswer(final Answer answer) {
    final Waiting one = waiting.remove(answer.questionId());
    if (one != null) {
      give(one, answer);
    }
  }

  /** Answers those who have waited long enough; answers how many. */
  int sweep() {
    int late = 0;
    while (!waiting.isEmpty()) {
      final Iterator<Map.Entry<Long, Waiting>> oldest = waiting.entrySet().iterator();
      final Map.Entry<Long, Waiting> first = oldest.next();
      if (turn.nowNs() - first.getValue().sinceNs() < PATIENCE_NS) {
        break;
      }
      oldest.remove();
      late++;
      counters.increment(FocusCounter.QUESTIONS_LATE);
      give(first.getValue(), new Answer.Failed(first.getKey(), "no answer in time"));
    }
    return late;
  }

  /** The number of the last question asked, 0 for none. */
  long lastId() {
    return lastId;
  }

  /** The number of the oldest question whose answer is waited for; the next one's for none. */
  long oldestId() {
    return waiting.isEmpty() ? lastId + 1 : waiting.keySet().iterator().next();
  }

  private void give(final Waiting one, final Answer answer) {
    try {
      one.then().accept(answer);
    } catch (final RuntimeException fault) {
      counters.increment(FocusCounter.FAULTS);
      LOG.error("an answer of the store could not be handled", fault);
    }
  }

  private record Waiting(Consumer<Answer> then, long sinceNs) {}
}
