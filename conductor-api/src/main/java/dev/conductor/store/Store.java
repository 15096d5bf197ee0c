package dev.conductor.store;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import java.util.List;

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
   * Tells the outcome of batches, in order. The conductor only.
   *
   * @return how many
   */
  int poll(Outcome outcome);

  /** All customers, those without a conference too. At start, before the conductor runs. */
  List<Customer> loadCustomers();

  /** All conferences with their customers and persons. At start, before the conductor runs. */
  List<ConferenceSnapshot> loadConferences();

  /** All answers kept for repeats, oldest first. At start, before the conductor runs. */
  List<KeptAnswer> loadAnswers();

  /** The calls that a crash left open, oldest first. At start, before the conductor runs. */
  List<OpenCall> loadOpenCalls();

  /** Takes the outcome of a batch. */
  interface Outcome {
    /** It is on disk. */
    void onCommitted(long batchId);

    /** It could not be stored; nothing of it is on disk. */
    void onFailed(long batchId, String reason);
  }
}
