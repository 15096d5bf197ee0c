package dev.conductor.media.mix;

import dev.conductor.media.dsp.Ramp;
import dev.conductor.media.dsp.RateConverter;
import dev.conductor.media.dsp.RatePlane;

/**
 * One source's voice on one plane: resampled once a tick, with its gain, for every mix and listener
 * that asks.
 *
 * @threading the call's home agent.
 * @allocation all at construction.
 * @units 16-bit linear PCM with up to 24 dB of gain.
 */
final class PlaneVoice {
  private final RatePlane from;
  private final RatePlane plane;
  private final int[] voice;

  /** Null where the source's rate is the plane's. */
  private final RateConverter converter;

  private final short[] converted;

  /** The tick that {@link #voice} is of. */
  private int madeTick;

  PlaneVoice(final RatePlane from, final RatePlane plane) {
    this.from = from;
    this.plane = plane;
    voice = new int[plane.frameSamples()];
    converter = from == plane ? null : new RateConverter(from, plane);
    converted = from == plane ? null : new short[plane.frameSamples()];
  }

  /** The rate of the source. */
  RatePlane from() {
    return from;
  }

  RatePlane plane() {
    return plane;
  }

  /** Another caller's voice comes next. */
  void forget() {
    madeTick = 0;
  }

  /** The voice in this tick; the first to ask has it made. */
  int[] voice(final Route route, final int tick) {
    if (madeTick != tick) {
      Ramp.scale(plane, atThisRate(route, tick), voice, route.gainInFromQ15, route.gainInToQ15);
      madeTick = tick;
    }
    return voice;
  }

  private short[] atThisRate(final Route route, final int tick) {
    if (converter == null) {
      return route.voiceIn;
    }
    if (madeTick != tick - 1) {
      // What it remembers is of another time.
      converter.reset();
    }
    converter.process(route.voiceIn, converted);
    return converted;
  }
}
