package dev.conductor.command;

import java.util.List;
import java.util.Optional;

/** What is to be done to a call's breakout timer, already checked. Immutable. */
public sealed interface TimerChange {
  /**
   * Starts it, in place of one that runs.
   *
   * @param seconds until it recalls
   * @param uids these breakouts, empty for all there are by then
   * @param spoken what is spoken before its end
   */
  record Start(int seconds, List<String> uids, Spoken spoken) implements TimerChange {
    /** Copies the list. */
    public Start {
      uids = List.copyOf(uids);
    }
  }

  /**
   * Moves its end.
   *
   * @param seconds later, or earlier where below 0
   * @param uids these breakouts from now on, empty for those it was started for
   * @param spoken what is spoken from now on; what it does not say stays
   */
  record Extend(int seconds, List<String> uids, Spoken spoken) implements TimerChange {
    /** Copies the list. */
    public Extend {
      uids = List.copyOf(uids);
    }
  }

  /** Stops it. */
  record Cancel() implements TimerChange {}

  /**
   * What is spoken to those in the breakouts. Immutable.
   *
   * @param warningsS seconds before the end at which it is told how long it is still
   * @param countdownS the last seconds, which are counted down aloud; 0 for none
   */
  record Spoken(Optional<List<Integer>> warningsS, Optional<Integer> countdownS) {}
}
