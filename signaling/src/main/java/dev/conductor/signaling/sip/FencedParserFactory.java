package dev.conductor.signaling.sip;

import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.MessageParserFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;

/**
 * Gives the stack parsers that stand behind our fence.
 *
 * <p>JAIN-SIP makes it by name; {@link #configure} gives the one of a stack its fence before the
 * first listening point, so nothing is shared between stacks. Threads: any.
 */
public final class FencedParserFactory implements MessageParserFactory {
  private ParserFence fence;

  /** Made by name. */
  public FencedParserFactory() {}

  /** Gives it its fence; before the first listening point. */
  void configure(final ParserFence parserFence) {
    fence = parserFence;
  }

  @Override
  public MessageParser createMessageParser(final SIPTransactionStack stack) {
    return new FencedParser(fence);
  }
}
