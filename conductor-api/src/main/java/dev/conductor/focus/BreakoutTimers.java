package dev.conductor.focus;

import dev.conductor.command.Command.BreakoutTimer;
import dev.conductor.command.Command.RecallBreakouts;
import dev.conductor.command.Origin;
import dev.conductor.command.TimerChange;
import dev.conductor.command.TimerChange.Spoken;
import dev.conductor.config.Prompt;
import dev.conductor.model.Breakout;
import dev.conductor.model.Times;
import dev.conductor.store.KeptRounds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The functions that bring callers back from breakouts, at once or in time: recallBreakouts and
 * breakoutTimer. A call has one timer and, apart from it, one recall that is counted down to; what
 * ends first recalls first. {@code breakoutEndTime} tells the earlier end. The conductor only.
 */
final class BreakoutTimers {
  /** Told before the end where nothing else is asked for, in seconds. */
  static final List<Integer> WARNINGS_S = List.of(120, 30);

  private static final String ALL_FINE = "";

  private final Turn turn;
  private final Moves moves;
  private final Announcer announcer;
  private final Set<CallState> running = new LinkedHashSet<>();

  BreakoutTimers(final Room room) {
    this.turn = room.turn();
    this.moves = room.moves();
    this.announcer = room.announcer();
  }

  /** Why it cannot be recalled so, empty when it can. */
  String checkRecall(final RecallBreakouts command, final CallState call) {
    return checkUids(call, command.uids());
  }

  /** Recalls, counts down to it, or stops the countdown. */
  String recall(final RecallBreakouts command, final CallState call) {
    if (command.cancel()) {
      call.rounds().recall(null);
      tellEnd(call);
    } else if (command.countdownS() == 0) {
      recallNow(call, breakouts(call, command.uids()));
    } else {
      call.rounds()
          .recall(countdown(command.countdownS(), command.uids(), List.of(), command.countdownS()));
      run(call);
    }
    return ALL_FINE;
  }

  /** Why the timer cannot be changed so, empty when it can. */
  String checkTimer(final BreakoutTimer command, final CallState call) {
    if (command.change() instanceof TimerChange.Start start) {
      return checkUids(call, start.uids());
    }
    if (command.change() instanceof TimerChange.Extend extend) {
      return call.rounds().timer() == null
          ? "extend: no breakout timer runs"
          : checkUids(call, extend.uids());
    }
    return ALL_FINE;
  }

  /** Starts, changes or stops the timer. */
  String change(final BreakoutTimer command, final CallState call) {
    final Rounds rounds = call.rounds();
    if (command.change() instanceof TimerChange.Start start) {
      final Spoken spoken = start.spoken();
      rounds.timer(
          countdown(
              start.seconds(),
              start.uids(),
              spoken.warningsS().orElse(WARNINGS_S),
              spoken.countdownS().orElse(0)));
      run(call);
    } else if (command.change() instanceof TimerChange.Extend extend) {
      rounds.timer(extended(rounds.timer(), extend));
      run(call);
    } else {
      rounds.timer(null);
      tellEnd(call);
    }
    return ALL_FINE;
  }

  private static String checkUids(final CallState call, final List<String> uids) {
    for (final String uid : uids) {
      if (call.breakout(uid) == null) {
        return "UID: no breakout " + uid + " in this call";
      }
    }
    return ALL_FINE;
  }

  private Countdown countdown(
      final int seconds,
      final List<String> uids,
      final List<Integer> warningsS,
      final int countdownS) {
    return new Countdown(
        turn.nowNs() + TimeUnit.SECONDS.toNanos(seconds),
        turn.nowMs() + TimeUnit.SECONDS.toMillis(seconds),
        uids,
        warningsS,
        countdownS,
        seconds + 1L);
  }

  /** An end that has gone by is now. */
  private Countdown extended(final Countdown timer, final TimerChange.Extend extend) {
    final long byNs = TimeUnit.SECONDS.toNanos(extend.seconds());
    final long leftNs = Math.max(0, timer.endNs() + byNs - turn.nowNs());
    final Spoken spoken = extend.spoken();
    return new Countdown(
        turn.nowNs() + leftNs,
        turn.nowMs() + TimeUnit.NANOSECONDS.toMillis(leftNs),
        extend.uids().isEmpty() ? timer.breakoutUids() : extend.uids(),
        spoken.warningsS().orElse(timer.warningsS()),
        spoken.countdownS().orElse(timer.countdownS()),
        secondsLeft(leftNs) + 1);
  }

  /** Goes on with what ran before a crash; an end that has gone by since is now. */
  void resume(final CallState call, final KeptRounds kept) {
    call.rounds().timer(kept.timer().map(this::resumed).orElse(null));
    call.rounds().recall(kept.recall().map(this::resumed).orElse(null));
    if (call.rounds().timer() != null || call.rounds().recall() != null) {
      running.add(call);
    }
  }

