package dev.conductor.focus;

import dev.conductor.command.Command.AutoBreakout;
import dev.conductor.command.Command.UndoMove;
import dev.conductor.focus.Moving.Step;
import dev.conductor.focus.Rounds.Bulk;
import dev.conductor.focus.Rounds.Follow;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.GroupPlan;
import dev.conductor.model.GroupPlanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The functions that move many at once by a rule: autoBreakout, and undoMove, which takes a bulk
 * move back. All or nothing; one plan for all who move. The conductor only.
 */
final class BulkMoves {
  static final long UNDO_MS = 60_000;
  private static final String ALL_FINE = "";

  private final Turn turn;
  private final Moves moves;
  private final Supplier<String> uids;

  BulkMoves(final Room room, final Supplier<String> uids) {
    this.turn = room.turn();
    this.moves = room.moves();
    this.uids = uids;
  }

  /** Why callers cannot be divided so, empty when they can. */
  String checkAuto(final AutoBreakout command, final CallState call) {
    return GroupPlanner.refusal(call.snapshot(), command.grouping())
        .map(refused -> refused.parameter() + ": " + refused.what())
        .orElse(ALL_FINE);
  }

  /** Makes the groups, moves callers in, and removes the breakouts that were emptied by it. */
  String auto(final AutoBreakout command, final CallState call) {
    final GroupPlan plan = GroupPlanner.plan(call.snapshot(), command.grouping());
    final List<Breakout> made = new ArrayList<>();
    for (final GroupPlan.Group group : plan.groups()) {
      call.nextBreakoutNumber();
      made.add(Breakout.empty(uids.get(), call.uid(), group.name(), command.isPrivate()));
    }
    call.add(made);
    final Moving moving = moves.begin(call);
    for (int i = 0; i < made.size(); i++) {
      for (final String uid : plan.groups().get(i).callers()) {
        moving.seat(uid, made.get(i).uid());
      }
    }
    final List<String> madeUids = made.stream().map(Breakout::uid).toList();
    final Follow followBefore = call.rounds().follow();
    call.rounds()
        .follow(command.follow() ? new Follow(command.grouping().role(), madeUids) : Follow.NOBODY);
    turn.save(call);
    moving.settle();
    moving.tell(madeUids);
    final List<Breakout> removed = moves.removeEmptied(call, moving);
    if (!removed.isEmpty()) {
      turn.raiseUpdate(call);
    }
    moves.remember(call, moving, madeUids, removed, followBefore);
    moves.speak(call, moving);
    return ALL_FINE;
  }

  /** Why nothing can be undone, empty when something can. */
  String checkUndo(final UndoMove command, final CallState call) {
    final Bulk last = call.rounds().lastBulk();
    return last == null || turn.nowNs() - last.atNs() >= TimeUnit.MILLISECONDS.toNanos(UNDO_MS)
        ? "callUID: no bulk move in the last " + UNDO_MS / 1_000 + " s"
        : ALL_FINE;
  }

  /**
   * Puts back who is still where the last bulk move put him, once. Breakouts it removed are made
   * again where somebody goes back into them; those it made are removed where nobody is left.
   */
  String undo(final UndoMove command, final CallState call) {
    final Bulk last = call.rounds().lastBulk();
    call.rounds().lastBulk(null);
    final List<Step> back = new ArrayList<>();
    for (final Step step : last.steps()) {
      final Caller caller = call.caller(step.uid());
      if (caller != null && caller.active() && isStillThere(caller, step)) {
        back.add(step);
      }
    }
    final List<String> madeAgain = makeAgain(call, last, back);
    last.made().forEach(call.rounds().together()::overlook);
    final Moving moving = moves.begin(call);
    for (final Step step : back) {
      final Caller caller = call.caller(step.uid());
      if (isOpen(call, caller, step.from(), last.greenroom())) {
        moving.seat(caller, step.from().place(), step.from().breakoutUid());
      } else {
        moving.seat(caller, Moves.outside(call, caller), Moves.MAIN_ROOM);
      }
    }
    moving.settle();
    moving.tell(madeAgain);
    call.rounds().follow(last.followBefore().only(uid -> call.breakout(uid) != null));
    removeMade(call, last);
    turn.raiseUpdate(call);
    moves.speak(call, moving);
    return ALL_FINE;
  }

  /**
   * Whether somebody may go back where he was: his breakout may be gone, his waiting over, or the
   * green room on since.
   */
  private static boolean isOpen(
      final CallState call, final Caller caller, final Seat from, final boolean greenroomThen) {
    return switch (from.place()) {
      case BREAKOUT -> call.breakout(from.breakoutUid()) != null;
      case ENTRYWAY ->
          !caller.role().isHost() && (call.greenroom() || call.call().flags().entryway());
      default -> greenroomThen || caller.role().isHost() || !call.greenroom();
    };
  }

  private static boolean isStillThere(final Caller caller, final Step step) {
    return caller.seat().place() == step.to().place()
        && caller.seat().breakoutUid().equals(step.to().breakoutUid());
  }

  private static List<String> makeAgain(
      final CallState call, final Bulk last, final List<Step> back) {
    final Set<String> wanted = new HashSet<>();
    final Set<String> leaving = new HashSet<>();
    for (final Step step : back) {
      wanted.add(step.from().breakoutUid());
      leaving.add(step.uid());
    }
    int there = call.breakoutCount();
    for (final String uid : last.made()) {
      final Breakout made = call.breakout(uid);
      there -= made != null && leaving.containsAll(made.callers()) ? 1 : 0;
    }
    final List<Breakout> again = new ArrayList<>();
    for (final Breakout removed : last.removed()) {
      final boolean hasRoom = there + again.size() < Call.MAX_BREAKOUTS;
      if (hasRoom && wanted.contains(removed.uid()) && call.breakout(removed.uid()) == null) {
        again.add(removed);
      }
    }
    call.add(again);
    return again.stream().map(Breakout::uid).toList();
  }

  private static void removeMade(final CallState call, final Bulk last) {
    final List<String> emptied = new ArrayList<>();
    for (final String uid : last.made()) {
      final Breakout made = call.breakout(uid);
      if (made != null && made.callers().isEmpty()) {
        emptied.add(uid);
      }
    }
    call.removeBreakouts(emptied);
  }
}
