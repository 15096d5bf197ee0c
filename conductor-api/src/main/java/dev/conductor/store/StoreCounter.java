package dev.conductor.store;

/** What is counted of the store. */
public enum StoreCounter {
  /** Batches that are on disk. */
  BATCHES_COMMITTED("batches_committed"),
  /** Batches that could not be stored. */
  BATCHES_FAILED("batches_failed"),
  /** Batches refused because too many were under way. */
  BATCHES_REFUSED("batches_refused"),
  /** Transactions; several batches may share one. */
  COMMITS("commits"),
  /** Tries again because somebody else held the file. */
  BUSY_RETRIES("busy_retries");

  private final String metricName;

  StoreCounter(final String metricName) {
    this.metricName = metricName;
  }

  /** Its name among the metrics. */
  public String metricName() {
    return metricName;
  }
}
