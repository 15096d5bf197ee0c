package dev.conductor.app;

import java.io.Serial;

/** A command of the program could not do what it was told; the message is one line. */
final class CommandFailed extends Exception {
  /** It was understood, and refused or in vain. */
  static final int FAILED = 1;

  /** What was given makes no sense. */
  static final int USAGE = 2;

  /** There is no server where one was looked for. */
  static final int CANNOT_CONNECT = 3;

  @Serial private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandFailed(final int exitCode, final String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
