package dev.conductor.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A call and all in it at one event number. Immutable: the maps are never changed after publishing.
 *
 * @param call the call
 * @param callers by UID; iterate in the order of {@code call.callers()}
 * @param breakouts by UID; iterate in the order of {@code call.breakouts()}
 * @param seq number of the last logged event that is in it
 * @param together UIDs of those who sat together in a breakout before, a list for each time, the
 *     oldest first; old ones are forgotten
 */
public record CallSnapshot(
    Call call,
    Map<String, Caller> callers,
    Map<String, Breakout> breakouts,
    long seq,
    List<List<String>> together) {

  /** A call in which nobody sat together before. */
  public CallSnapshot(
      final Call call,
      final Map<String, Caller> callers,
      final Map<String, Breakout> breakouts,
      final long seq) {
    this(call, callers, breakouts, seq, List.of());
  }

  /** Callers in order of entry. */
  public Collection<Caller> callersInOrder() {
    return call.callers().stream().map(callers::get).toList();
  }

  /** Breakouts in order of making. */
  public Collection<Breakout> breakoutsInOrder() {
    return call.breakouts().stream().map(breakouts::get).toList();
  }
}
