package dev.conductor.http;

import java.util.Locale;

/** What the HTTP side counts. */
public enum HttpCounter {
  REQUESTS("Whole requests taken in, well-formed or not."),
  COMMANDS_TRUE("Commands answered TRUE."),
  COMMANDS_FALSE("Commands answered FALSE by the conductor."),
  COMMANDS_BUSY("Commands refused because the conductor's hatch was full."),
  COMMANDS_TIMED_OUT("Commands that were not answered in time."),
  READS_ANSWERED("Questions answered."),
  READS_FAILED("Questions about records of calls that could not be read just now."),
  STREAMS_OPENED("Event streams opened."),
  REFUSED_PARAMETER("Requests with a parameter missing or wrong."),
  REFUSED_TOKEN("403: no or wrong token, or unknown UID."),
  REFUSED_KEY("Code -5: a customer's key that is not his, or an unknown customer."),
  REFUSED_NOT_FOUND("404."),
  REFUSED_METHOD("405."),
  REFUSED_TOO_LARGE("413."),
  REFUSED_MEDIA_TYPE("415."),
  REFUSED_RATE("429."),
  REFUSED_MALFORMED("400, 414, 417 and 431: no HTTP we understand."),
  REFUSED_SLOW("408: begun, but not whole in time."),
  ERRORS("500: an exception nobody foresaw."),
  CONNECTIONS_REFUSED(
      "Connections closed at once because there were too many, in all or from one " + "address."),
  TLS_FAILED("TLS handshakes that failed or were not over in time.");

  private final String help;

  HttpCounter(final String help) {
    this.help = help;
  }

  /** Name for metrics, e.g. {@code refused_token}. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it counts, in a sentence for who reads the metrics. */
  public String help() {
    return help;
  }
}
