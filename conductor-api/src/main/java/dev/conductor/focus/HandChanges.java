package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Hand;

/** Raises and lowers hands. The conductor only. */
final class HandChanges {
  private final Turn turn;
  private final Moves moves;

  HandChanges(final Turn turn, final Moves moves) {
    this.turn = turn;
    this.moves = moves;
  }

  /** Level 0 lowers it; a raised hand keeps its time when only the level changes. */
  void raise(final CallState call, final Caller caller, final int level) {
    final Hand before = caller.hand();
    final long sinceMs = before.attention() > 0 ? before.sinceMs() : turn.nowMs();
    final Caller changed = caller.withHand(level == 0 ? Hand.DOWN : new Hand(level, sinceMs));
    call.put(changed);
    moves.refresh(call, changed.seat().breakoutUid());
    turn.raise(call, EventName.ATTENTION, changed);
    moves.raiseUpdate(call, changed.seat().breakoutUid());
  }
}
