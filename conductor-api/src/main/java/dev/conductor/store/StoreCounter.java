package dev.conductor.store;

/** What is counted of the store. */
public enum StoreCounter {
  /** Batches that are on disk. */
  BATCHES_COMMITTED("batches_committed"),
  /** Batches that could not be stored. */
  BATCHES_FAILED("batches_failed"),
  /** Batches refused because too many were under way. */
  BATCHES_REFUSED("batches_refused"),
  /** Questions of the conductor answered. */
  QUESTIONS_ANSWERED("questions_answered"),
  /** Questions that could not be answered. */
  QUESTIONS_FAILED("questions_failed"),
  /** Questions refused because too many were under way. */
  QUESTIONS_REFUSED("questions_refused"),
  /** Transactions; several batches may share one. */
  COMMITS("commits"),
  /** Tries again because somebody else held the file. */
  BUSY_RETRIES("busy_retries"),
  /** Tries again over another connection because the one in use was lost. */
  LOST_RETRIES("lost_retries"),
  /** Events read back for readers that resume. */
  EVENTS_READ("events_read"),
  /** Records of calls read back for those who ask. */
  CALLS_READ("calls_read"),
  /** Pages of events, or records of calls, that could not be read. */
  READS_FAILED("reads_failed"),
  /** Events of calls that ended a day ago, no longer kept. */
  EVENTS_FORGOTTEN("events_forgotten"),
  /** Records of calls no longer kept. */
  RECORDS_FORGOTTEN("records_forgotten"),
  /** Pages of events refused because too many readers waited for one. */
  READS_REFUSED("reads_refused");

  private final String metricName;

  StoreCounter(final String metricName) {
    this.metricName = metricName;
  }

  /** Its name among the metrics. */
  public String metricName() {
    return metricName;
  }
}
