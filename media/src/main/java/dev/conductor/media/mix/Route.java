package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;

/**
 * One caller's place from plan to plan: what he feeds and hears, his gains, his voice of this tick.
 *
 * @threading the call's home agent.
 * @allocation at construction; his voice on a plane is lent to him when he is first heard there.
 */
final class Route {
  final long sessionId;
  final Taps feeds = new Taps();
  final Taps hears = new Taps();

  /** The number of the latest plan that knows him. */
  int plans;

  MixPlan.Place place;
  RatePlane hearsAt = RatePlane.NARROW;

  /** His voice of tick {@link #fedTick} as he gave it, his owner's. */
  short[] voiceIn;

  RatePlane voicePlane;
  int fedTick;

  int gainInFromQ15;
  int gainInToQ15;
  int gainOutFromQ15;
  int gainOutToQ15;

  /** Whether anything changes within this tick, so that it must be settled after. */
  boolean moving;

  /** Those with whom he hears the same; null until it is looked up. */
  Group group;

  private final PlaneVoice[] voices = new PlaneVoice[RatePlane.values().length];

  private final VoicePool pool;

  Route(final long sessionId, final VoicePool pool) {
    this.sessionId = sessionId;
    this.pool = pool;
  }

  /** Takes over his place in a plan. */
  void plan(final MixPlan.Place newPlace, final int number) {
    final boolean isNew = place == null;
    place = newPlace;
    plans = number;
    group = null;
    feeds.plan(newPlace.feedsFirst(), newPlace.feedsSecond());
    hears.plan(newPlace.hearsFirst(), newPlace.hearsSecond());
    feeds.dropUnplanned();
    hears.turnToPlan();
    gainInToQ15 = Gain.factorQ15(newPlace.volumeInSteps());
    gainOutToQ15 = Gain.factorQ15(newPlace.volumeOutSteps());
    if (isNew) {
      gainInFromQ15 = gainInToQ15;
      gainOutFromQ15 = gainOutToQ15;
    }
  }

  /** Ends a tick in which something changed. */
  void settle() {
    feeds.settle();
    hears.settle();
    gainInFromQ15 = gainInToQ15;
    gainOutFromQ15 = gainOutToQ15;
    moving = false;
    if (feeds.isNone()) {
      fallSilent();
    }
  }

  /** His voice on a plane in this tick, with his gain. */
  int[] voice(final RatePlane plane, final int tick) {
    final int at = plane.ordinal();
    if (voices[at] != null && voices[at].from() != voicePlane) {
      giveBack(at);
    }
    if (voices[at] == null) {
      voices[at] = pool.take(voicePlane, plane);
    }
    return voices[at].voice(this, tick);
  }

  /** He is heard no more. */
  void fallSilent() {
    for (int i = 0; i < voices.length; i++) {
      if (voices[i] != null) {
        giveBack(i);
      }
    }
  }

  private void giveBack(final int at) {
    pool.giveBack(voices[at]);
    voices[at] = null;
  }

  /** Whether any of what he hears in this tick is himself. */
  boolean hearsHimself(final int tick) {
    if (fedTick != tick) {
      return false;
    }
    for (final Tap tap : feeds.taps) {
      if (tap.mix != MixPlan.NO_MIX && tap.isOn() && hears.of(tap.mix) != null) {
        return true;
      }
    }
    return false;
  }
}
