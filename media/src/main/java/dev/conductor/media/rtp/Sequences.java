package dev.conductor.media.rtp;

/**
 * Arithmetic of numbers that wrap: 16-bit sequence numbers and 32-bit timestamps (RFC 1982, as RFC
 * 3550 uses it). The only place that knows where they wrap.
 *
 * @threading stateless.
 * @allocation none.
 */
public final class Sequences {
  private static final int MASK_16 = 0xFFFF;

  private Sequences() {}

  /** The 16 bits of a sequence number, or of another unsigned field, as 0..65535. */
  public static int unsigned(final int bits) {
    return bits & MASK_16;
  }

  /** The sequence number after this one. */
  public static int next(final int sequence) {
    return (sequence + 1) & MASK_16;
  }

  /** How far {@code a} is ahead of {@code b}: -32768..32767, negative when {@code a} is older. */
  public static int distance(final int a, final int b) {
    return (short) (a - b);
  }

  /** How far timestamp {@code a} is ahead of {@code b}, in ticks; negative when it is older. */
  public static int timestampDistance(final int a, final int b) {
    return a - b;
  }
}
