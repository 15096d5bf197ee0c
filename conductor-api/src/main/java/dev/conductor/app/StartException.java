package dev.conductor.app;

/** The server could not start; the message says what and how to mend it. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(final String message, final Throwable cause) {
    super(message, cause);
  }
}
