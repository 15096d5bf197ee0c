package dev.conductor.media.api;

import java.util.List;

/**
 * How late ticks began since start, over all agents, as counts by bounds: what happened in a while
 * is the difference of two.
 *
 * @param boundsNs rising; the last one is {@link Long#MAX_VALUE}
 * @param ticks for each bound, how many were at most so late and later than the bound before
 * @param sumNs all lateness together, to some percent
 * @threading immutable.
 * @allocation lists of some twenty numbers.
 * @units nanoseconds.
 */
public record TickLateness(List<Long> boundsNs, List<Long> ticks, double sumNs) {
  /** Copies the lists. */
  public TickLateness {
    boundsNs = List.copyOf(boundsNs);
    ticks = List.copyOf(ticks);
  }
}
