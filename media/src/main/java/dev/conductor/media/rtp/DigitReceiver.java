package dev.conductor.media.rtp;

import org.agrona.DirectBuffer;

/**
 * Finds the keys in one line's telephone events (RFC 4733). A key counts at its first packet,
 * whichever of its packets that is (a lone end packet will do), and once for each SSRC and
 * timestamp; repeats, late packets of a key before it and the further segments of a long press
 * (section 2.5.1.3) say nothing new. A press ends with its end packet, or when nothing was heard of
 * it for 60 ms.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds.
 */
public final class DigitReceiver {
  private static final long SILENT_NS = 60_000_000;
  private static final int REMEMBERED = 8;
  private static final int SEGMENT_TICKS = Sequences.unsigned(-1);

  private final int[] takenSsrc = new int[REMEMBERED];
  private final int[] takenTimestamp = new int[REMEMBERED];
  private int takenCount;
  private int takenIndex;

  private boolean pressed;
  private int event;
  private int ssrc;
  private int timestamp;
  private long heardNs;

  /** A receiver that has heard no key. */
  public DigitReceiver() {}

  /**
   * Takes one report.
   *
   * @param packet the packet, whose header was found valid
   * @param offset of the packet
   * @param payloadOffset of the report, from the packet's first byte; {@link TelephoneEvent#BYTES}
   *     are there
   * @param nowNs now
   * @return the key if one was just pressed, or {@link TelephoneEvent#NO_DIGIT}
   */
  public char onPacket(
      final DirectBuffer packet, final int offset, final int payloadOffset, final long nowNs) {
    final int packetSsrc = RtpHeader.ssrc(packet, offset);
    final int packetTimestamp = RtpHeader.timestamp(packet, offset);
    final int reportAt = offset + payloadOffset;
    final int reported = TelephoneEvent.event(packet, reportAt);
    final boolean end = TelephoneEvent.end(packet, reportAt);
    if (isTaken(packetSsrc, packetTimestamp)) {
      if (packetSsrc == ssrc && packetTimestamp == timestamp) {
        update(end, nowNs);
      }
      return TelephoneEvent.NO_DIGIT;
    }
    final boolean further = isFurtherSegment(reported, packetSsrc, packetTimestamp);
    take(packetSsrc, packetTimestamp);
    event = reported;
    pressed = true;
    update(end, nowNs);
    return further ? TelephoneEvent.NO_DIGIT : TelephoneEvent.digit(reported);
  }

  /** Whether a key is down: no end packet came, and something was heard of it within 60 ms. */
  public boolean isPressed(final long nowNs) {
    return pressed && nowNs - heardNs < SILENT_NS;
  }

  private void update(final boolean end, final long nowNs) {
    // Packets may be out of order: the end, once heard, stands.
    pressed &= !end;
    heardNs = nowNs;
  }

  /**
   * Whether this goes on where the last one had to stop. However long nothing was heard of it: the
   * packets about the seam may be lost, and no phone presses again exactly there.
   */
  private boolean isFurtherSegment(
      final int reported, final int packetSsrc, final int packetTimestamp) {
    return pressed
        && reported == event
        && packetSsrc == ssrc
        && Sequences.timestampDistance(packetTimestamp, timestamp) == SEGMENT_TICKS;
  }

  private boolean isTaken(final int packetSsrc, final int packetTimestamp) {
    for (int i = 0; i < takenCount; i++) {
      if (takenSsrc[i] == packetSsrc && takenTimestamp[i] == packetTimestamp) {
        return true;
      }
    }
    return false;
  }

  private void take(final int packetSsrc, final int packetTimestamp) {
    ssrc = packetSsrc;
    timestamp = packetTimestamp;
    takenSsrc[takenIndex] = packetSsrc;
    takenTimestamp[takenIndex] = packetTimestamp;
    takenIndex = (takenIndex + 1) % REMEMBERED;
    takenCount = Math.min(takenCount + 1, REMEMBERED);
  }
}
