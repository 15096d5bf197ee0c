package dev.conductor.media.mix;

import dev.conductor.media.dsp.Limiter;
import dev.conductor.media.dsp.RatePlane;

/**
 * Those who hear the very same: the same mixes without themselves, at the same volume and rate. The
 * sound is made once a tick, for the first who asks.
 *
 * @threading the call's home agent.
 * @allocation all at construction.
 */
public final class Group {
  final int first;
  final int second;
  final int gainOutQ15;

  private final CallMixer mixer;
  private final RatePlane plane;
  private final short[] heard;
  private final Limiter limiter = new Limiter();

  /** What {@link #limiter} was before this tick's sound was made. */
  private final Limiter limiterBefore = new Limiter();

  private int madeTick;

  /** The tick in which somebody last was of this group. */
  int usedTick;

  Group(
      final CallMixer mixer,
      final int first,
      final int second,
      final int gainOutQ15,
      final RatePlane plane) {
    this.mixer = mixer;
    this.first = first;
    this.second = second;
    this.gainOutQ15 = gainOutQ15;
    this.plane = plane;
    heard = new short[plane.frameSamples()];
  }

  /** The rate at which this group hears. */
  public RatePlane plane() {
    return plane;
  }

  /** The limiter as it stood at the end of the last tick. */
  public Limiter limiterBefore() {
    return madeTick == mixer.tick() ? limiterBefore : limiter;
  }

  /** Whether the sound of this tick is still to be made. */
  boolean isDue(final int tick) {
    return madeTick != tick;
  }

  /** Makes the sound of this tick out of its sum. */
  void make(final int[] room, final int tick) {
    limiterBefore.copyFrom(limiter);
    limiter.limit(plane, room, heard);
    madeTick = tick;
  }

  /** The sound last made. */
  short[] heard() {
    return heard;
  }
}
