package dev.conductor.demo;

/**
 * What a phone has received since its call was answered. Immutable.
 *
 * @param packets sound packets taken
 * @param gaps sequence numbers that never came, or came late
 * @param late packets that came after a later one, or twice
 * @param foreign datagrams that were no RTP of the agreed payload type
 * @param longestWaitMs longest time between two packets
 */
public record Received(long packets, long gaps, long late, long foreign, long longestWaitMs) {
  /** Nothing yet. */
  public static final Received NOTHING = new Received(0, 0, 0, 0, 0);

  /** Both together; the longer of the two waits. */
  public Received plus(final Received other) {
    return new Received(
        packets + other.packets,
        gaps + other.gaps,
        late + other.late,
        foreign + other.foreign,
        Math.max(longestWaitMs, other.longestWaitMs));
  }
}
