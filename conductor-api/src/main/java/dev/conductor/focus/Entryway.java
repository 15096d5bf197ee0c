package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Opens and closes the green room and the entryway: sends participants to wait and lets them in,
 * all in one plan. Seats kept for a redial go with those on the line. The conductor only.
 */
final class Entryway {
  private final Turn turn;
  private final Talk talk;
  private final Moves moves;
  private final Announcer announcer;

  Entryway(final Room room) {
    this.turn = room.turn();
    this.talk = room.talk();
    this.moves = room.moves();
    this.announcer = room.announcer();
  }

  /**
   * Switched on, the participants of the main room wait; switched off, all who wait come in. Set to
   * what it is, nobody moves: one who was let in alone stays in.
   */
  void greenroom(final CallState call, final boolean on) {
    final boolean switched = call.greenroom() != on;
    change(call, call.call().flags().withGreenroom(on));
    if (!switched) {
      turn.raiseUpdate(call);
      return;
    }
    tell(call, move(call, on ? Entryway::sentToWait : Entryway::letIn));
  }

  /** On, newcomers wait; off, all who wait come in, unless the green room keeps them. */
  void entryway(final CallState call, final boolean on) {
    change(call, call.call().flags().withEntryway(on));
    final boolean opens = !on && !call.greenroom();
    tell(call, opens ? move(call, Entryway::letIn) : List.of());
  }

  private static void change(final CallState call, final Call.Flags flags) {
    call.call(call.call().withFlags(flags));
  }

  private static Caller sentToWait(final Caller caller) {
    return !caller.role().isHost() && caller.seat().place() == Place.MAIN
        ? at(Place.ENTRYWAY, caller)
        : caller;
  }

  private static Caller letIn(final Caller caller) {
    return caller.seat().place() == Place.ENTRYWAY ? at(Place.MAIN, caller) : caller;
  }

  private static Caller at(final Place place, final Caller caller) {
    return caller.withSeat(new Seat(place, Moves.MAIN_ROOM, caller.seat().sinceMs()));
  }

  /** Moves whom it concerns; who is not heard any more stops talking first. */
  private List<String> move(final CallState call, final UnaryOperator<Caller> to) {
    final List<String> moved = new ArrayList<>();
    for (final Caller caller : call.activeCallers()) {
      final boolean moves = to.apply(caller) != caller;
      final boolean heard = !moves && Hearing.isHeard(caller, call.greenroom());
      final Caller now = to.apply(heard ? caller : talk.stop(call, caller));
      call.put(now);
      if (moves) {
        moved.add(caller.uid());
      }
    }
    call.seats().reseat(to);
    turn.reroute(call);
    return moved;
  }

  private void tell(final CallState call, final List<String> moved) {
    turn.raiseUpdate(call);
    for (final String uid : moved) {
      final Caller caller = call.caller(uid);
      turn.raise(call, EventName.UPDATE, caller);
      announcer.onMoved(call.line(uid), Place.ENTRYWAY, caller.seat().place());
    }
    moves.follow(call, moved);
  }
}