  private Countdown resumed(final KeptRounds.Timer kept) {
    final long leftMs = Math.max(0, kept.endMs() - turn.nowMs());
    final long leftNs = TimeUnit.MILLISECONDS.toNanos(leftMs);
    return new Countdown(
        turn.nowNs() + leftNs,
        kept.endMs(),
        kept.breakoutUids(),
        kept.warningsS(),
        kept.countdownS(),
        secondsLeft(leftNs) + 1);
  }

  private void run(final CallState call) {
    running.add(call);
    tellEnd(call);
    sweep(call);
  }

  /** Lets time go by for every timer; answers how many ended. */
  int sweep() {
    int ended = 0;
    for (final CallState call : List.copyOf(running)) {
      ended += sweep(call);
    }
    return ended;
  }

  private int sweep(final CallState call) {
    final Rounds rounds = call.rounds();
    if (!call.call().active() || rounds.timer() == null && rounds.recall() == null) {
      running.remove(call);
      return 0;
    }
    final Countdown due = isDue(rounds.recall()) ? rounds.recall() : rounds.timer();
    if (isDue(due)) {
      turn.actFor(Origin.By.TIMER);
      rounds.recall(due == rounds.recall() ? null : rounds.recall());
      rounds.timer(due == rounds.timer() ? null : rounds.timer());
      recallNow(call, breakouts(call, due.breakoutUids()));
      return 1;
    }
    rounds.timer(spoken(call, rounds.timer()));
    rounds.recall(spoken(call, rounds.recall()));
    return 0;
  }

  private boolean isDue(final Countdown timer) {
    return timer != null && turn.nowNs() - timer.endNs() >= 0;
  }

  /** Speaks of the end if that is due by now; each second is spoken of once. */
  private Countdown spoken(final CallState call, final Countdown timer) {
    if (timer == null) {
      return null;
    }
    final long leftS = secondsLeft(timer.endNs() - turn.nowNs());
    if (leftS >= timer.spokenS()) {
      return timer;
    }
    if (SpokenTime.isDue(timer, leftS)) {
      final List<Prompt> prompts = SpokenTime.prompts(timer, leftS);
      for (final String breakoutUid : breakouts(call, timer.breakoutUids())) {
        for (final String uid : call.breakout(breakoutUid).callers()) {
          announcer.say(call.line(uid), prompts);
        }
      }
    }
    return new Countdown(
        timer.endNs(),
        timer.endMs(),
        timer.breakoutUids(),
        timer.warningsS(),
        timer.countdownS(),
        leftS);
  }

  /** Whole seconds, one begun counting as one. */
  private static long secondsLeft(final long leftNs) {
    return (leftNs + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
  }

  private static List<String> breakouts(final CallState call, final List<String> named) {
    return named.isEmpty()
        ? allUids(call)
        : named.stream().filter(uid -> call.breakout(uid) != null).toList();
  }

  private static List<String> allUids(final CallState call) {
    return call.call().breakouts();
  }

  /**
   * Brings back everybody in these breakouts, seats kept for a redial too, and removes those that
   * were emptied by it. When nobody is left in any, the timers have nothing to do any more, and
   * late-comers follow nobody.
   */
  private void recallNow(final CallState call, final List<String> uids) {
    final Rounds.Follow followBefore = call.rounds().follow();
    final Moving moving = moves.begin(call);
    for (final String breakoutUid : uids) {
      for (final String uid : call.breakout(breakoutUid).callers()) {
        moving.seat(uid, Moves.MAIN_ROOM);
      }
    }
    moving.settle();
    moving.tell(List.of());
    uids.forEach(call.seats()::breakoutGone);
    final List<Breakout> removed = moves.removeEmptied(call, moving);
    if (isEmpty(call)) {
      call.rounds().timer(null);
      call.rounds().recall(null);
      call.rounds().follow(Rounds.Follow.NOBODY);
    }
    tellEnd(call);
    moves.remember(call, moving, List.of(), removed, followBefore);
    moves.speak(call, moving);
  }

  private static boolean isEmpty(final CallState call) {
    return allUids(call).stream().allMatch(uid -> call.breakout(uid).callers().isEmpty());
  }

  /** CALL UPDATE, with the earlier end in it. */
  private void tellEnd(final CallState call) {
    final OptionalLong endMs =
        Stream.of(call.rounds().timer(), call.rounds().recall())
            .filter(Objects::nonNull)
            .mapToLong(Countdown::endMs)
            .min();
    call.call(call.call().withBreakoutEnd(endMs.orElse(Times.NONE)));
    turn.raiseUpdate(call);
  }
}
