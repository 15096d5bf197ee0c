package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.util.Map;

/**
 * What became of the calls that were offered. Immutable.
 *
 * @param offered calls dialled
 * @param established of them, answered and acknowledged
 * @param failed of them, by why: a status, or in words
 * @param repeats requests that were repeated since no answer came in time
 * @param dialledNs from the first INVITE to the last
 * @param setUpNs from the first INVITE to the last answer
 * @param postDial from INVITE to 180 or 200, over those established
 */
record SetUpTally(
    int offered,
    int established,
    Map<String, Integer> failed,
    int repeats,
    long dialledNs,
    long setUpNs,
    TickHistogram postDial) {
  private static final double SECOND_NS = 1e9;

  /** Calls that failed. */
  int failures() {
    return failed.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Calls established a second. */
  double rate() {
    return established * SECOND_NS / setUpNs;
  }

  /** Calls dialled a second; less than asked for when the generator could not follow. */
  double offeredRate() {
    return (offered - 1) * SECOND_NS / Math.max(1, dialledNs);
  }
}
