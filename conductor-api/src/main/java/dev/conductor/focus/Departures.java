package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import dev.conductor.signaling.api.DialogEnd;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets callers go, one by one or all with their call. The conductor only. */
final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  static final String DROPPED = "DROPPED";
  static final String CLOSED = "CLOSED";
  static final String REDIALLED = "REDIALLED";
  static final String MEDIA_TIMEOUT = "MEDIA_TIMEOUT";
  static final String HOLD_TIMEOUT = "HOLD_TIMEOUT";
  static final String MEDIA_FAULT = "MEDIA_FAULT";
  static final String CRASH = "CRASH";
  private static final int GONE_LISTED = 5_000;

  private final Turn turn;
  private final Talk talk;
  private final Moves moves;
  private final Calls calls;
  private final Lines lines;
  private final FocusCounters counters;

  Departures(
      final Turn turn,
      final Talk talk,
      final Moves moves,
      final Calls calls,
      final Lines lines,
      final FocusCounters counters) {
    this.turn = turn;
    this.talk = talk;
    this.moves = moves;
    this.calls = calls;
    this.lines = lines;
    this.counters = counters;
  }

  /** A host sends him away: BYE, and his seat is not kept. */
  void drop(final CallState call, final Caller caller) {
    end(call, caller, DROPPED, "dropped");
  }

  /** His redial takes his seat: BYE to the line he had. */
  void replace(final CallState call, final Caller caller) {
    end(call, caller, REDIALLED, "redialled");
  }

  /** His line is given up: BYE, and his seat is kept. */
  void giveUp(final Line line, final String reason, final String sipReason) {
    leaveCall(line, reason);
    lines.end(line, sipReason, turn.nowNs());
  }

  /** His line is gone: his seat is kept. What the far end gave as its reason is told as well. */
  void onEnded(final Line line, final DialogEnd end, final String reason) {
    leaveCall(line, reason.isEmpty() ? end.name() : end.name() + " " + reason);
    lines.forget(line, turn.nowNs());
  }

  /** He was on the line when the server ended without a word: his seat is kept. */
  void crashed(final CallState call, final Caller caller) {
    call.seats().vacate(caller, turn.nowNs());
    leave(call, caller, CRASH);
  }

  /** Closes a call for everyone in it. */
  void closeCall(final CallState call) {
    for (final Caller caller : call.activeCallers()) {
      final Line line = call.releaseLine(caller.uid());
      final Caller gone = talk.stop(call, caller).gone(turn.nowMs(), CLOSED);
      call.put(gone);
      turn.raise(call, EventName.UPDATE, gone);
      counters.increment(FocusCounter.LEFT);
      lines.end(line, "closed", turn.nowNs());
    }
    call.giveFloor("");
    calls.close(call);
    lines.endCallWhenSilent(call);
  }

  private void leaveCall(final Line line, final String reason) {
    if (line.call() != null && !line.callerUid().isEmpty()) {
      final Caller caller = line.call().caller(line.callerUid());
      if (caller != null && caller.active()) {
        line.call().seats().vacate(caller, turn.nowNs());
        leave(line.call(), caller, reason);
      }
    }
  }

  private void end(
      final CallState call, final Caller caller, final String reason, final String sipReason) {
    final Line line = leave(call, caller, reason);
    lines.end(line, sipReason, turn.nowNs());
  }

  private Line leave(final CallState call, final Caller caller, final String reason) {
    final Line line = call.releaseLine(caller.uid());
    final Set<String> groups = new LinkedHashSet<>();
    final Caller silent = talk.stop(call, caller);
    moves.leaveGroup(call, caller, groups);
    final Caller gone = unseated(silent).gone(turn.nowMs(), reason);
    call.put(gone);
    groups.forEach(group -> moves.refresh(call, group));
    turn.raise(call, EventName.UPDATE, gone);
    groups.forEach(group -> moves.raiseUpdate(call, group));
    if (call.takeFloor(caller.uid())) {
      turn.raiseUpdate(call);
    }
    turn.reroute(call);
    counters.increment(FocusCounter.LEFT);
    LOG.info("caller {} left call {}: {}", caller.uid(), call.uid(), reason);
    if (call.activeCount() == 0) {
      call.waitFor(0, turn.nowNs());
    }
    if (call.forgetGoneBeyond(GONE_LISTED)) {
      turn.raiseUpdate(call);
    }
    return line;
  }

  /** Somebody who left sits in no breakout. */
  private Caller unseated(final Caller caller) {
    return caller.seat().place() == Place.BREAKOUT
        ? caller.withSeat(new Seat(Place.MAIN, Moves.MAIN_ROOM, turn.nowMs()))
        : caller;
  }
}
