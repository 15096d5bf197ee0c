package dev.conductor.model;

import java.util.Collection;
import java.util.Map;

/**
 * A call and all in it at one event number. Immutable: the maps are never changed after publishing.
 *
 * @param call the call
 * @param callers by UID; iterate in the order of {@code call.callers()}
 * @param breakouts by UID; iterate in the order of {@code call.breakouts()}
 * @param seq number of the last logged event that is in it
 */
public record CallSnapshot(
    Call call, Map<String, Caller> callers, Map<String, Breakout> breakouts, long seq) {

  /** Callers in order of entry. */
  public Collection<Caller> callersInOrder() {
    return call.callers().stream().map(callers::get).toList();
  }

  /** Breakouts in order of making. */
  public Collection<Breakout> breakoutsInOrder() {
    return call.breakouts().stream().map(breakouts::get).toList();
  }
}
