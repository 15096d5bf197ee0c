package dev.conductor.app;

import dev.conductor.config.ConfigException;
import dev.conductor.store.StoreException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells an operator what was wrong in one line; a fault of the program itself shows its trace too.
 * The main thread.
 */
final class OneLineErrors implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(
      final Exception failure, final CommandLine commandLine, final ParseResult parsed) {
    if (failure instanceof CommandFailed failed) {
      commandLine.getErr().println(failed.getMessage());
      return failed.exitCode();
    }
    if (failure instanceof ConfigException
        || failure instanceof StartException
        || failure instanceof StoreException
        || failure instanceof IOException) {
      commandLine.getErr().println(failure.getMessage());
    } else {
      failure.printStackTrace(commandLine.getErr());
    }
    return CommandFailed.FAILED;
  }
}
