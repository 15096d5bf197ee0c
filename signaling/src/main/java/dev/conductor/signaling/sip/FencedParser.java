package dev.conductor.signaling.sip;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.MessageParser;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.util.Set;

/**
 * The stack's parser behind a scan of the bytes. What fails is answered by us and dropped: the
 * stack gets a message that is whole, or null, and never an exception.
 *
 * <p>Threads: the stack's one UDP thread, or the connection's own.
 */
final class FencedParser implements MessageParser {
  /** Fields without which a message cannot be answered or matched; others may be unreadable. */
  private static final Set<Class<?>> VITAL =
      Set.of(
          From.class,
          To.class,
          CSeq.class,
          Via.class,
          CallID.class,
          ContentLength.class,
          RequestLine.class,
          StatusLine.class);

  private final ParserFence fence;
  private final StringMsgParser parser = new StringMsgParser();

  /** After a refusal a stream has lost its framing: what still comes on it is not looked at. */
  private boolean finished;

  FencedParser(final ParserFence fence) {
    this.fence = fence;
  }

  @Override
  public SIPMessage parseSIPMessage(
      final byte[] bytes,
      final boolean readBody,
      final boolean strict,
      final ParseExceptionListener handler)
      throws ParseException {
    if (!(handler instanceof MessageChannel channel)) {
      throw new ParseException("not from a channel", 0);
    }
    final InetSocketAddress source = fence.source(channel);
    final RawMessage raw = finished ? null : RawMessage.of(bytes);
    if (raw == null) {
      return null;
    }
    final BadMessage problem = fence.scan().check(raw, bytes.length, readBody);
    if (problem != null) {
      refuse(raw, problem, channel, source);
      return null;
    }
    try {
      final SIPMessage message = parser.parseSIPMessage(bytes, readBody, strict, this::onBadField);
      final BadMessage wrong = check(message, channel);
      if (wrong == null) {
        return message;
      }
      refuse(raw, wrong, channel, source);
    } catch (final ParseException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      refuse(raw, BadMessage.of("cannot be parsed"), channel, source);
    }
    return null;
  }

  private void refuse(
      final RawMessage raw,
      final BadMessage problem,
      final MessageChannel channel,
      final InetSocketAddress source) {
    finished = !(channel instanceof UDPMessageChannel);
    fence.refuse(raw, problem, channel, source);
  }

  @SuppressWarnings("rawtypes")
  private void onBadField(
      final ParseException problem,
      final SIPMessage message,
      final Class type,
      final String field,
      final String text)
      throws ParseException {
    if (type != null && VITAL.contains(type)) {
      throw problem;
    }
    message.addUnparsed(field);
  }

  /** What the stack would stumble over later. */
  private static BadMessage check(final SIPMessage message, final MessageChannel channel) {
    if (message == null
        || message.getFrom() == null
        || message.getTo() == null
        || message.getCallId() == null
        || message.getCSeq() == null
        || message.getTopmostVia() == null) {
      return BadMessage.of("a needed header field cannot be read");
    }
    if (!channel.getTransport().equalsIgnoreCase(message.getTopmostVia().getTransport())) {
      return BadMessage.of("via names another transport");
    }
    if (message instanceof SIPRequest request) {
      if (request.getRequestLine() == null || request.getRequestURI() == null) {
        return BadMessage.of("request line");
      }
      if (!request.getMethod().equals(request.getCSeq().getMethod())) {
        return BadMessage.of("method is not that of cseq");
      }
    }
    return null;
  }
}
