package dev.conductor.media.rtp;

/**
 * Which packets of one source came already (RFC 3711, section 3.3.2): the highest index and the
 * {@value #WINDOW} at and below it. Only genuine packets are noted.
 *
 * @threading one thread at a time.
 * @allocation none after construction.
 */
final class ReplayWindow {
  /** How many indices, down from the highest, are told apart. */
  static final int WINDOW = 64;

  private static final long NONE = -1;
  private static final int MASK_16 = 0xFFFF;

  private long highest = NONE;

  /** Bit n stands for the index n below the highest. */
  private long seen;

  /**
   * The index of an RTP packet, as the highest so far makes it likely (RFC 3711, appendix A).
   *
   * @return 48 bits; negative for one before the stream's first lap, which cannot be
   */
  long guess(final int sequence) {
    return highest == NONE
        ? sequence & MASK_16
        : highest + Sequences.distance(sequence, (int) highest & MASK_16);
  }

  /** Whether a packet of this index may be taken: neither seen nor below the window. */
  boolean isNew(final long index) {
    if (index < 0) {
      return false;
    }
    final long below = highest - index;
    return highest == NONE || below < 0 || below < WINDOW && (seen >>> below & 1) == 0;
  }

  /** A genuine packet had this index. */
  void note(final long index) {
    final long ahead = highest == NONE ? WINDOW : index - highest;
    if (ahead > 0) {
      seen = ahead >= WINDOW ? 1 : seen << ahead | 1;
      highest = index;
    } else {
      seen |= 1L << -ahead;
    }
  }
}
