package dev.conductor.signaling.api;

import java.util.Objects;

/**
 * One agreed format of an audio line (RFC 8866, sections 6.6 and 6.15). Any thread; immutable.
 *
 * @param payloadType 0..127
 * @param encodingName as in {@code a=rtpmap}, upper case; {@code TELEPHONE-EVENT} for keys
 * @param clockRateHz the RTP clock
 * @param channels 1 or 2
 * @param parameters {@code a=fmtp}'s text, empty for none
 */
public record PayloadFormat(
    int payloadType, String encodingName, int clockRateHz, int channels, String parameters) {
  /** The encoding name of RFC 4733, section 7.1.1. */
  public static final String TELEPHONE_EVENT = "TELEPHONE-EVENT";

  /** The keys we speak of: 0 to 9, star, pound and A to D (RFC 4733, section 2.5.1.1). */
  public static final String KEYS = "0-15";

  /** A value that is not there or is no number. */
  public static final int NO_NUMBER = -1;

  private static final int MAX_DIGITS = 9;

  /** Checks the ranges. */
  public PayloadFormat {
    Objects.requireNonNull(encodingName, "encodingName");
    if (payloadType < 0 || payloadType > 127) {
      throw new IllegalArgumentException("payloadType " + payloadType + " is not in 0..127");
    }
  }

  /** Whether this carries keys, not sound. */
  public boolean isTelephoneEvent() {
    return TELEPHONE_EVENT.equals(encodingName);
  }

  /**
   * The number a parameter says, as {@code maxplaybackrate=16000} in a list parted by semicolons
   * does; of two with one name the first. Letter case of the name is ignored.
   *
   * @return {@link #NO_NUMBER} where it is missing or not a number of up to nine digits
   */
  public int numberOf(final String parameter) {
    for (final String part : parameters.split(";", -1)) {
      final int equals = part.indexOf('=');
      if (equals >= 0 && part.substring(0, equals).trim().equalsIgnoreCase(parameter)) {
        return number(part.substring(equals + 1).trim());
      }
    }
    return NO_NUMBER;
  }

  private static int number(final String text) {
    final boolean number =
        !text.isEmpty()
            && text.length() <= MAX_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    return number ? Integer.parseInt(text) : NO_NUMBER;
  }
}
