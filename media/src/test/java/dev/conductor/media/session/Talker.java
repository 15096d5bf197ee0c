package dev.conductor.media.session;

import dev.conductor.media.rtp.RtpHeader;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A phone that talks by a clock of its own: payloads of bytes out of a voice that repeats, in
 * packets of any lengths. A packet leaves when its last sample was spoken.
 */
final class Talker {
  /** What the phone says. */
  @FunctionalInterface
  interface Voice {
    byte code(int sampleIndex);
  }

  private static final long NS_PER_SECOND = 1_000_000_000;

  private final int rateHz;
  private final double driftPpm;
  private final Voice voice;
  private long spokenSamples;
  private long packets;

  int ssrc = 7;
  int payloadType;
  int sequence = 65_000;
  int timestamp = -50_000;
  int[] packetMs = {20};

  Talker(final int rateHz, final double driftPpm, final Voice voice) {
    this.rateHz = rateHz;
    this.driftPpm = driftPpm;
    this.voice = voice;
  }

  private int nextSamples() {
    return packetMs[(int) (packets % packetMs.length)] * rateHz / 1_000;
  }

  /** When the next packet leaves; positive drift is a clock that runs fast. */
  long dueNs() {
    final double seconds = (double) (spokenSamples + nextSamples()) / rateHz;
    return (long) (seconds * NS_PER_SECOND / (1 + driftPpm / 1e6));
  }

  /** Says nothing and sends nothing for a while. */
  void pause(final int ms) {
    spokenSamples += ms * rateHz / 1_000;
    timestamp += ms * rateHz / 1_000;
  }

  /** The next packet. */
  byte[] packet() {
    final int samples = nextSamples();
    final byte[] bytes = new byte[RtpHeader.FIXED_BYTES + samples];
    final UnsafeBuffer packet = new UnsafeBuffer(bytes);
    RtpHeader.putFirst(packet, 0, false, payloadType);
    RtpHeader.putSequence(packet, 0, sequence++);
    RtpHeader.putTimestamp(packet, 0, timestamp);
    RtpHeader.putSsrc(packet, 0, ssrc);
    for (int i = 0; i < samples; i++) {
      bytes[RtpHeader.FIXED_BYTES + i] = voice.code((int) ((spokenSamples + i) % (rateHz * 60L)));
    }
    spokenSamples += samples;
    timestamp += samples;
    packets++;
    return bytes;
  }
}
