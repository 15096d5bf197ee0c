package dev.conductor.media.status;

/**
 * What media counts; one constant an outcome.
 *
 * @threading immutable.
 * @allocation none.
 */
public enum MediaCounter {
  /** RTP packets read from sockets, good or bad. */
  RTP_RECEIVED("rtp.received"),
  /** RTP packets handed to the network. */
  RTP_SENT("rtp.sent"),
  /** Ticks run, those caught up after a stall included. */
  TICKS("agent.ticks"),
  /** Ticks that were never run because a stall was too long to catch up. */
  TICKS_SKIPPED("agent.ticks-skipped"),
  /** Clips asked for that are in no library. */
  CLIPS_UNKNOWN("prompt.clips-unknown");

  private final String label;

  MediaCounter(final String label) {
    this.label = label;
  }

  /** The name shown to operators, as {@code rtp.received}. */
  public String label() {
    return label;
  }
}
