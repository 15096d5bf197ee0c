package dev.conductor.store;

/** The store cannot be opened, read or written; the message says which file and why. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message of its own. */
  public StoreException(final String message) {
    super(message);
  }

  /** With the cause's own words behind the message. */
  public StoreException(final String message, final Throwable cause) {
    super(message + ": " + reason(cause), cause);
  }

  /**
   * What went wrong at the bottom, without the statement and its arguments, which may hold secrets.
   */
  static String reason(final Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
