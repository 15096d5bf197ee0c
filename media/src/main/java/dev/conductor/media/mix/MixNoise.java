package dev.conductor.media.mix;

import dev.conductor.media.dsp.ComfortNoise;
import dev.conductor.media.dsp.RatePlane;

/**
 * The constant noise under mixes that leave lines out: one frame a plane and tick, the same for all
 * of them.
 *
 * @threading the call's home agent.
 * @allocation a plane's frame when it is first asked for.
 */
final class MixNoise {
  private static final int PLANES = RatePlane.values().length;

  private final ComfortNoise noise = new ComfortNoise(1);
  private final short[][] frames = new short[PLANES][];
  private final int[] madeTick = new int[PLANES];

  /** The frame of a tick. */
  short[] frame(final RatePlane plane, final int tick) {
    final int at = plane.ordinal();
    if (frames[at] == null) {
      frames[at] = new short[plane.frameSamples()];
    }
    if (madeTick[at] != tick) {
      madeTick[at] = tick;
      noise.fill(frames[at], plane.frameSamples());
    }
    return frames[at];
  }
}
