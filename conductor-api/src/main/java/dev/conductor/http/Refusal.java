package dev.conductor.http;

import dev.conductor.command.Accepted;
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

  /** A command with a token that opens reads alone. */
  static Refusal readOnly() {
    return new Refusal(
        403, Envelope.TOKEN, HttpCounter.REFUSED_TOKEN, "securityToken: it opens reads alone");
  }

  /** No customer has this key; one and the same for an unknown customer. */
  static Refusal key() {
    return new Refusal(200, Envelope.TOKEN, HttpCounter.REFUSED_KEY, "Invalid customer key");
  }

  /** What a function of the Conference Management API has a code of its own for. */
  static Refusal coded(final int code, final String name, final String what) {
    return new Refusal(200, code, HttpCounter.REFUSED_PARAMETER, name + ": " + what);
  }

  /** The conductor's word on a command of the Conference Management API. */
  static Refusal decided(final Accepted answer) {
    final int code =
        switch (answer.kind()) {
          case PASSING -> Envelope.SERVER;
          case CONFLICT -> Envelope.PARAMETER;
          case DECIDED -> answer.code() == 0 ? Envelope.PARAMETER : answer.code();
        };
    return new Refusal(200, code, HttpCounter.COMMANDS_FALSE, answer.message());
  }

  /** The server cannot just now; the request may be made again. */
  static Refusal server(final String message, final HttpCounter counter) {
    return new Refusal(200, Envelope.SERVER, counter, message);
  }

  /** An exception nobody foresaw, in a function that always answers with status 200. */
  static Refusal fault() {
    return new Refusal(200, Envelope.UNHANDLED, HttpCounter.ERRORS, "server: unexpected error");
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
    return tooOftenBy("securityToken", waitSeconds);
  }

  /** Too many requests with what this parameter holds. */
  static Refusal tooOftenBy(final String parameter, final long waitSeconds) {
    return new Refusal(
        429,
        Envelope.GENERAL,
        HttpCounter.REFUSED_RATE,
        parameter + ": too many requests",
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
