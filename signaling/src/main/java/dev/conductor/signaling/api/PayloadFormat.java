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
}
