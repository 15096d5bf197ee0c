package dev.conductor.store;

/** What is counted of the store. */
public enum StoreCounter {
  BATCHES_COMMITTED("batches_committed", "Batches that are on disk."),
  BATCHES_FAILED("batches_failed", "Batches that could not be stored."),
  BATCHES_REFUSED("batches_refused", "Batches refused because too many were under way."),
  QUESTIONS_ANSWERED("questions_answered", "Questions of the conductor answered."),
  QUESTIONS_FAILED("questions_failed", "Questions that could not be answered."),
  QUESTIONS_REFUSED("questions_refused", "Questions refused because too many were under way."),
  COMMITS("commits", "Transactions; several batches may share one."),
  BUSY_RETRIES("busy_retries", "Tries again because somebody else held the file."),
  LOST_RETRIES(
      "lost_retries", "Tries again over another connection because the one in use was lost."),
  EVENTS_READ("events_read", "Events read back for readers that resume."),
  CALLS_READ("calls_read", "Records of calls read back for those who ask."),
  READS_FAILED("reads_failed", "Pages of events, or records of calls, that could not be read."),
  EVENTS_FORGOTTEN("events_forgotten", "Events of calls that ended a day ago, no longer kept."),
  RECORDS_FORGOTTEN("records_forgotten", "Records of calls no longer kept."),
  READS_REFUSED(
      "reads_refused", "Pages of events refused because too many readers waited for one.");

  private final String metricName;
  private final String help;

  StoreCounter(final String metricName, final String help) {
    this.metricName = metricName;
    this.help = help;
  }

  /** Its name among the metrics. */
  public String metricName() {
    return metricName;
  }

  /** What it counts, in a sentence for who reads the metrics. */
  public String help() {
    return help;
  }
}
