package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;

/**
 * What one place feeds, or hears: up to two mixes by the plan in force, and those that are going
 * out.
 *
 * @threading the call's home agent.
 * @allocation none after construction.
 */
final class Taps {
  private static final int NO_MIX = MixPlan.NO_MIX;

  /** Two that come in while two go out. */
  private static final int COUNT = 4;

  /** Those with {@link MixPlan#NO_MIX} are free, and neither there nor planned. */
  final Tap[] taps = new Tap[COUNT];

  Taps() {
    for (int i = 0; i < COUNT; i++) {
      taps[i] = new Tap();
      taps[i].mix = NO_MIX;
    }
  }

  /** Takes over the plan's two mixes; the same one twice counts once. */
  void plan(final int first, final int second) {
    for (final Tap tap : taps) {
      tap.planned = tap.mix != NO_MIX && (tap.mix == first || tap.mix == second);
      if (!tap.planned && !tap.from) {
        // A plan that no tick has followed is as if it had not been.
        tap.mix = NO_MIX;
        tap.to = false;
      }
    }
    add(first);
    add(second);
  }

  private void add(final int mix) {
    if (mix == NO_MIX) {
      return;
    }
    final Tap tap = tapFor(mix);
    if (tap.mix != mix) {
      tap.mix = mix;
      tap.from = false;
      tap.to = false;
    }
    tap.planned = true;
  }

  /** The tap of this mix, else a free one, else the first that is going out. */
  private Tap tapFor(final int mix) {
    Tap best = null;
    for (final Tap tap : taps) {
      if (tap.mix == mix) {
        return tap;
      }
      if (tap.mix == NO_MIX || best == null && !tap.planned) {
        best = tap;
      }
    }
    return best;
  }

  /** The tap of a mix, or null where there is none. */
  Tap of(final int mix) {
    for (final Tap tap : taps) {
      if (tap.mix == mix) {
        return tap;
      }
    }
    return null;
  }

  /** What the plan does not have goes out in this tick; the rest stays as it is. */
  void dropUnplanned() {
    for (final Tap tap : taps) {
      tap.to &= tap.planned;
    }
  }

  /** What the plan has comes in, what it does not have goes out. */
  void turnToPlan() {
    for (final Tap tap : taps) {
      tap.to = tap.planned;
    }
  }

  /** Whether there is no mix, nor one that goes out. */
  boolean isNone() {
    for (final Tap tap : taps) {
      if (tap.mix != NO_MIX) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing comes in or goes out. */
  boolean isSteady() {
    for (final Tap tap : taps) {
      if (tap.from != tap.to) {
        return false;
      }
    }
    return true;
  }

  /** Ends a tick: what came in is there, what went out is gone. */
  void settle() {
    for (final Tap tap : taps) {
      if (tap.mix != NO_MIX) {
        tap.from = tap.to;
        if (!tap.planned && !tap.from) {
          tap.mix = NO_MIX;
        }
      }
    }
  }
}
