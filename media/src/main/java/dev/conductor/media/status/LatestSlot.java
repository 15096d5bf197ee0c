package dev.conductor.media.status;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Room for one value between two threads, where only the latest counts: a value put in replaces one
 * not taken yet. A put is a release and pairs with the acquire of the take that finds it, so
 * whatever the value holds is seen whole.
 *
 * @param <T> an immutable type
 * @threading {@link #put} and {@link #take}: any thread; neither waits.
 * @allocation none after construction.
 */
public final class LatestSlot<T> {
  private final AtomicReference<T> value = new AtomicReference<>();

  /** An empty slot. */
  public LatestSlot() {}

  /** Puts a value in, in place of what is there. */
  public void put(final T latest) {
    value.setRelease(latest);
  }

  /** Takes the value out, or null when nothing was put in since the last time. */
  public T take() {
    return value.getAcquire() == null ? null : value.getAndSet(null);
  }
}
