package dev.conductor.focus;

import dev.conductor.config.ConductorConfig;
import java.util.function.Supplier;

/** What most of the focus works with. Immutable; the parts are the conductor's only. */
record Room(
    Turn turn,
    Calls calls,
    Lines lines,
    Talk talk,
    Moves moves,
    Announcer announcer,
    SoundChanges sound,
    HandChanges hands,
    Departures departures,
    PlacedCalls placed,
    FocusCounters counters) {

  /**
   * Joins the parts that change callers around the turn, the calls and the lines.
   *
   * @param uids makes UIDs for callers we call
   */
  static Room of(
      final Turn turn,
      final Calls calls,
      final Lines lines,
      final FocusCounters counters,
      final ConductorConfig config,
      final Supplier<String> uids) {
    final Talk talk = new Talk(turn);
    final Announcer announcer = new Announcer(turn, lines, counters, config.entry().spokenMoves());
    final Moves moves = new Moves(turn, talk, announcer);
    return new Room(
        turn,
        calls,
        lines,
        talk,
        moves,
        announcer,
        new SoundChanges(turn, talk),
        new HandChanges(turn, moves),
        new Departures(turn, talk, moves, calls, lines, counters),
        new PlacedCalls(config, turn, lines, counters, uids),
        counters);
  }
}
