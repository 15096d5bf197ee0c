package dev.conductor.media.mix;

import dev.conductor.media.dsp.RatePlane;

/**
 * A sound that everybody in a call hears besides the voices, as a tone played to all.
 *
 * @threading the call's home agent.
 * @allocation none.
 */
@FunctionalInterface
public interface CommonSound {
  /** Nothing. */
  CommonSound NONE = plane -> null;

  /** The frame of this tick, the same each time it is asked for; null where nothing sounds. */
  short[] frame(RatePlane plane);
}
