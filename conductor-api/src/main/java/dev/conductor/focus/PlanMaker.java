package dev.conductor.focus;

import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Turns the state of a call into who feeds and who hears which mix.
 *
 * <p>Mix 0 holds the hosts who speak in the main room, mix 1 the participants who do; the main room
 * hears both. Each breakout with somebody in it has one mix more; an open one hears mix 0 beside
 * it, a private one does not. While the green room is on, mix 0 holds all who speak in the main
 * room and no breakout hears it. So nobody feeds more than one mix, and the two that a place hears
 * share nobody. Those in the entryway hear the waiting music, deaf ones too, where the call has it.
 * Pure.
 */
final class PlanMaker {
  private static final int HOSTS = 0;
  private static final int PARTICIPANTS = 1;
  private static final int MAIN_MIXES = 2;

  private final boolean greenroom;
  private final boolean backgroundMusic;
  private final Map<String, Breakout> breakouts;
  private final MixNumbers numbers;

  private PlanMaker(
      final Call.Flags flags, final Map<String, Breakout> breakouts, final MixNumbers numbers) {
    this.greenroom = flags.greenroom();
    this.backgroundMusic = flags.backgroundMusic();
    this.breakouts = breakouts;
    this.numbers = numbers;
  }

  /**
   * Makes the plan.
   *
   * @param callId media's number of the call
   * @param version rises with each plan of the call
   * @param flags the call's switches
   * @param callers those on the line, in order of entry
   * @param breakouts the call's breakouts by UID
   * @param numbers has a number for each of them
   * @param sessionOf media's number of a caller's session
   */
  static MixPlan make(
      final long callId,
      final long version,
      final Call.Flags flags,
      final Collection<Caller> callers,
      final Map<String, Breakout> breakouts,
      final MixNumbers numbers,
      final ToLongFunction<Caller> sessionOf) {
    final PlanMaker maker = new PlanMaker(flags, breakouts, numbers);
    final int[] listeners = new int[MAIN_MIXES + numbers.count()];
    for (final Caller caller : callers) {
      count(listeners, maker.hearsFirst(caller));
      count(listeners, maker.hearsSecond(caller));
    }
    final List<MixPlan.Place> places = new ArrayList<>(callers.size());
    for (final Caller caller : callers) {
      places.add(maker.place(caller, sessionOf.applyAsLong(caller), listeners));
    }
    return new MixPlan(callId, version, listeners.length, places);
  }

  private MixPlan.Place place(final Caller caller, final long sessionId, final int[] listeners) {
    final int feeds = feeds(caller);
    final int first = hearsFirst(caller);
    final int second = hearsSecond(caller);
    final boolean hearsItself = feeds != MixPlan.NO_MIX && (feeds == first || feeds == second);
    final boolean watched = feeds != MixPlan.NO_MIX && listeners[feeds] - (hearsItself ? 1 : 0) > 0;
    return new MixPlan.Place(
        sessionId,
        feeds,
        MixPlan.NO_MIX,
        first,
        second,
        caller.sound().volumeIn(),
        caller.sound().volumeOut(),
        caller.sound().energy(),
        watched);
  }

  private int feeds(final Caller caller) {
    if (!Hearing.isHeard(caller, greenroom)) {
      return MixPlan.NO_MIX;
    }
    if (caller.seat().place() == Place.BREAKOUT) {
      return breakoutMix(caller);
    }
    return greenroom || caller.role().isHost() ? HOSTS : PARTICIPANTS;
  }

  private int hearsFirst(final Caller caller) {
    if (caller.seat().place() == Place.ENTRYWAY) {
      return backgroundMusic && !caller.sound().hold() ? MixPlan.MUSIC : MixPlan.NO_MIX;
    }
    if (!Hearing.hears(caller)) {
      return MixPlan.NO_MIX;
    }
    return caller.seat().place() == Place.BREAKOUT ? breakoutMix(caller) : HOSTS;
  }

  private int hearsSecond(final Caller caller) {
    if (!Hearing.hears(caller)) {
      return MixPlan.NO_MIX;
    }
    if (caller.seat().place() == Place.BREAKOUT) {
      final boolean isPrivate = breakouts.get(caller.seat().breakoutUid()).isPrivate();
      return isPrivate || greenroom ? MixPlan.NO_MIX : HOSTS;
    }
    return PARTICIPANTS;
  }

  private int breakoutMix(final Caller caller) {
    return MAIN_MIXES + numbers.of(caller.seat().breakoutUid());
  }

  private static void count(final int[] listeners, final int mix) {
    if (mix >= 0) {
      listeners[mix]++;
    }
  }
}
