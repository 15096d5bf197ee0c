package dev.conductor.notify;

/** What is counted of the event streams. */
public enum NotifyCounter {
  /** Streams opened. */
  STREAMS_OPENED("streams_opened"),
  /** Requests refused because the conference has enough readers. */
  READERS_REFUSED("readers_refused"),
  /** Requests for a call that is over. */
  ENDED_ASKED("ended_asked"),
  /** Events written, to all readers together. */
  EVENTS_WRITTEN("events_written"),
  /** Snapshots written. */
  SNAPSHOTS_WRITTEN("snapshots_written"),
  /** Gaps told to readers that were too slow or asked for what is not kept. */
  GAPS_TOLD("gaps_told"),
  /** Readers closed for three gaps in a minute. */
  CLOSED_FOR_GAPS("closed_for_gaps"),
  /** Readers closed because they took nothing for too long. */
  CLOSED_STALLED("closed_stalled");

  private final String metricName;

  NotifyCounter(final String metricName) {
    this.metricName = metricName;
  }

  /** Its name among the metrics. */
  public String metricName() {
    return metricName;
  }
}
