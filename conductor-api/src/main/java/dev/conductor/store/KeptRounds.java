package dev.conductor.store;

import java.util.List;
import java.util.Optional;

/**
 * What a call's rounds of breakouts have to do after a crash. Immutable.
 *
 * @param callUid the call
 * @param timer the breakout timer that runs
 * @param recall the recall that is counted down to
 * @param followRole late-comers of this role follow the others, empty for nobody
 * @param followInto into the smallest of these breakouts
 */
public record KeptRounds(
    String callUid,
    Optional<Timer> timer,
    Optional<Timer> recall,
    String followRole,
    List<String> followInto) {
  /** Copies the list. */
  public KeptRounds {
    followInto = List.copyOf(followInto);
  }

  /** Nothing to do. */
  public static KeptRounds none(final String callUid) {
    return new KeptRounds(callUid, Optional.empty(), Optional.empty(), "", List.of());
  }

  /**
   * A countdown. Immutable.
   *
   * @param endMs Unix time of its end
   * @param breakoutUids which breakouts it recalls, empty for all
   * @param warningsS seconds before the end at which it is spoken of
   * @param countdownS the last seconds, which are counted down aloud
   */
  public record Timer(
      long endMs, List<String> breakoutUids, List<Integer> warningsS, int countdownS) {
    /** Copies the lists. */
    public Timer {
      breakoutUids = List.copyOf(breakoutUids);
      warningsS = List.copyOf(warningsS);
    }
  }
}
