package dev.conductor.store;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import java.util.List;
import java.util.Map;

/**
 * The wall to the database. The conductor hands batches over and later fetches which are committed;
 * it never waits.
 */
public interface Store {
  /** Whether a batch offered now would be taken. The conductor asks before it applies anything. */
  boolean hasRoom();

  /**
   * Hands over a batch. The conductor only.
   *
   * @return false when the queue is full; nothing was taken
   */
  boolean offer(Batch batch);

  /**
   * Asks. Batches and questions are taken in the order they were given in: an answer knows of every
   * batch offered before. The conductor only.
   *
   * @return false when too many questions wait; there will be no answer
   */
  boolean ask(Question question);

  /**
   * Tells the outcome of batches and the answers to questions, in order. The conductor only.
   *
   * @return how many
   */
  int poll(Outcome outcome);

  /**
   * Notes that an event of this number was shown though it is not kept, so that after a crash no
   * other gets its number. Never waits; what is noted outlives the process, not the machine's loss
   * of power. The conductor only.
   */
  void noteShown(long seq);

  /** All that was shown is kept by now. The conductor only. */
  void clearShown();

  /** All customers, those without a conference too. At start, before the conductor runs. */
  List<Customer> loadCustomers();

  /** All conferences with their customers. At start, before the conductor runs. */
  List<ConferenceSnapshot> loadConferences();

  /**
   * How many PINs of each length the persons of every conference have, by its UID. At start, before
   * the conductor runs.
   */
  Map<String, Map<Integer, Integer>> loadPinLengths();

  /** All answers kept for repeats, oldest first. At start, before the conductor runs. */
  List<KeptAnswer> loadAnswers();

  /**
   * The calls that a crash left open, oldest first; their events go on behind every number that was
   * {@linkplain #noteShown noted}. At start, before the conductor runs.
   */
  List<OpenCall> loadOpenCalls();

  /** Takes the outcome of a batch, and answers. */
  interface Outcome {
    /** It is on disk. */
    void onCommitted(long batchId);

    /** It could not be stored; nothing of it is on disk. */
    void onFailed(long batchId, String reason);

    /** The answer to a question. */
    void onAnswer(Answer answer);
  }
}
