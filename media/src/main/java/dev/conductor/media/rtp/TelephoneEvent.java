package dev.conductor.media.rtp;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Accessors over the payload of one telephone-event report (RFC 4733, section 2.3).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |     event     |E|R| volume    |          duration             |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @threading stateless.
 * @allocation none.
 * @units durations in ticks of the payload's clock.
 */
public final class TelephoneEvent {
  /** Bytes of a report. */
  public static final int BYTES = 4;

  /** What {@link #digit} answers for an event that is no key. */
  public static final char NO_DIGIT = 0;

  private static final String DIGITS = "0123456789*#ABCD";
  private static final int BYTE_MASK = 0xFF;
  private static final int END_BIT = 0x80;
  private static final int VOLUME_MASK = 0x3F;
  private static final int FLAGS_OFFSET = 1;
  private static final int DURATION_OFFSET = 2;

  private TelephoneEvent() {}

  /** The event's code: 0..255. */
  public static int event(final DirectBuffer payload, final int offset) {
    return payload.getByte(offset) & BYTE_MASK;
  }

  /** Whether the event is over. */
  public static boolean end(final DirectBuffer payload, final int offset) {
    return (payload.getByte(offset + FLAGS_OFFSET) & END_BIT) != 0;
  }

  /** The level of the tone: -63..0 dBm0. */
  public static int volumeDbm0(final DirectBuffer payload, final int offset) {
    return -(payload.getByte(offset + FLAGS_OFFSET) & VOLUME_MASK);
  }

  /** How long the event has lasted so far. */
  public static int durationTicks(final DirectBuffer payload, final int offset) {
    return Sequences.unsigned(payload.getShort(offset + DURATION_OFFSET, BIG_ENDIAN));
  }

  /** Writes a report. */
  public static void put(
      final MutableDirectBuffer payload,
      final int offset,
      final int event,
      final boolean end,
      final int volumeDbm0,
      final int durationTicks) {
    payload.putByte(offset, (byte) event);
    payload.putByte(
        offset + FLAGS_OFFSET, (byte) ((end ? END_BIT : 0) | (-volumeDbm0 & VOLUME_MASK)));
    payload.putShort(offset + DURATION_OFFSET, (short) durationTicks, BIG_ENDIAN);
  }

  /** The key of an event (section 3.2): 0-9, *, #, A-D, or {@link #NO_DIGIT}. */
  public static char digit(final int event) {
    return event >= 0 && event < DIGITS.length() ? DIGITS.charAt(event) : NO_DIGIT;
  }

  /** The event of a key, or -1 for none. */
  public static int eventOf(final char digit) {
    return DIGITS.indexOf(digit);
  }
}
