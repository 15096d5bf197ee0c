package dev.conductor.signaling.sip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.util.Properties;
import javax.sip.SipStack;

/**
 * JAIN-SIP's log of messages, kept silent: messages hold numbers and PINs.
 *
 * <p>Threads: any. JAIN-SIP makes it by name.
 */
public final class FencedServerLogger implements ServerLogger {
  /** Made by name. */
  public FencedServerLogger() {}

  @Override
  public void closeLogFile() {
    // There is none.
  }

  @Override
  public void logMessage(
      final SIPMessage message,
      final String from,
      final String to,
      final boolean sender,
      final long time) {
    // Messages are not logged.
  }

  @Override
  public void logMessage(
      final SIPMessage message,
      final String from,
      final String to,
      final String status,
      final boolean sender,
      final long time) {
    // Messages are not logged.
  }

  @Override
  public void logMessage(
      final SIPMessage message,
      final String from,
      final String to,
      final String status,
      final boolean sender) {
    // Messages are not logged.
  }

  @Override
  public void logException(final Exception ex) {
    // The stack logger hears of it too.
  }

  @Override
  public void setStackProperties(final Properties stackProperties) {
    // None of them is ours.
  }

  @Override
  public void setSipStack(final SipStack sipStack) {
    // Not needed.
  }
}
