package dev.conductor.signaling.guard;

import java.util.concurrent.atomic.AtomicInteger;

/** A cap of dialogs up at once. Any thread; never waits. */
public final class DialogLimit {
  private final int most;
  private final AtomicInteger up = new AtomicInteger();

  /** None up yet. */
  public DialogLimit(final int most) {
    this.most = most;
  }

  /**
   * Takes a place.
   *
   * @return false when all are taken
   */
  public boolean tryEnter() {
    if (up.incrementAndGet() > most) {
      up.decrementAndGet();
      return false;
    }
    return true;
  }

  /** Gives a place back. */
  public void leave() {
    up.decrementAndGet();
  }

  /** Places taken. */
  public int up() {
    return up.get();
  }
}
