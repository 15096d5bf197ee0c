package dev.conductor.media.agent;

import dev.conductor.media.api.TickLateness;
import dev.conductor.media.status.TickHistogram;
import java.util.Arrays;
import java.util.List;

/**
 * Counts how late the ticks of all agents began.
 *
 * @threading any thread.
 * @allocation a histogram of 32 KiB and two lists a call.
 */
final class LatenessCounts {
  /** Fine where it begins to matter, up to the length of a tick, and coarse beyond. */
  private static final List<Long> BOUNDS_NS =
      List.of(
          100_000L,
          250_000L,
          500_000L,
          1_000_000L,
          1_500_000L,
          2_000_000L,
          3_000_000L,
          4_000_000L,
          5_000_000L,
          7_500_000L,
          10_000_000L,
          20_000_000L,
          50_000_000L,
          100_000_000L,
          1_000_000_000L,
          Long.MAX_VALUE);

  private LatenessCounts() {}

  static TickLateness of(final MediaAgent[] agents) {
    final TickHistogram all =
        TickHistogram.together(Arrays.stream(agents).map(MediaAgent::lateness).toList());
    return new TickLateness(BOUNDS_NS, all.counts(BOUNDS_NS), all.sumNs());
  }
}
