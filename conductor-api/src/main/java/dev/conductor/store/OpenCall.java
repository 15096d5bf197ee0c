package dev.conductor.store;

import dev.conductor.model.Attendance;
import dev.conductor.model.CallSnapshot;
import java.util.Map;

/**
 * A call that a crash left open, as it was committed last. Immutable.
 *
 * @param snapshot the call and all in it; those who were on the line are shown so
 * @param attendance by UID of each caller
 * @param rounds its timers and who follows whom
 * @param breakoutsMade how many breakouts were made in it so far
 */
public record OpenCall(
    CallSnapshot snapshot,
    Map<String, Attendance> attendance,
    KeptRounds rounds,
    int breakoutsMade) {
  /** Copies the map. */
  public OpenCall {
    attendance = Map.copyOf(attendance);
  }

  /** With its events going on behind this number at least. */
  OpenCall behind(final long seq) {
    return new OpenCall(
        new CallSnapshot(
            snapshot.call(),
            snapshot.callers(),
            snapshot.breakouts(),
            Math.max(seq, snapshot.seq()),
            snapshot.together()),
        attendance,
        rounds,
        breakoutsMade);
  }
}
