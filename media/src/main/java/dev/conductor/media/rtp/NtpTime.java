package dev.conductor.media.rtp;

/**
 * The clock of RTCP (RFC 3550, section 4): NTP's 64 bits, seconds since 1900 above, a fraction of
 * 2^-32 s below, and their middle 32 bits, which count 2^-16 s and wrap every 18 hours.
 *
 * @threading stateless.
 * @allocation none.
 * @units nanoseconds on our side.
 */
public final class NtpTime {
  private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
  private static final long NS_A_SECOND = 1_000_000_000L;
  private static final int FRACTION_BITS = 32;
  private static final int SHORT_BITS = 16;
  private static final long UNSIGNED_32 = 0xFFFF_FFFFL;

  /** A short time cannot say more: a little over 18 hours. */
  private static final long LONGEST_NS = NS_A_SECOND << SHORT_BITS;

  private NtpTime() {}

  /** The 64 bits of a time given in nanoseconds since 1970. */
  public static long of(final long unixNs) {
    final long seconds = Math.floorDiv(unixNs, NS_A_SECOND) + SECONDS_1900_TO_1970;
    final long fraction = (Math.floorMod(unixNs, NS_A_SECOND) << FRACTION_BITS) / NS_A_SECOND;
    return seconds << FRACTION_BITS | fraction;
  }

  /** The middle 32 bits, as a report block returns them. */
  public static int middle(final long ntpTime) {
    return (int) (ntpTime >>> SHORT_BITS);
  }

  /** A span as 32 bits that count 2^-16 s; one too long for them becomes the longest. */
  public static int shortOf(final long spanNs) {
    return spanNs >= LONGEST_NS
        ? (int) UNSIGNED_32
        : (int) ((Math.max(0, spanNs) << SHORT_BITS) / NS_A_SECOND);
  }

  /** How far short time {@code a} is ahead of {@code b}; negative when it is earlier. */
  public static long distanceNs(final int a, final int b) {
    return (a - b) * NS_A_SECOND >> SHORT_BITS;
  }
}
