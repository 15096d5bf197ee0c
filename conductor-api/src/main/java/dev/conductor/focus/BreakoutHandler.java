package dev.conductor.focus;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.Command.CreateBreakout;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.command.Command.UpdateBreakout;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The functions that make and change breakouts: all or nothing. The conductor only. */
final class BreakoutHandler {
  private static final String ALL_FINE = "";

  /** Where a caller may be told to go, in place of a breakout's UID. */
  private static final String STANDS_FOR_MAIN_ROOM = "main";

  private final Turn turn;
  private final Moves moves;
  private final Supplier<String> uids;

  BreakoutHandler(final Room room, final Supplier<String> uids) {
    this.turn = room.turn();
    this.moves = room.moves();
    this.uids = uids;
  }

  /** Why the breakouts cannot be made, empty when they can. */
  String checkCreate(final CreateBreakout command, final CallState call) {
    final Set<String> takenUids = new HashSet<>();
    final Set<String> placed = new HashSet<>();
    int retaken = 0;
    for (final NewBreakout group : command.groups()) {
      if (group.uid().equalsIgnoreCase(STANDS_FOR_MAIN_ROOM)) {
        return group.parameter("breakoutUID") + ": " + group.uid() + " stands for the main room";
      }
      final Breakout there = call.breakout(group.uid());
      if (there != null && there.callers().isEmpty()) {
        retaken++;
      }
      final boolean doubled = !group.uid().isEmpty() && !takenUids.add(group.uid());
      if (doubled || there != null && !there.callers().isEmpty()) {
        return group.parameter("breakoutUID") + ": " + group.uid() + " is taken";
      }
      for (final String uid : group.callers()) {
        if (call.caller(uid) == null) {
          return group.parameter("callers") + ": no caller " + uid + " in this call";
        }
        if (!placed.add(uid)) {
          return group.parameter("callers") + ": " + uid + " is named twice";
        }
      }
    }
    return call.breakoutCount() - retaken + command.groups().size() > Call.MAX_BREAKOUTS
        ? "count: a call has no room for more than " + Call.MAX_BREAKOUTS + " breakouts"
        : ALL_FINE;
  }

  /**
   * Makes the breakouts and moves callers in; who has hung up meanwhile is left out. An empty
   * breakout whose UID is taken again is removed first.
   */
  String create(final CreateBreakout command, final CallState call) {
    removeRetaken(command, call);
    final List<Breakout> made = new ArrayList<>(command.groups().size());
    command.groups().forEach(group -> made.add(newBreakout(group, call)));
    call.add(made);
    final Moving moving = moves.begin(call);
    for (int i = 0; i < made.size(); i++) {
      for (final String uid : command.groups().get(i).callers()) {
        if (call.caller(uid).active()) {
          moving.seat(uid, made.get(i).uid());
        }
      }
    }
    turn.save(call);
    moving.settle();
    final List<String> madeUids = made.stream().map(Breakout::uid).toList();
    moving.tell(madeUids);
    moves.remember(call, moving, madeUids, List.of(), call.rounds().follow());
    moves.speak(call, moving);
    return ALL_FINE;
  }

  private void removeRetaken(final CreateBreakout command, final CallState call) {
    final List<String> retaken =
        command.groups().stream()
            .map(NewBreakout::uid)
            .filter(uid -> call.breakout(uid) != null)
            .toList();
    if (!retaken.isEmpty()) {
      call.removeBreakouts(retaken);
      turn.raiseUpdate(call);
    }
  }

  private Breakout newBreakout(final NewBreakout group, final CallState call) {
    final int number = call.nextBreakoutNumber();
    return Breakout.empty(
        group.uid().isEmpty() ? uids.get() : group.uid(),
        call.uid(),
        group.name().isEmpty() ? "Breakout " + number : group.name(),
        group.isPrivate());
  }

  /** Why the breakout cannot be changed so, empty when it can. */
  String checkUpdate(final UpdateBreakout command, final CallState call) {
    if (call.breakout(command.uid()) == null) {
      return "UID: no breakout " + command.uid() + " in this call";
    }
    for (final String uid : callers(command.change())) {
      final Caller caller = call.caller(uid);
      if (caller == null) {
        return "value: no caller " + uid + " in this call";
      }
      if (!caller.active()) {
        return "value: " + uid + " has left";
      }
    }
    return ALL_FINE;
  }

  /** Changes one field of a breakout. */
  String update(final UpdateBreakout command, final CallState call) {
    final Breakout breakout = call.breakout(command.uid());
    final BreakoutChange change = command.change();
    if (change instanceof BreakoutChange.ToggleCallers toggle) {
      moveCallers(call, breakout, toggle.uids(), true, true);
    } else if (change instanceof BreakoutChange.AddCallers add) {
      moveCallers(call, breakout, add.uids(), true, false);
    } else if (change instanceof BreakoutChange.RemoveCallers remove) {
      moveCallers(call, breakout, remove.uids(), false, true);
    } else {
      call.put(changed(breakout, change));
      moves.refresh(call, breakout.uid());
      moves.raiseUpdate(call, breakout.uid());
      turn.reroute(call);
    }
    return ALL_FINE;
  }

  /** Whether a field lasts: what is written about the breakout. */
  static boolean isText(final UpdateBreakout command) {
    return command.change() instanceof BreakoutChange.Name
        || command.change() instanceof BreakoutChange.Data;
  }

  private Breakout changed(final Breakout breakout, final BreakoutChange change) {
    if (change instanceof BreakoutChange.Name to) {
      return breakout.withName(to.text());
    }
    if (change instanceof BreakoutChange.Data to) {
      return breakout.withData(to.text());
    }
    if (change instanceof BreakoutChange.Private to) {
      return breakout.withPrivate(to.on());
    }
    if (change instanceof BreakoutChange.Attention to) {
      return breakout.withOwnAttention(to.on(), turn.nowMs());
    }
    throw new IllegalStateException("no way to change " + change.getClass().getSimpleName());
  }

  /** The group itself is told of even when nobody came or went. */
  private void moveCallers(
      final CallState call,
      final Breakout breakout,
      final List<String> named,
      final boolean bringsIn,
      final boolean takesOut) {
    final Set<String> there = new HashSet<>(breakout.callers());
    final Moving moving = moves.begin(call);
    for (final String uid : named) {
      final boolean isIn = there.contains(uid);
      if (isIn && takesOut) {
        moving.seat(uid, Moves.MAIN_ROOM);
      } else if (!isIn && bringsIn) {
        moving.seat(uid, breakout.uid());
      } else {
        moving.mention(uid);
      }
    }
    moving.touch(breakout.uid());
    moves.finish(call, moving);
  }

  private static List<String> callers(final BreakoutChange change) {
    if (change instanceof BreakoutChange.ToggleCallers toggle) {
      return toggle.uids();
    }
    if (change instanceof BreakoutChange.AddCallers add) {
      return add.uids();
    }
    return change instanceof BreakoutChange.RemoveCallers remove ? remove.uids() : List.of();
  }
}
