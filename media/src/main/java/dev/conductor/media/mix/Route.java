package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;

/**
 * One place as the tick needs it: its mixes without repetition, its gains as factors, and the voice
 * it put in.
 *
 * @threading the call's home agent.
 * @allocation a voice when the place first feeds a mix.
 */
final class Route {
  private static final int NO_MIX = MixPlan.NO_MIX;
  private static final int[] NO_VOICE = new int[0];

  /** {@link #NO_MIX} only where {@link #feedsSecond} is too. */
  int feedsFirst = NO_MIX;

  int feedsSecond = NO_MIX;

  /** {@link #NO_MIX} only where {@link #hearsSecond} is too. */
  int hearsFirst = NO_MIX;

  int hearsSecond = NO_MIX;
  int gainInQ15;
  int gainOutQ15;

  /** What went into the mixes in tick {@link #fedTick}, after the gain. */
  int[] voice = NO_VOICE;

  int fedTick;

  void set(final MixPlan.Place place, final int frameSamples) {
    feedsFirst = place.feedsFirst() == NO_MIX ? place.feedsSecond() : place.feedsFirst();
    feedsSecond = place.feedsSecond() == feedsFirst ? NO_MIX : place.feedsSecond();
    hearsFirst = place.hearsFirst() == NO_MIX ? place.hearsSecond() : place.hearsFirst();
    hearsSecond = place.hearsSecond() == hearsFirst ? NO_MIX : place.hearsSecond();
    gainInQ15 = Gain.factorQ15(place.volumeInSteps());
    gainOutQ15 = Gain.factorQ15(place.volumeOutSteps());
    if (feedsFirst != NO_MIX && voice.length == 0) {
      voice = new int[frameSamples];
    }
  }

  boolean feeds(final int mix) {
    return mix == feedsFirst || mix == feedsSecond;
  }
}
