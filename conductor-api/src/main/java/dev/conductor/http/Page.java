package dev.conductor.http;

import java.util.Objects;

/**
 * A page of the server itself, e.g. {@code /healthz}. Immutable.
 *
 * @param status HTTP status
 * @param contentType e.g. {@code text/plain; charset=utf-8}
 * @param text what it says, sent as UTF-8
 */
public record Page(int status, String contentType, String text) {
  /** Checks for nulls. */
  public Page {
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(text, "text");
  }

  /** A page of plain text. */
  public static Page text(final int status, final String text) {
    return new Page(status, Answer.TEXT, text);
  }
}
