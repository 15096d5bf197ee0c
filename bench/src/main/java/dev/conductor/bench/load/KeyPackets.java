package dev.conductor.bench.load;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.TelephoneEvent;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A caller's PIN as RTP events (RFC 4733, section 2.5): each key 100 ms long, its end told three
 * times, 80 ms between two. While there is an event to send, no sound is. The swarm's thread only.
 */
final class KeyPackets {
  /** Payload type of events in our offers. */
  static final int PAYLOAD_TYPE = 101;

  private static final int DOWN_PACKETS = 5;
  private static final int END_REPETITIONS = 2;
  private static final int KEY_PACKETS = 9;
  private static final int VOLUME_DBM0 = -10;

  private final ByteBuffer bytes =
      ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + TelephoneEvent.BYTES);
  private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
  private final String keys;
  private int next;
  private int startTimestamp;

  /**
   * @param delayPackets how long to wait before the first key
   */
  KeyPackets(final String keys, final int delayPackets) {
    this.keys = keys;
    this.next = -delayPackets;
  }

  /** Whether all keys were pressed. */
  boolean isDone() {
    return next >= keys.length() * KEY_PACKETS;
  }

  /**
   * The event due in this packet's time, its header complete but for sequence and source, or null
   * when it is time for sound.
   */
  ByteBuffer next(final int timestamp) {
    final int at = next;
    if (isDone()) {
      return null;
    }
    next++;
    final int step = Math.floorMod(at, KEY_PACKETS);
    if (at < 0 || step >= DOWN_PACKETS + END_REPETITIONS) {
      return null;
    }
    if (step == 0) {
      startTimestamp = timestamp;
    }
    final int downPackets = Math.min(DOWN_PACKETS, step + 1);
    final int event = TelephoneEvent.eventOf(keys.charAt(at / KEY_PACKETS));
    RtpHeader.putFirst(buffer, 0, step == 0, PAYLOAD_TYPE);
    RtpHeader.putTimestamp(buffer, 0, startTimestamp);
    TelephoneEvent.put(
        buffer,
        RtpHeader.FIXED_BYTES,
        event,
        downPackets == DOWN_PACKETS,
        VOLUME_DBM0,
        downPackets * Frames.SAMPLES);
    return bytes;
  }
}
