package dev.conductor.focus;

import dev.conductor.store.Answer;
import dev.conductor.store.Question;
import dev.conductor.store.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Questions to the store and who waits for the answers, {@value #PATIENCE_MS} ms at most, of a list
 * of thousands {@value #LIST_PATIENCE_MS}: then the answer is that there is none, and one that
 * comes later is dropped. The store bounds how many. The conductor only.
 */
final class Inquiries {
  static final long PATIENCE_MS = 2_000;

  /** Nobody stands at the door meanwhile: who sends a list waits a minute for its answer. */
  static final long LIST_PATIENCE_MS = 30_000;

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
    final Question asked = question.apply(lastId + 1);
    if (!store.ask(asked)) {
      counters.increment(FocusCounter.QUESTIONS_REFUSED);
      return false;
    }
    counters.increment(FocusCounter.QUESTIONS);
    final long patienceMs = asked instanceof Question.Enrol ? LIST_PATIENCE_MS : PATIENCE_MS;
    waiting.put(
        ++lastId, new Waiting(then, turn.nowNs(), TimeUnit.MILLISECONDS.toNanos(patienceMs)));
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
    if (waiting.isEmpty()) {
      return 0;
    }
    final List<Map.Entry<Long, Waiting>> late = new ArrayList<>();
    for (final Map.Entry<Long, Waiting> one : waiting.entrySet()) {
      if (turn.nowNs() - one.getValue().sinceNs() >= one.getValue().patienceNs()) {
        late.add(Map.entry(one.getKey(), one.getValue()));
      }
    }
    for (final Map.Entry<Long, Waiting> one : late) {
      waiting.remove(one.getKey());
      counters.increment(FocusCounter.QUESTIONS_LATE);
      give(one.getValue(), new Answer.Failed(one.getKey(), "no answer in time"));
    }
    return late.size();
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

  private record Waiting(Consumer<Answer> then, long sinceNs, long patienceNs) {}
}
