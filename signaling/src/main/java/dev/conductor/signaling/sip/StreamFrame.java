package dev.conductor.signaling.sip;

import java.util.Locale;

/**
 * Follows a stream of SIP messages far enough to know whether one has begun and is not whole (RFC
 * 3261, section 18.3): the header to its empty line, then as many bytes as Content-Length says.
 * Line ends before a message are taken out of the stream: they say nothing but, two together, that
 * the peer wants a sign of life (RFC 5626, section 4.4.1). What is wrong with a message is not its
 * business. One thread.
 */
final class StreamFrame {
  /** A longer line holds no Content-Length worth reading. */
  private static final int MAX_LINE = 64;

  private static final int MAX_LENGTH_DIGITS = 9;

  private final StringBuilder line = new StringBuilder();
  private boolean begun;
  private boolean afterReturn;
  private boolean afterReturnBetween;
  private boolean lineEmpty = true;
  private int lineEndsBetween;
  private boolean pinged;
  private long messages;
  private long bodyBytes;
  private long bodyLeft;
  private byte last;

  /**
   * Bytes that came. A return on top of a return becomes a space: three at the beginning of a line
   * end the connection's thread in JAIN-SIP 1.3.0-91 (PipelinedMsgParser.readLine).
   *
   * @return how many of them, from the offset on, are of messages; the others are taken out
   */
  int take(final byte[] bytes, final int offset, final int length) {
    int at = offset;
    int kept = offset;
    final int end = offset + length;
    while (at < end) {
      if (bodyLeft > 0) {
        final int taken = (int) Math.min(bodyLeft, end - at);
        System.arraycopy(bytes, at, bytes, kept, taken);
        bodyLeft -= taken;
        at += taken;
        kept += taken;
        begun = bodyLeft > 0;
      } else if (!begun && (bytes[at] == '\r' || bytes[at] == '\n')) {
        takeBetween(bytes[at]);
        at++;
      } else {
        bytes[kept] = bytes[at] == '\r' && afterReturn ? (byte) ' ' : bytes[at];
        takeOfHeader(bytes[kept]);
        at++;
        kept++;
      }
    }
    last = kept > offset ? bytes[kept - 1] : last;
    return kept - offset;
  }

  private void takeBetween(final byte b) {
    lineEndsBetween += b == '\n' && afterReturnBetween ? 1 : 0;
    afterReturnBetween = b == '\r';
    if (lineEndsBetween == 2) {
      lineEndsBetween = 0;
      pinged = true;
    }
  }

  private void takeOfHeader(final byte b) {
    afterReturn = b == '\r';
    if (b == '\n') {
      endLine();
    } else if (b != '\r') {
      messages += begun ? 0 : 1;
      begun = true;
      lineEmpty = false;
      lineEndsBetween = 0;
      afterReturnBetween = false;
      if (line.length() < MAX_LINE) {
        line.append((char) (b & 0xFF));
      }
    }
  }

  private void endLine() {
    if (lineEmpty && begun) {
      bodyLeft = bodyBytes;
      begun = bodyLeft > 0;
      bodyBytes = 0;
    } else if (!lineEmpty) {
      readLength(line.toString());
    }
    line.setLength(0);
    lineEmpty = true;
  }

  private void readLength(final String text) {
    final int colon = text.indexOf(':');
    final String name = colon < 0 ? "" : text.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    if (name.equals("content-length") || name.equals("l")) {
      final String digits = text.substring(colon + 1).strip();
      final boolean isNumber =
          !digits.isEmpty()
              && digits.length() <= MAX_LENGTH_DIGITS
              && digits.chars().allMatch(c -> c >= '0' && c <= '9');
      bodyBytes = isNumber ? Long.parseLong(digits) : 0;
    }
  }

  /** Whether the peer has asked for a sign of life since this was asked last. */
  boolean takePing() {
    final boolean was = pinged;
    pinged = false;
    return was;
  }

  /** Whether the last byte of a message was a return. */
  boolean endsInReturn() {
    return last == '\r';
  }

  /** How many messages have begun. */
  long messages() {
    return messages;
  }

  /** Whether a message has begun and is not whole. */
  boolean isPartial() {
    return begun;
  }
}
