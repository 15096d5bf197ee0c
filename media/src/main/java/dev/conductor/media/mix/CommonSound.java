package dev.conductor.media.mix;

import dev.conductor.media.dsp.RatePlane;

/**
 * A sound that is nobody's voice and the same for many: a tone played to all of a call, or the
 * music of those who wait in any call.
 *
 * @threading the agent that owns the calls.
 * @allocation none.
 */
@FunctionalInterface
public interface CommonSound {
  /** Nothing. */
  CommonSound NONE = plane -> null;

  /** The frame of this tick, the same each time it is asked for; null where nothing sounds. */
  short[] frame(RatePlane plane);
}
