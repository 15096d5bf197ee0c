package dev.conductor.media.status;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The counters of one writer. A write is a plain read and a release store, so it never waits and
 * costs no fence; a read is an acquire load and pairs with it.
 *
 * @threading {@link #increment} and {@link #add}: one thread, always the same. {@link #get}: any.
 * @allocation none after construction.
 */
public final class MediaCounters {
  private final AtomicLongArray values = new AtomicLongArray(MediaCounter.values().length);

  /** Counts one. Writer only. */
  public void increment(final MediaCounter counter) {
    add(counter, 1);
  }

  /** Counts several at once. Writer only. */
  public void add(final MediaCounter counter, final long amount) {
    final int index = counter.ordinal();
    values.setRelease(index, values.getPlain(index) + amount);
  }

  /** The count so far. Any thread; all that the writer did before counting is seen. */
  public long get(final MediaCounter counter) {
    return values.getAcquire(counter.ordinal());
  }
}
