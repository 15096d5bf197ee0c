package dev.conductor.media.status;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;

/**
 * How late ticks began, since start: two significant digits up to one minute; what is later counts
 * as one minute, what is early as on time. Footprint about 32 KiB.
 *
 * @threading {@link #record}: one thread. The readers: any thread; they look at the live counts, so
 *     the writer is neither delayed nor asked, and may miss the latest tick.
 * @allocation none after construction in {@link #record}; reading over several makes one histogram.
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

  /** The same over the ticks of several agents together. */
  public static long valueAtPercentileNs(
      final List<TickHistogram> histograms, final double percentile) {
    return together(histograms).getValueAtPercentile(percentile);
  }

  /**
   * The ticks of several agents together, counted by bounds.
   *
   * @param boundsNs rising
   * @return for each bound how many were at most so late and later than the bound before
   */
  public static List<Long> counts(final List<TickHistogram> histograms, final List<Long> boundsNs) {
    final Histogram all = together(histograms);
    final List<Long> ticks = new ArrayList<>();
    long before = 0;
    for (final long boundNs : boundsNs) {
      final long within = all.getCountBetweenValues(0, Math.min(MAX_NS, boundNs));
      ticks.add(within - before);
      before = within;
    }
    return ticks;
  }

  /** All lateness of several agents, to some percent. */
  public static double sumNs(final List<TickHistogram> histograms) {
    final Histogram all = together(histograms);
    return all.getMean() * all.getTotalCount();
  }

  private static Histogram together(final List<TickHistogram> histograms) {
    final Histogram all = new Histogram(MAX_NS, DIGITS);
    for (final TickHistogram histogram : histograms) {
      all.add(histogram.counts);
    }
    return all;
  }
}
