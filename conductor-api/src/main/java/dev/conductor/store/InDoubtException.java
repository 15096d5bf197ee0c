package dev.conductor.store;

/**
 * The connection was lost while the database was told to commit: whether it has is not known before
 * the same batches are tried once more.
 */
final class InDoubtException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InDoubtException(final Throwable lost) {
    super(lost);
  }
}
