package dev.conductor.app;

import dev.conductor.config.ConfigException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells an operator what was wrong in one line; a fault of the program itself shows its trace too.
 * The main thread.
 */
final class OneLineErrors implements IExecutionExceptionHandler {
  private static final int FAILED = 1;

  @Override
  public int handleExecutionException(
      final Exception failure, final CommandLine commandLine, final ParseResult parsed) {
    if (failure instanceof ConfigException
        || failure instanceof StartException
        || failure instanceof IOException) {
      commandLine.getErr().println(failure.getMessage());
    } else {
      failure.printStackTrace(commandLine.getErr());
    }
    return FAILED;
  }
}
