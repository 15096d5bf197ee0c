package dev.conductor.focus;

import dev.conductor.focus.Moving.Step;
import dev.conductor.focus.Rounds.Bulk;
import dev.conductor.focus.Rounds.Follow;
import dev.conductor.model.Breakout;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Moves callers between the entryway, the main room and breakouts, and keeps what a breakout says
 * of those who sit in it. The conductor only.
 */
final class Moves {
  /** The UID that stands for the main room where a breakout's could stand. */
  static final String MAIN_ROOM = "";

  private final Turn turn;
  private final Talk talk;
  private final Announcer announcer;

  Moves(final Turn turn, final Talk talk, final Announcer announcer) {
    this.turn = turn;
    this.talk = talk;
    this.announcer = announcer;
  }

  /** A move that is to be gathered. */
  Moving begin(final CallState call) {
    return new Moving(turn, talk, call);
  }

  /**
   * Moves callers and tells: CALLER BREAKOUT for each, then BREAKOUT UPDATE once for each group
   * left or entered.
   *
   * @param to a breakout's UID, or {@link #MAIN_ROOM}
   */
  void move(final CallState call, final Collection<String> uids, final String to) {
    final Moving moving = begin(call);
    uids.forEach(uid -> moving.seat(uid, to));
    finish(call, moving);
  }

  /** Settles and tells a move that made and removed no breakout. */
  void finish(final CallState call, final Moving moving) {
    moving.settle();
    moving.tell(List.of());
    if (moving.steps().size() > 1) {
      remember(call, moving, List.of(), List.of(), call.rounds().follow());
    }
    speak(call, moving);
  }

  /** Who was just let into the main room goes on with those he follows, if he does. */
  void follow(final CallState call, final List<String> uids) {
    final Moving moving = begin(call);
    uids.forEach(uid -> moving.follow(call.caller(uid)));
    if (!moving.steps().isEmpty()) {
      finish(call, moving);
    }
  }

  /** Lets a move that is settled be undone. */
  void remember(
      final CallState call,
      final Moving moving,
      final List<String> made,
      final List<Breakout> removed,
      final Follow followBefore) {
    if (!moving.steps().isEmpty()) {
      call.rounds()
          .lastBulk(
              new Bulk(
                  turn.nowNs(), moving.steps(), made, removed, followBefore, call.greenroom()));
    }
  }

  /** Takes away the breakouts that a move which is settled has emptied; answers them. */
  List<Breakout> removeEmptied(final CallState call, final Moving moving) {
    final List<Breakout> emptied = moving.emptied().stream().map(call::breakout).toList();
    call.removeBreakouts(emptied.stream().map(Breakout::uid).toList());
    return emptied;
  }

  /** Says to each who was moved where he is now. */
  void speak(final CallState call, final Moving moving) {
    for (final Step step : moving.steps()) {
      announcer.onMoved(call.line(step.uid()), step.from().place(), step.to().place());
    }
  }

  /** Puts a caller on a breakout's list; his own seat is the asker's to change. */
  void joinGroup(
      final CallState call, final String uid, final String group, final Collection<String> groups) {
    final Breakout breakout = call.breakout(group);
    final List<String> callers = new ArrayList<>(breakout.callers());
    callers.add(uid);
    call.rounds().together().onJoin(group);
    call.put(breakout.withCallers(callers));
    groups.add(group);
  }

  /** Takes a caller off his breakout's list, if he sits in one; his seat is the asker's. */
  void leaveGroup(final CallState call, final Caller caller, final Collection<String> groups) {
    if (caller.seat().place() == Place.BREAKOUT) {
      final Breakout breakout = call.breakout(caller.seat().breakoutUid());
      final List<String> callers = new ArrayList<>(breakout.callers());
      call.rounds().together().onLeave(breakout.uid(), callers);
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
  static Place outside(final CallState call, final Caller caller) {
    final boolean waits = call.greenroom() && !caller.role().isHost();
    return waits && caller.seat().place() == Place.BREAKOUT ? Place.ENTRYWAY : Place.MAIN;
  }
}
