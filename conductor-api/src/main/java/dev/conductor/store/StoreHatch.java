package dev.conductor.store;

import java.util.List;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * What passes between the conductor and the store's thread: batches and questions in the order they
 * were given in, outcomes and answers in theirs. Bounded; neither side waits, and no outcome can be
 * lost: room for it is taken together with the room for what it is of.
 */
final class StoreHatch {
  /** Batches that may be under way: offered and their outcome not fetched. */
  static final int QUEUE_BATCHES = 1_024;

  /** Questions that may be under way: asked and their answer not fetched. */
  static final int QUEUE_QUESTIONS = 1_024;

  private final OneToOneConcurrentArrayQueue<Object> given =
      new OneToOneConcurrentArrayQueue<>(QUEUE_BATCHES + QUEUE_QUESTIONS);
  private final OneToOneConcurrentArrayQueue<Object> outcomes =
      new OneToOneConcurrentArrayQueue<>(QUEUE_BATCHES + QUEUE_QUESTIONS);

  /** The conductor's. */
  private int batchesUnderWay;

  /** The conductor's. */
  private int questionsUnderWay;

  /** Whether a batch would be taken. The conductor only. */
  boolean hasRoom() {
    return batchesUnderWay < QUEUE_BATCHES;
  }

  /** Gives a batch; false when there is no room. The conductor only. */
  boolean give(final Batch batch) {
    final boolean taken = hasRoom() && given.offer(batch);
    batchesUnderWay += taken ? 1 : 0;
    return taken;
  }

  /** Gives a question; false when there is no room. The conductor only. */
  boolean give(final Question question) {
    final boolean taken = questionsUnderWay < QUEUE_QUESTIONS && given.offer(question);
    questionsUnderWay += taken ? 1 : 0;
    return taken;
  }

  /** Fetches what there is of outcomes and answers; answers how many. The conductor only. */
  int poll(final Store.Outcome to) {
    int polled = 0;
    for (Object next = outcomes.poll(); next != null; next = outcomes.poll()) {
      polled++;
      if (next instanceof Answer answer) {
        questionsUnderWay--;
        to.onAnswer(answer);
      } else {
        batchesUnderWay--;
        tell((Done) next, to);
      }
    }
    return polled;
  }

  private static void tell(final Done done, final Store.Outcome to) {
    if (done.reason() == null) {
      to.onCommitted(done.batchId());
    } else {
      to.onFailed(done.batchId(), done.reason());
    }
  }

  /** How much waits to be taken. Any thread. */
  int waiting() {
    return given.size();
  }

  /**
   * Takes the batches that come before the next question, and it. The store's thread.
   *
   * @param group where they go, up to {@code most} of them
   * @return the question; null when there is none among them
   */
  Question take(final List<Batch> group, final int most) {
    while (group.size() < most) {
      final Object next = given.poll();
      if (next instanceof Batch batch) {
        group.add(batch);
      } else {
        return (Question) next;
      }
    }
    return null;
  }

  /** Posts what became of a batch; a reason where it failed, else null. The store's thread. */
  void post(final Batch batch, final String reason) {
    post(new Done(batch.id(), reason));
  }

  /** Posts an answer. The store's thread. */
  void post(final Answer answer) {
    post((Object) answer);
  }

  private void post(final Object outcome) {
    if (!outcomes.offer(outcome)) {
      throw new IllegalStateException("more outcomes than were asked for");
    }
  }

  /** What became of a batch. */
  private record Done(long batchId, String reason) {}
}
