package dev.conductor.media.mix;

/**
 * One place's tie to one mix: whether it fed or heard it at the end of the last tick, and whether
 * it does now. A tie that changes comes in or goes out by a ramp.
 *
 * @threading the call's home agent.
 * @allocation none after construction.
 */
final class Tap {
  /** The mix, or {@link dev.conductor.media.api.MixPlan#NO_MIX} while the tap is free. */
  int mix;

  /** Whether the plan in force has this tie; if not it goes out. */
  boolean planned;

  /** Whether it was there at the end of the tick before. */
  boolean from;

  /** Whether it is there at the end of this tick. */
  boolean to;

  /** Whether any of it sounds in this tick. */
  boolean isOn() {
    return from || to;
  }
}
