package dev.conductor.focus;

import dev.conductor.store.KeptRounds;
import java.util.List;

/**
 * A timer at whose end callers are recalled from breakouts. Immutable.
 *
 * @param endNs when it ends, by the conductor's own clock
 * @param endMs the same in Unix time, for {@code breakoutEndTime}
 * @param breakoutUids which breakouts, empty for all
 * @param warningsS seconds before the end at which it is spoken of
 * @param countdownS the last seconds, which are counted down aloud; 0 for none
 * @param spokenS seconds before the end at which it was spoken of last
 */
record Countdown(
    long endNs,
    long endMs,
    List<String> breakoutUids,
    List<Integer> warningsS,
    int countdownS,
    long spokenS) {
  /** The same without what the conductor's clock and voice know of it. */
  KeptRounds.Timer toKeep() {
    return new KeptRounds.Timer(endMs, breakoutUids, warningsS, countdownS);
  }
}
