package dev.conductor.http;

import java.util.List;

/**
 * Why a request is refused before any handler looks at it. Immutable.
 *
 * @param status HTTP status
 * @param counter what to count
 * @param message for the body
 * @param headers headers of the answer
 */
record Problem(int status, HttpCounter counter, String message, List<Answer.Header> headers) {
  /** Copies the list. */
  Problem {
    headers = List.copyOf(headers);
  }

  /** A problem that needs no header. */
  Problem(final int status, final HttpCounter counter, final String message) {
    this(status, counter, message, List.of());
  }

  /** 429: there is room again in so many seconds. */
  static Problem tooMany(final String message, final long waitSeconds) {
    return new Problem(
        429,
        HttpCounter.REFUSED_RATE,
        message,
        List.of(new Answer.Header("Retry-After", Long.toString(waitSeconds))));
  }
}
