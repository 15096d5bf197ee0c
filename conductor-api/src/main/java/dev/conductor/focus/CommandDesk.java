package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.Command.AutoBreakout;
import dev.conductor.command.Command.BreakoutTimer;
import dev.conductor.command.Command.CloseCall;
import dev.conductor.command.Command.CreateBreakout;
import dev.conductor.command.Command.DropCaller;
import dev.conductor.command.Command.NextHand;
import dev.conductor.command.Command.RecallBreakouts;
import dev.conductor.command.Command.UndoMove;
import dev.conductor.command.Command.UpdateActiveCaller;
import dev.conductor.command.Command.UpdateBreakout;
import dev.conductor.command.Command.UpdateCaller;
import dev.conductor.command.CommandGate.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who handles a command: a table by its record. What a handler checks comes first, then the
 * change; the answer waits for the turn's commit. The conductor only.
 */
final class CommandDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
  private static final String ALL_FINE = "";

  private final Map<Class<? extends Command>, Row<?>> rows = new HashMap<>();
  private final Turn turn;
  private final Calls calls;
  private final Ledger ledger;
  private final FocusCounters counters;

  /**
   * Fills the table.
   *
   * @param uids makes UIDs for breakouts whose client chose none
   */
  CommandDesk(
      final Room room,
      final Ledger ledger,
      final Supplier<String> uids,
      final BreakoutTimers timers) {
    this.turn = room.turn();
    this.calls = room.calls();
    this.ledger = ledger;
    this.counters = room.counters();
    final CallerHandler callers = new CallerHandler(room);
    final BreakoutHandler breakouts = new BreakoutHandler(room, uids);
    add(
        UpdateCaller.class,
        command -> TextChanges.isText(command.change()),
        (command, call) -> callers.check(call, command.change()),
        callers::update);
    add(
        UpdateActiveCaller.class,
        command -> TextChanges.isText(command.change()),
        (command, call) -> callers.check(call, command.change()),
        callers::updateActive);
    add(DropCaller.class, command -> false, (command, call) -> ALL_FINE, callers::drop);
    add(CreateBreakout.class, command -> false, breakouts::checkCreate, breakouts::create);
    add(UpdateBreakout.class, BreakoutHandler::isText, breakouts::checkUpdate, breakouts::update);
    add(
        CloseCall.class,
        command -> false,
        (command, call) -> ALL_FINE,
        (command, call) -> {
          room.departures().closeCall(call);
          return ALL_FINE;
        });
    addBulk(room, uids, timers);
  }

  private void addBulk(final Room room, final Supplier<String> uids, final BreakoutTimers timers) {
    final BulkMoves bulk = new BulkMoves(room, uids);
    final Floor floor = new Floor(room);
    add(AutoBreakout.class, command -> false, bulk::checkAuto, bulk::auto);
    add(UndoMove.class, command -> false, bulk::checkUndo, bulk::undo);
    add(RecallBreakouts.class, command -> false, timers::checkRecall, timers::recall);
    add(BreakoutTimer.class, command -> false, timers::checkTimer, timers::change);
    add(NextHand.class, command -> false, floor::check, floor::next);
  }

  private <C extends Command> void add(
      final Class<C> type,
      final Predicate<C> lasts,
      final BiFunction<C, CallState, String> check,
      final BiFunction<C, CallState, String> change) {
    rows.put(type, new Row<>(type, lasts, check, change));
  }

  /** Executes a command; its answer is owed by the turn. */
  void onCommand(final Command command, final Reply reply) {
    counters.increment(FocusCounter.COMMANDS);
    turn.actFor(command.origin());
    final Row<?> row = rows.get(command.getClass());
    final Accepted answer = guarded(row, command);
    if (!answer.isTrue()) {
      counters.increment(FocusCounter.COMMANDS_FALSE);
    }
    turn.answer(reply, answer, row.lasts(command));
  }

  private Accepted guarded(final Row<?> row, final Command command) {
    try {
      return execute(row, command);
    } catch (final RuntimeException fault) {
      counters.increment(FocusCounter.FAULTS);
      LOG.error("{} failed", command.getClass().getSimpleName(), fault);
      return Accepted.no("server: a fault of ours, see its log");
    }
  }

  private Accepted execute(final Row<?> row, final Command command) {
    final String callUid = command.callUid();
    final CallState call = calls.find(callUid);
    if (call == null) {
      final String what =
          calls.wasClosed(callUid) ? "call " + callUid + " is closed" : "no call " + callUid;
      return Accepted.no("callUID: " + what);
    }
    if (row.lasts(command) && !ledger.takesLasting()) {
      return Accepted.no("store: not available, so nothing that must last can be changed");
    }
    final String refusal = row.check(command, call);
    if (!refusal.isEmpty()) {
      return Accepted.no(refusal);
    }
    final long seqBefore = call.seq();
    final String failures = row.change(command, call);
    final long seq = call.seq() > seqBefore ? call.seq() : 0;
    return failures.isEmpty() ? Accepted.yes(seq) : new Accepted(false, failures, seq);
  }

  /** How one function is handled. */
  private record Row<C extends Command>(
      Class<C> type,
      Predicate<C> lasts,
      BiFunction<C, CallState, String> check,
      BiFunction<C, CallState, String> change) {
    boolean lasts(final Command command) {
      return lasts.test(type.cast(command));
    }

    String check(final Command command, final CallState call) {
      return check.apply(type.cast(command), call);
    }

    String change(final Command command, final CallState call) {
      return change.apply(type.cast(command), call);
    }
  }
}
