package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Breakout;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Moves callers between the entryway, the main room and breakouts, and keeps what a breakout says
 * of those who sit in it. The conductor only.
 */
final class Moves {
  /** The UID that stands for the main room where a breakout's could stand. */
  static final String MAIN_ROOM = "";

  private final Turn turn;
  private final Talk talk;

  Moves(final Turn turn, final Talk talk) {
    this.turn = turn;
    this.talk = talk;
  }

  /**
   * Moves callers and tells: CALLER BREAKOUT for each, then BREAKOUT UPDATE once for each group
   * left or entered.
   *
   * @param to a breakout's UID, or {@link #MAIN_ROOM}
   */
  void move(final CallState call, final Collection<String> uids, final String to) {
    final Set<String> groups = new LinkedHashSet<>();
    uids.forEach(uid -> seat(call, uid, to, groups));
    tell(call, uids, groups);
  }

  /** Tells of callers that were moved and groups that were changed by it. */
  void tell(final CallState call, final Collection<String> uids, final Collection<String> groups) {
    groups.forEach(group -> refresh(call, group));
    uids.forEach(uid -> turn.raise(call, EventName.BREAKOUT, call.caller(uid)));
    groups.forEach(group -> raiseUpdate(call, group));
  }

  /**
   * Moves one caller and tells nothing yet but that he stopped talking.
   *
   * @param groups takes the breakouts he left and entered
   */
  void seat(
      final CallState call, final String uid, final String to, final Collection<String> groups) {
    final Caller caller = call.caller(uid);
    final Seat from = caller.seat();
    final Place place = to.isEmpty() ? outside(call, caller) : Place.BREAKOUT;
    if (from.place() == place && from.breakoutUid().equals(to)) {
      return;
    }
    final Caller silent = talk.stop(call, caller);
    final boolean breakoutChanged = from.place() == Place.BREAKOUT || place == Place.BREAKOUT;
    leaveGroup(call, caller, groups);
    if (place == Place.BREAKOUT) {
      joinGroup(call, uid, to, groups);
    }
    call.put(silent.withSeat(new Seat(place, to, breakoutChanged ? turn.nowMs() : from.sinceMs())));
    turn.reroute(call);
  }

  /** Puts a caller on a breakout's list; his own seat is the asker's to change. */
  void joinGroup(
      final CallState call, final String uid, final String group, final Collection<String> groups) {
    final Breakout breakout = call.breakout(group);
    final List<String> callers = new ArrayList<>(breakout.callers());
    callers.add(uid);
    call.put(breakout.withCallers(callers));
    groups.add(group);
  }

  /** Takes a caller off his breakout's list, if he sits in one; his seat is the asker's. */
  void leaveGroup(final CallState call, final Caller caller, final Collection<String> groups) {
    if (caller.seat().place() == Place.BREAKOUT) {
      final Breakout breakout = call.breakout(caller.seat().breakoutUid());
      final List<String> callers = new ArrayList<>(breakout.callers());
      callers.remove(caller.uid());
      call.put(breakout.withCallers(callers));
      groups.add(breakout.uid());
    }
  }

  /** Draws anew what a breakout says of its callers; nothing for the empty UID. */
  void refresh(final CallState call, final String breakoutUid) {
    final Breakout breakout = call.breakout(breakoutUid);
    if (breakout != null) {
      call.put(breakout.refreshed(call.members(breakout), turn.nowMs()));
    }
  }

  /** BREAKOUT UPDATE; nothing for the empty UID. */
  void raiseUpdate(final CallState call, final String breakoutUid) {
    final Breakout breakout = call.breakout(breakoutUid);
    if (breakout != null) {
      turn.raiseUpdate(call, breakout);
    }
  }

  /** Somebody who is not on the line, his seat in a breakout now one outside it. */
  static Caller outOfBreakout(final CallState call, final Caller caller) {
    return caller.withSeat(new Seat(outside(call, caller), MAIN_ROOM, caller.seat().sinceMs()));
  }

  /** Where somebody goes who is told to leave his breakout, or is let in. */
  private static Place outside(final CallState call, final Caller caller) {
    final boolean waits = call.greenroom() && !caller.role().isHost();
    return waits && caller.seat().place() == Place.BREAKOUT ? Place.ENTRYWAY : Place.MAIN;
  }
}
