package dev.conductor.http;

import java.util.Locale;

/** What the HTTP side counts. */
public enum HttpCounter {
  /** Whole requests taken in, well-formed or not. */
  REQUESTS,
  /** Commands answered TRUE. */
  COMMANDS_TRUE,
  /** Commands answered FALSE by the conductor. */
  COMMANDS_FALSE,
  /** Commands refused because the conductor's hatch was full. */
  COMMANDS_BUSY,
  /** Commands that were not answered in time. */
  COMMANDS_TIMED_OUT,
  /** Questions answered. */
  READS_ANSWERED,
  /** Questions about records of calls that could not be read just now. */
  READS_FAILED,
  /** Event streams opened. */
  STREAMS_OPENED,
  /** Requests with a parameter missing or wrong. */
  REFUSED_PARAMETER,
  /** 403: no or wrong token, or unknown UID. */
  REFUSED_TOKEN,
  /** Code -5: a customer's key that is not his, or an unknown customer. */
  REFUSED_KEY,
  /** 404. */
  REFUSED_NOT_FOUND,
  /** 405. */
  REFUSED_METHOD,
  /** 413. */
  REFUSED_TOO_LARGE,
  /** 415. */
  REFUSED_MEDIA_TYPE,
  /** 429. */
  REFUSED_RATE,
  /** 400, 414, 417 and 431: no HTTP we understand. */
  REFUSED_MALFORMED,
  /** 408: begun, but not whole in time. */
  REFUSED_SLOW,
  /** 500: an exception nobody foresaw. */
  ERRORS,
  /** Connections closed at once because there were too many, in all or from one address. */
  CONNECTIONS_REFUSED,
  /** TLS handshakes that failed or were not over in time. */
  TLS_FAILED;

  /** Name for metrics, e.g. {@code refused_token}. */
  public String metricName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
