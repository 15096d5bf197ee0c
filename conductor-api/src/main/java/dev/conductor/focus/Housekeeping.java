package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is due by time alone: PIN dialogues, breakout timers, prompts that wait, calls that stand
 * empty, lines held too long, seats and closed calls kept long enough. The conductor only.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final long LOBBY_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long ROOMS_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSED_KEPT_NS = TimeUnit.HOURS.toNanos(24);

  private final Room room;
  private final Lobby lobby;
  private final BreakoutTimers timers;
  private final long emptyCallNs;
  private final long seatKeptNs;
  private final long holdEndNs;
  private long lobbyDueNs;
  private long roomsDueNs;

  /** First due at once. */
  Housekeeping(
      final ConductorConfig config,
      final Room room,
      final Lobby lobby,
      final BreakoutTimers timers,
      final long nowNs) {
    this.room = room;
    this.lobby = lobby;
    this.timers = timers;
    this.emptyCallNs = TimeUnit.MILLISECONDS.toNanos(config.entry().emptyCallMs());
    this.seatKeptNs = TimeUnit.MILLISECONDS.toNanos(config.entry().seatKeptMs());
    this.holdEndNs = TimeUnit.MILLISECONDS.toNanos(config.media().holdEndMs());
    this.lobbyDueNs = nowNs;
    this.roomsDueNs = nowNs;
  }

  /** Does what is due; answers how much that was. */
  int run() {
    final long nowNs = room.turn().nowNs();
    int work = 0;
    if (nowNs - lobbyDueNs >= 0) {
      lobbyDueNs = nowNs + LOBBY_EVERY_NS;
      work += guarded(lobby::sweep);
      work += guarded(room.placed()::sweep);
      work += guarded(timers::sweep);
      work += guarded(room.announcer()::sweep);
    }
    if (nowNs - roomsDueNs >= 0) {
      roomsDueNs = nowNs + ROOMS_EVERY_NS;
      work += endHeldLines(nowNs);
      work += closeEmptyCalls(nowNs);
      room.calls().forgetClosed(CLOSED_KEPT_NS);
    }
    return work;
  }

  private int closeEmptyCalls(final long nowNs) {
    int closed = 0;
    for (final CallState call : room.calls().all()) {
      closed += guarded(() -> closeIfEmpty(call, nowNs));
    }
    return closed;
  }

  private int closeIfEmpty(final CallState call, final long nowNs) {
    call.seats().expire(seatKeptNs, nowNs);
    room.turn().touch(call);
    if (!call.isEmptyFor(emptyCallNs, nowNs)) {
      return 0;
    }
    room.turn().actFor(Origin.By.TIMER);
    room.departures().closeCall(call);
    return 1;
  }

  private int endHeldLines(final long nowNs) {
    int ended = 0;
    for (final Line line : room.lines().all()) {
      if (line.hold() && nowNs - line.holdSinceNs() >= holdEndNs) {
        ended += guarded(() -> giveUp(line));
      }
    }
    return ended;
  }

  private int giveUp(final Line line) {
    room.turn().actFor(Origin.By.TIMER);
    room.departures().giveUp(line, Departures.HOLD_TIMEOUT, "hold-timeout");
    return 1;
  }

  /** One fault must not stop the rest. */
  private int guarded(final IntSupplier work) {
    try {
      return work.getAsInt();
    } catch (final RuntimeException fault) {
      room.counters().increment(FocusCounter.FAULTS);
      LOG.error("what is due by time could not be done", fault);
      return 0;
    }
  }
}
