package dev.conductor.notify;

/** What is counted of the event streams. */
public enum NotifyCounter {
  STREAMS_OPENED("streams_opened", "Streams opened."),
  READERS_REFUSED("readers_refused", "Requests refused because the conference has enough readers."),
  ENDED_ASKED("ended_asked", "Requests for a call that is over."),
  EVENTS_WRITTEN("events_written", "Events written, to all readers together."),
  SNAPSHOTS_WRITTEN("snapshots_written", "Snapshots written."),
  GAPS_TOLD("gaps_told", "Gaps told to readers that were too slow or asked for what is not kept."),
  CLOSED_FOR_GAPS("closed_for_gaps", "Readers closed for three gaps in a minute."),
  CLOSED_STALLED("closed_stalled", "Readers closed because they took nothing for too long."),
  CLOSED_SILENT(
      "closed_silent", "WebSocket readers closed because they answered no ping for too long."),
  CLOSED_MESSAGE(
      "closed_message",
      "WebSocket readers closed because they sent a message or what is no frame."),
  CONNECTIONS_REFUSED(
      "connections_refused",
      "Connections of the XML socket closed at once because there were too many."),
  LOGINS_REFUSED("logins_refused", "Logins to the XML socket that were wrong."),
  LOGINS_LATE("logins_late", "Logins to the XML socket that did not come in time."),
  LOGINS_TOO_LONG("logins_too_long", "Logins to the XML socket that had no end.");

  private final String metricName;
  private final String help;

  NotifyCounter(final String metricName, final String help) {
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
