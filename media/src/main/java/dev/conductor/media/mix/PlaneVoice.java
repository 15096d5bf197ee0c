package dev.conductor.media.mix;

import dev.conductor.media.dsp.Ramp;
import dev.conductor.media.dsp.RateConverter;
import dev.conductor.media.dsp.RatePlane;

/**
 * One source's voice on one plane: resampled once a tick, with its gain, for every mix and listener
 * that asks.
 *
 * @threading the call's home agent.
 * @allocation at construction, and a converter when a source of another rate is first heard.
 * @units 16-bit linear PCM with up to 24 dB of gain.
 */
final class PlaneVoice {
  private final RatePlane plane;
  private short[] converted;
  private final int[] voice;

  private RateConverter converter;
  private RatePlane converterFrom;

  /** The tick that {@link #voice} is of. */
  private int madeTick;

  PlaneVoice(final RatePlane plane) {
    this.plane = plane;
    voice = new int[plane.frameSamples()];
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
    if (route.voicePlane == plane) {
      return route.voiceIn;
    }
    if (converterFrom != route.voicePlane) {
      converterFrom = route.voicePlane;
      converter = new RateConverter(converterFrom, plane);
      converted = new short[plane.frameSamples()];
    } else if (madeTick != tick - 1) {
      // What it remembers is of another time.
      converter.reset();
    }
    converter.process(route.voiceIn, converted);
    return converted;
  }
}
