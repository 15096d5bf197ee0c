package dev.conductor.bench.load;

import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds the first sample of a burst in what one caller hears: the first above a third of its
 * amplitude after 50 ms below. The sum of some thousand lines' noise stays far below that. The
 * swarm's thread only.
 */
final class Onset {
  /** What {@link #find} answers when no burst begins in this packet. */
  static final int NONE = -1;

  private static final int THRESHOLD = Frames.BURST_AMPLITUDE / 3;
  private static final int QUIET_SAMPLES = 400;

  private final G711Ulaw decoder = new G711Ulaw();
  private final DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
  private final short[] samples = new short[Swarm.MAX_PACKET_BYTES];
  private int quietSamples;

  /** The index of the sample where a burst begins, or {@link #NONE}. */
  int find(final ByteBuffer packet) {
    final int length = packet.limit() - RtpHeader.FIXED_BYTES;
    buffer.wrap(packet, RtpHeader.FIXED_BYTES, length);
    final int count = decoder.decode(buffer, 0, length, samples, 0);
    int found = NONE;
    for (int i = 0; i < count; i++) {
      if (Math.abs(samples[i]) < THRESHOLD) {
        quietSamples++;
      } else {
        if (quietSamples >= QUIET_SAMPLES) {
          found = i;
        }
        quietSamples = 0;
      }
    }
    return found;
  }
}
