package dev.conductor.http;

import dev.conductor.query.Envelope;

/**
 * A request that is refused: says why in one line naming the parameter. Carries no stack: it is an
 * answer, not a fault.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final HttpCounter counter;

  /**
   * A refusal.
   *
   * @param status HTTP status
   * @param code code of the envelope
   * @param counter what to count
   * @param message names the parameter
   */
  Refusal(final int status, final int code, final HttpCounter counter, final String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.counter = counter;
  }

  /** A parameter that is missing or wrong. */
  static Refusal parameter(final String name, final String what) {
    return new Refusal(200, Envelope.PARAMETER, HttpCounter.REFUSED_PARAMETER, name + ": " + what);
  }

  /** HTTP status. */
  int status() {
    return status;
  }

  /** Code of the envelope. */
  int code() {
    return code;
  }

  /** What to count. */
  HttpCounter counter() {
    return counter;
  }
}
