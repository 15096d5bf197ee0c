package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.dsp.Level;
import dev.conductor.media.dsp.Limiter;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.rtp.RtpHeader;

/**
 * Limits and encodes what one line hears, and knows when the line may be sent what others are sent.
 *
 * <p>A line joins others when its limiter stands where theirs does, and, where the codec has a
 * state, in a pause: when for a second its own encoder has been given what theirs was, the last 200
 * ms of it nearly silent. By then both encoders stand alike, and what they still differ by is too
 * faint to be heard; in the middle of a tone they may differ for ever. A line that leaves goes on
 * from where the shared limiter and encoder stand. So its decoder never meets a stranger.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class VoiceEncoder {
  private static final int TICKS_PER_SECOND = 50;
  private static final int STEADY_TICKS = 50;
  private static final int QUIET_TICKS = 10;

  /** A frame without a louder sample is a pause: -46 dB of full scale, above comfort noise. */
  private static final int QUIET_PEAK = 160;

  private static final long NEVER = Long.MIN_VALUE;

  private final Payload payload;
  private final RatePlane plane;
  private final AudioEncoder encoder;
  private final boolean hasState;
  private final int payloadType;
  private final int ticksPerFrame;
  private final Limiter limiter = new Limiter();

  /** With whom it shared last, or might have. */
  private SharedPackets group;

  private SharedPacket shared;
  private long sharedTick = NEVER;

  /** When it was asked last whether it may share. */
  private long askedTick = NEVER;

  private int steadyTicks;

  /** How many frames of its own were pauses, up to the last. */
  private int quietTicks;

  VoiceEncoder(final Payload payload) {
    this.payload = payload;
    plane = RatePlane.of(payload.codec().sampleRateHz());
    encoder = Coders.encoder(payload);
    hasState = encoder.hasState();
    payloadType = payload.payloadType();
    ticksPerFrame = payload.codec().clockRateHz() / TICKS_PER_SECOND;
  }

  Payload payload() {
    return payload;
  }

  int payloadType() {
    return payloadType;
  }

  /** How far the timestamp goes on in a frame. */
  int ticksPerFrame() {
    return ticksPerFrame;
  }

  RatePlane plane() {
    return plane;
  }

  boolean hasState() {
    return hasState;
  }

  /**
   * Whether this tick's frame may be the group's. Once a tick.
   *
   * @param candidate null when the line hears what nobody else does
   */
  boolean mayShare(final SharedPackets candidate, final long tick) {
    askedTick = tick;
    if (candidate == null) {
      steadyTicks = 0;
      return false;
    }
    if (group == candidate && sharedTick == tick - 1) {
      return true;
    }
    steadyTicks = group == candidate ? steadyTicks + 1 : 0;
    final boolean leaves = sharedTick == tick - 1;
    if (!leaves && group != candidate) {
      group = candidate;
      shared = null;
    }
    return !leaves
        && limiter.isLike(candidate.limiterBefore())
        && (!hasState || steadyTicks >= STEADY_TICKS && quietTicks >= QUIET_TICKS);
  }

  /** The packet it shared last with this group, or null. */
  SharedPacket sharedWith(final SharedPackets candidate) {
    return group == candidate ? shared : null;
  }

  /** Begins to share a packet, before the frame of the tick is made. */
  void join(final SharedPacket packet, final long tick) {
    packet.goOnFrom(encoder, tick);
  }

  /** Shares this tick's packet. */
  void share(final SharedPackets with, final SharedPacket packet, final long tick) {
    group = with;
    shared = packet;
    sharedTick = tick;
  }

  /** It was shared on, up to this tick. */
  void onShared(final long tick) {
    askedTick = tick;
    sharedTick = tick;
  }

  /**
   * Encodes a frame of its own, behind a header's room in the context's buffer. Before what it
   * shared with is encoded in this tick.
   *
   * @return bytes of the payload
   */
  int encode(final TickContext context, final int[] room) {
    if (sharedTick == context.tick() - 1) {
      limiter.copyFrom(group.limiterBefore());
      encoder.copyFrom(shared.encoder());
      shared = null;
      sharedTick = NEVER;
      steadyTicks = 0;
    }
    limiter.limit(plane, room, context.heard());
    final int peak = hasState ? Level.peak(context.heard(), 0, plane.frameSamples()) : 0;
    quietTicks = peak <= QUIET_PEAK ? quietTicks + 1 : 0;
    return encoder.encode(
        context.heard(), 0, plane.frameSamples(), context.out().buffer(), RtpHeader.FIXED_BYTES);
  }

  /** Ticks before this one were skipped, by everybody: whoever shared goes on sharing. */
  void onSkipped(final long tick) {
    if (sharedTick == askedTick && sharedTick != NEVER) {
      sharedTick = tick - 1;
    }
  }

  void close() {
    encoder.close();
  }
}
