package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Breakout;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One move of any number of callers: gathered caller by caller, then settled and told once, so that
 * it costs no more than the callers and groups it touches. Between the first {@link #seat} and
 * {@link #settle} the breakouts' own lists are those of before. The conductor only.
 */
final class Moving {
  private final Turn turn;
  private final Talk talk;
  private final CallState call;
  private final Map<String, Set<String>> lists = new LinkedHashMap<>();
  private final Set<String> told = new LinkedHashSet<>();
  private final List<Step> steps = new ArrayList<>();

  Moving(final Turn turn, final Talk talk, final CallState call) {
    this.turn = turn;
    this.talk = talk;
    this.call = call;
  }

  /**
   * Moves one caller and tells nothing yet but that he stopped talking. Who waited and is let into
   * the main room follows the others into a breakout where that is asked for.
   *
   * @param to a breakout's UID, or {@link Moves#MAIN_ROOM}
   */
  void seat(final String uid, final String to) {
    final Caller caller = call.caller(uid);
    if (!to.isEmpty()) {
      seat(caller, Place.BREAKOUT, to);
      return;
    }
    final Place place = Moves.outside(call, caller);
    final boolean letIn = caller.seat().place() == Place.ENTRYWAY && place == Place.MAIN;
    if (!letIn || !follow(caller)) {
      seat(caller, place, Moves.MAIN_ROOM);
    }
  }

  /** Seats somebody who was let in with those he follows; false where he follows nobody. */
  boolean follow(final Caller caller) {
    final String group = call.rounds().followed(caller.role(), uid -> sizeOf(call.breakout(uid)));
    if (!group.isEmpty()) {
      seat(caller, Place.BREAKOUT, group);
    }
    return !group.isEmpty();
  }

  /** Moves one caller to this very place. */
  void seat(final Caller caller, final Place place, final String breakoutUid) {
    final String uid = caller.uid();
    final Seat from = caller.seat();
    told.add(uid);
    if (from.place() == place && from.breakoutUid().equals(breakoutUid)) {
      return;
    }
    final Caller silent = talk.stop(call, caller);
    final boolean breakoutChanged = from.place() == Place.BREAKOUT || place == Place.BREAKOUT;
    if (from.place() == Place.BREAKOUT) {
      final Set<String> left = listOf(from.breakoutUid());
      call.rounds().together().onLeave(from.breakoutUid(), left);
      left.remove(uid);
    }
    if (place == Place.BREAKOUT) {
      listOf(breakoutUid).add(uid);
      call.rounds().together().onJoin(breakoutUid);
    }
    final Seat to = new Seat(place, breakoutUid, breakoutChanged ? turn.nowMs() : from.sinceMs());
    call.put(silent.withSeat(to));
    steps.add(new Step(uid, from, to));
    turn.reroute(call);
  }

  /** This caller is told of though he stays where he is. */
  void mention(final String uid) {
    told.add(uid);
  }

  /** This breakout is told of even when nobody comes or goes. */
  void touch(final String breakoutUid) {
    listOf(breakoutUid);
  }

  private int sizeOf(final Breakout breakout) {
    final Set<String> list = lists.get(breakout.uid());
    return list == null ? breakout.callers().size() : list.size();
  }

  private Set<String> listOf(final String breakoutUid) {
    return lists.computeIfAbsent(
        breakoutUid, uid -> new LinkedHashSet<>(call.breakout(uid).callers()));
  }

  /** Writes the groups left and entered, and draws anew what they say of those who sit in them. */
  void settle() {
    lists.forEach(
        (uid, list) -> {
          final Breakout seated = call.breakout(uid).withCallers(List.copyOf(list));
          call.put(seated.refreshed(call.members(seated), turn.nowMs()));
        });
  }

  /**
   * Tells: CALL NEWBREAKOUT for each group made, CALLER BREAKOUT for each caller, BREAKOUT UPDATE
   * once for each other group left or entered, CONFERENCE NEWBREAKOUT for each group made.
   */
  void tell(final Collection<String> made) {
    made.forEach(uid -> raiseNew(EventSource.CALL, uid));
    told.forEach(uid -> turn.raise(call, EventName.BREAKOUT, call.caller(uid)));
    final Set<String> others = new LinkedHashSet<>(lists.keySet());
    made.forEach(others::remove);
    others.forEach(uid -> turn.raiseUpdate(call, call.breakout(uid)));
    made.forEach(uid -> raiseNew(EventSource.CONFERENCE, uid));
  }

  private void raiseNew(final EventSource source, final String uid) {
    turn.raise(call, source, EventName.NEWBREAKOUT, call.breakout(uid));
  }

  /** Breakouts left by their last caller. After {@link #settle}. */
  List<String> emptied() {
    final Set<String> left = new LinkedHashSet<>();
    for (final Step step : steps) {
      final Breakout breakout = call.breakout(step.from().breakoutUid());
      if (breakout != null && breakout.callers().isEmpty()) {
        left.add(breakout.uid());
      }
    }
    return List.copyOf(left);
  }

  /** Who really went from where to where, in order. */
  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** A caller's way. Immutable. */
  record Step(String uid, Seat from, Seat to) {}
}
