package dev.conductor.signaling.sip;

import gov.nist.core.LogLevels;
import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What JAIN-SIP says, over slf4j, a few lines a second. It says much that a peer causes, so even
 * its errors are of level debug here; its own trace levels are off, so that no text is built for
 * them.
 *
 * <p>Threads: any. JAIN-SIP makes it by name and keeps the last one made for the whole JVM, so it
 * holds nothing of a stack.
 */
public final class FencedStackLogger implements StackLogger {
  private static final Logger LOG = LoggerFactory.getLogger("dev.conductor.signaling.stack");

  private final LogLimit limit = new LogLimit(5);

  /** Made by name. */
  public FencedStackLogger() {}

  private void say(final String text, final Throwable cause) {
    if (LOG.isDebugEnabled() && limit.admit()) {
      LOG.debug("{}", text, cause);
    }
  }

  @Override
  public void logStackTrace() {
    // Traces are off.
  }

  @Override
  public void logStackTrace(final int traceLevel) {
    // Traces are off.
  }

  @Override
  public int getLineCount() {
    return 0;
  }

  @Override
  public void logException(final Throwable ex) {
    say("the stack caught", ex);
  }

  @Override
  public void logDebug(final String message) {
    // Traces are off.
  }

  @Override
  public void logDebug(final String message, final Exception ex) {
    // Traces are off.
  }

  @Override
  public void logTrace(final String message) {
    // Traces are off.
  }

  @Override
  public void logFatalError(final String message) {
    say(message, null);
  }

  @Override
  public void logError(final String message) {
    say(message, null);
  }

  @Override
  public void logError(final String message, final Exception ex) {
    say(message, ex);
  }

  @Override
  public void logWarning(final String message) {
    say(message, null);
  }

  @Override
  public void logInfo(final String message) {
    // Too much of it.
  }

  @Override
  public boolean isLoggingEnabled() {
    return LOG.isDebugEnabled();
  }

  @Override
  public boolean isLoggingEnabled(final int logLevel) {
    return logLevel <= LogLevels.TRACE_WARN && LOG.isDebugEnabled();
  }

  @Override
  public void disableLogging() {
    // slf4j's configuration decides.
  }

  @Override
  public void enableLogging() {
    // slf4j's configuration decides.
  }

  @Override
  public void setBuildTimeStamp(final String buildTimeStamp) {
    // Of no use.
  }

  @Override
  public void setStackProperties(final Properties stackProperties) {
    // None of them is ours.
  }

  @Override
  public String getLoggerName() {
    return LOG.getName();
  }
}
