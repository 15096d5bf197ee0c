package dev.conductor.media.status;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AtomicHistogram;

/**
 * How late ticks began, since start: two significant digits up to one minute; what is later counts
 * as one minute, what is early as on time. Footprint about 32 KiB.
 *
 * @threading {@link #record}: one thread. The readers: any thread; they look at the live counts, so
 *     the writer is neither delayed nor asked, and may miss the latest tick.
 * @allocation none after construction in {@link #record}.
 * @units nanoseconds.
 */
public final class TickHistogram {
  private static final long MAX_NS = 60_000_000_000L;
  private static final int DIGITS = 2;

  private final AtomicHistogram counts = new AtomicHistogram(MAX_NS, DIGITS);

  /** Counts one tick. Writer only; wait-free. */
  public void record(final long latenessNs) {
    counts.recordValue(Math.max(0, Math.min(MAX_NS, latenessNs)));
  }

  /** Lateness that so many percent of the ticks did not exceed; 0 before the first tick. */
  public long valueAtPercentileNs(final double percentile) {
    return counts.getValueAtPercentile(percentile);
  }

  /** Ticks recorded so far. */
  public long count() {
    return counts.getTotalCount();
  }

  /**
   * The ticks recorded so far, counted by bounds.
   *
   * @param boundsNs rising
   * @return for each bound how many were at most so late and later than the bound before
   */
  public List<Long> counts(final List<Long> boundsNs) {
    final List<Long> ticks = new ArrayList<>();
    long before = 0;
    for (final long boundNs : boundsNs) {
      final long within = counts.getCountBetweenValues(0, Math.min(MAX_NS, boundNs));
      ticks.add(within - before);
      before = within;
    }
    return ticks;
  }

  /** All lateness recorded so far, to some percent. */
  public double sumNs() {
    return counts.getMean() * counts.getTotalCount();
  }

  /** The ticks of several agents together, as they are now. */
  public static TickHistogram together(final List<TickHistogram> histograms) {
    final TickHistogram all = new TickHistogram();
    for (final TickHistogram histogram : histograms) {
      all.counts.add(histogram.counts);
    }
    return all;
  }
}
