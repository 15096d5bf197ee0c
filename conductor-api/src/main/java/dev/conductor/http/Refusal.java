package dev.conductor.http;

import dev.conductor.query.Envelope;
import java.util.List;

/**
 * A request that is refused: says why in one line naming the parameter. Carries no stack: it is an
 * answer, not a fault.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final HttpCounter counter;
  private final transient List<Answer.Header> headers;

  private Refusal(
      final int status,
      final int code,
      final HttpCounter counter,
      final String message,
      final Answer.Header... headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.counter = counter;
    this.headers = List.of(headers);
  }

  /** A parameter that is missing or wrong. */
  static Refusal parameter(final String name, final String what) {
    return new Refusal(200, Envelope.PARAMETER, HttpCounter.REFUSED_PARAMETER, name + ": " + what);
  }

  /** No or wrong token, or an unknown UID: one and the same. */
  static Refusal token(final Anchor anchor) {
    return new Refusal(
        403,
        Envelope.TOKEN,
        HttpCounter.REFUSED_TOKEN,
        "securityToken: not valid for this " + anchor.parameter());
  }

  /** Not the operator's key. */
  static Refusal operator() {
    return new Refusal(
        403,
        Envelope.TOKEN,
        HttpCounter.REFUSED_TOKEN,
        "Authorization: not the operator's key of this server");
  }

  /** No such function. */
  static Refusal noFunction(final String name) {
    return new Refusal(
        404,
        Envelope.GENERAL,
        HttpCounter.REFUSED_NOT_FOUND,
        "function: no such function " + Values.shown(name));
  }

  /** The function is there, but not for this method. */
  static Refusal method(final String method, final String allowed) {
    return new Refusal(
        405,
        Envelope.GENERAL,
        HttpCounter.REFUSED_METHOD,
        "method: " + Values.shown(method) + " is not " + allowed,
        new Answer.Header("Allow", allowed));
  }

  /** A body of a kind that is not taken. */
  static Refusal mediaType(final String message) {
    return new Refusal(415, Envelope.GENERAL, HttpCounter.REFUSED_MEDIA_TYPE, message);
  }

  /** Too many requests with one token. */
  static Refusal tooOften(final long waitSeconds) {
    return new Refusal(
        429,
        Envelope.GENERAL,
        HttpCounter.REFUSED_RATE,
        "securityToken: too many requests",
        new Answer.Header("Retry-After", Long.toString(waitSeconds)));
  }

  /** An upgrade that is none we understand. */
  static Refusal malformed(final String message) {
    return new Refusal(400, Envelope.GENERAL, HttpCounter.REFUSED_MALFORMED, message);
  }

  /** An upgrade to a WebSocket of another version. */
  static Refusal webSocketVersion(final String spoken) {
    return new Refusal(
        426,
        Envelope.GENERAL,
        HttpCounter.REFUSED_MALFORMED,
        "Sec-WebSocket-Version: only " + spoken + " is spoken here",
        new Answer.Header("Upgrade", "websocket"),
        new Answer.Header("Sec-WebSocket-Version", spoken));
  }

  /** What was wrong before the request came here. */
  static Refusal of(final Problem problem) {
    return new Refusal(
        problem.status(),
        Envelope.GENERAL,
        problem.counter(),
        problem.message(),
        problem.headers().toArray(Answer.Header[]::new));
  }

  /** An exception nobody foresaw. */
  static Refusal unhandled() {
    return new Refusal(500, Envelope.UNHANDLED, HttpCounter.ERRORS, "server: unexpected error");
  }

  /** What was asked could not be read just now. */
  static Refusal notNow(final String message) {
    return new Refusal(200, Envelope.SERVER, HttpCounter.READS_FAILED, message);
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

  /** Headers of the answer. */
  List<Answer.Header> headers() {
    return headers;
  }
}
