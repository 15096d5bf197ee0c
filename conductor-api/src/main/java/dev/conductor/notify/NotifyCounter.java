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
  CLOSED_STALLED("closed_stalled"),
  /** WebSocket readers closed because they answered no ping for too long. */
  CLOSED_SILENT("closed_silent"),
  /** WebSocket readers closed because they sent a message or what is no frame. */
  CLOSED_MESSAGE("closed_message"),
  /** Connections of the XML socket closed at once because there were too many. */
  CONNECTIONS_REFUSED("connections_refused"),
  /** Logins to the XML socket that were wrong. */
  LOGINS_REFUSED("logins_refused"),
  /** Logins to the XML socket that did not come in time. */
  LOGINS_LATE("logins_late"),
  /** Logins to the XML socket that had no end. */
  LOGINS_TOO_LONG("logins_too_long");

  private final String metricName;

  NotifyCounter(final String metricName) {
    this.metricName = metricName;
  }

  /** Its name among the metrics. */
  public String metricName() {
    return metricName;
  }
}
