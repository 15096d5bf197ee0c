package dev.conductor.focus;

import dev.conductor.media.api.MixPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Media's part in talking, by its contract: who speaks is told while his place in the plan is
 * watched; another place ends a talk, and one who goes on speaking begins anew.
 */
final class Voices {
  /** A change makes a plan at most, and that one no further change of places. */
  private static final int MOST_TURNS = 4;

  private final HandDrivenFocus focus;
  private final PlanEars ears;
  private final Set<Long> speaking = new TreeSet<>();
  private final Map<Long, MixPlan.Place> placeTold = new HashMap<>();

  Voices(final HandDrivenFocus focus, final PlanEars ears) {
    this.focus = focus;
    this.ears = ears;
  }

  void speak(final long session, final boolean on) {
    if (on) {
      speaking.add(session);
    } else {
      speaking.remove(session);
    }
  }

  /** Tells what is new, until nothing is. */
  void tell() {
    for (int i = 0; i < MOST_TURNS && tellOnce(); i++) {
      focus.turn();
    }
  }

  private boolean tellOnce() {
    boolean told = false;
    for (final long session : List.copyOf(placeTold.keySet())) {
      if (!speaking.contains(session) || !isSame(placeTold.get(session), ears.place(session))) {
        placeTold.remove(session);
        focus.media.tell(to -> to.onTalking(session, false));
        told = true;
      }
    }
    for (final long session : speaking) {
      final MixPlan.Place place = ears.place(session);
      if (place != null && place.watched() && !placeTold.containsKey(session)) {
        placeTold.put(session, place);
        focus.media.tell(to -> to.onTalking(session, true));
        told = true;
      }
    }
    return told;
  }

  private static boolean isSame(final MixPlan.Place before, final MixPlan.Place after) {
    return after != null
        && before.watched() == after.watched()
        && before.feedsFirst() == after.feedsFirst()
        && before.feedsSecond() == after.feedsSecond();
  }
}
