package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import dev.conductor.model.Role;

/**
 * Gives a caller another part in mid-call: no defaults apply, only place, what his breakout says of
 * help, and rights. The conductor only.
 */
final class RoleChanges {
  private final Turn turn;
  private final Moves moves;
  private final Talk talk;

  RoleChanges(final Turn turn, final Moves moves, final Talk talk) {
    this.turn = turn;
    this.moves = moves;
    this.talk = talk;
  }

  void change(final CallState call, final Caller caller, final Role role) {
    final Place place = place(call, caller, role);
    final Caller before = place == caller.seat().place() ? caller : talk.stop(call, caller);
    final Seat seat = new Seat(place, before.seat().breakoutUid(), before.seat().sinceMs());
    Caller changed = before.withRole(role).withSeat(seat);
    if (role == Role.OPERATOR) {
      changed = changed.withSound(changed.sound().withMic(true));
    }
    call.put(changed);
    turn.reroute(call);
    final boolean assistedBefore = isAssisted(call, seat);
    moves.refresh(call, seat.breakoutUid());
    turn.raise(call, EventName.UPDATE, changed);
    if (isAssisted(call, seat) != assistedBefore) {
      moves.raiseUpdate(call, seat.breakoutUid());
    }
  }

  private static Place place(final CallState call, final Caller caller, final Role role) {
    final Place now = caller.seat().place();
    if (now == Place.ENTRYWAY && role.isHost()) {
      return Place.MAIN;
    }
    final boolean stepsDown = caller.role().isHost() && !role.isHost();
    return now == Place.MAIN && stepsDown && call.greenroom() ? Place.ENTRYWAY : now;
  }

  private static boolean isAssisted(final CallState call, final Seat seat) {
    return seat.place() == Place.BREAKOUT && call.breakout(seat.breakoutUid()).assisted();
  }
}
