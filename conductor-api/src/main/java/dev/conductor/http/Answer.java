package dev.conductor.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes back. Immutable.
 *
 * @param status HTTP status
 * @param contentType what the body is
 * @param body the body's text, sent as UTF-8
 * @param headers headers beside those every answer has
 * @param close whether the connection ends with it
 */
record Answer(int status, String contentType, String body, List<Header> headers, boolean close) {
  /** Plain text. */
  static final String TEXT = "text/plain; charset=utf-8";

  /** Copies the list. */
  Answer {
    headers = List.copyOf(headers);
  }

  /** An answer of plain text. */
  static Answer text(final int status, final String body) {
    return new Answer(status, TEXT, body, List.of(), false);
  }

  /** An answer of another type. */
  static Answer of(final int status, final String contentType, final String body) {
    return new Answer(status, contentType, body, List.of(), false);
  }

  /** The same with these headers instead. */
  Answer with(final List<Header> more) {
    return new Answer(status, contentType, body, more, close);
  }

  /** The same with one header more. */
  Answer plus(final Header header) {
    final List<Header> more = new ArrayList<>(headers);
    more.add(header);
    return with(more);
  }

  /** The same, after which the connection ends. */
  Answer closing() {
    return new Answer(status, contentType, body, headers, true);
  }

  /** The body as it is sent. */
  byte[] bytes() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A header. Immutable.
   *
   * @param name its name
   * @param value its value, without control characters
   */
  record Header(String name, String value) {}
}
