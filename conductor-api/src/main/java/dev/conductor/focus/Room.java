package dev.conductor.focus;

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
    FocusCounters counters) {

  /**
   * Joins the parts that change callers around the turn, the calls and the lines.
   *
   * @param speaksMoves whether callers are told what is done to them
   */
  static Room of(
      final Turn turn,
      final Calls calls,
      final Lines lines,
      final FocusCounters counters,
      final boolean speaksMoves) {
    final Talk talk = new Talk(turn);
    final Announcer announcer = new Announcer(turn, lines, counters, speaksMoves);
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
        counters);
  }
}
