package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.rtp.RtpHeader;

/**
 * One encoded frame that many listeners are sent, each under a header of his own: encoded once a
 * tick, for the first of them.
 *
 * @threading the media agent whose call it is of.
 * @allocation all at construction.
 */
public final class SharedPacket {
  private static final long NEVER = Long.MIN_VALUE;

  private final Payload payload;
  private final AudioEncoder encoder;
  private final PacketBuffer packet = new PacketBuffer();
  private int payloadBytes;
  private long madeTick = NEVER;

  SharedPacket(final Payload payload) {
    this.payload = payload;
    encoder = Coders.encoder(payload);
  }

  /** Whether listeners who are sent this are sent these bytes. */
  boolean isFor(final Payload other) {
    return Coders.areAlike(payload, other);
  }

  /**
   * Where nobody was sent this in the tick before, it goes on where the first one's own encoder
   * stands: his decoder, and those of all who come in the same tick, followed that one so far.
   */
  void goOnFrom(final AudioEncoder own, final long tick) {
    if (madeTick != tick && madeTick != tick - 1) {
      encoder.copyFrom(own);
    }
  }

  /** Encodes the frame of a tick, once. */
  public void make(final short[] heard, final RatePlane plane, final long tick) {
    if (madeTick != tick) {
      payloadBytes =
          encoder.encode(heard, 0, plane.frameSamples(), packet.buffer(), RtpHeader.FIXED_BYTES);
      madeTick = tick;
    }
  }

  /** Where it stands: whoever leaves goes on from here, before the frame of the tick is made. */
  AudioEncoder encoder() {
    return encoder;
  }

  PacketBuffer packet() {
    return packet;
  }

  int payloadBytes() {
    return payloadBytes;
  }

  void close() {
    encoder.close();
  }
}
