package dev.conductor.media.session;

import dev.conductor.media.rtp.Sequences;

/**
 * How far the far end's sound got in one read of a socket, by its timestamps: what was lost on the
 * way, or not said at all, is behind us as much as what came. A packet that came twice, or in the
 * wrong order, brings nothing on.
 *
 * @threading the media agent that owns the session.
 * @allocation none.
 */
final class SoundProgress {
  /** A timestamp that goes back by more than this is the first of another stream. */
  private static final int REORDERED_MS = 1_000;

  private static final int FRAME_MS = 20;
  private static final int MS_PER_SECOND = 1_000;

  private boolean isKnown;
  private int endTimestamp;
  private long passedMs;
  private int packetMs = FRAME_MS;

  /** A read begins. */
  void begin() {
    passedMs = 0;
  }

  /** Sound up to here came by another way than {@link #onSound}. */
  void goesOnFrom(final int timestamp) {
    endTimestamp = timestamp;
    isKnown = true;
  }

  /**
   * Sound came and is held.
   *
   * @param durationTicks how long it is, by the clock of its timestamps
   */
  void onSound(final int timestamp, final int durationTicks, final int clockRateHz) {
    packetMs = Math.max(1, durationTicks * MS_PER_SECOND / clockRateHz);
    final int end = timestamp + durationTicks;
    final long ahead = isKnown ? Sequences.timestampDistance(end, endTimestamp) : durationTicks;
    if (ahead <= 0 && ahead > -(long) REORDERED_MS * clockRateHz / MS_PER_SECOND) {
      return;
    }
    passedMs += ahead > 0 ? Math.max(1, ahead * MS_PER_SECOND / clockRateHz) : packetMs;
    endTimestamp = end;
    isKnown = true;
  }

  /** How much was passed since {@link #begin}. */
  long passedMs() {
    return passedMs;
  }

  /** How long the packet is that came last; a frame until one did. */
  int packetMs() {
    return packetMs;
  }
}
