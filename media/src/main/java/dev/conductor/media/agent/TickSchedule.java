package dev.conductor.media.agent;

import dev.conductor.media.session.TickContext;

/**
 * The absolute schedule of an agent's ticks: one every 20 ms since the engine's start. After a
 * stall up to three missed ticks run back to back; what is beyond is skipped.
 *
 * @threading one media agent.
 * @allocation none after construction.
 * @units nanoseconds; ticks are counted from 1.
 */
final class TickSchedule {
  private static final int CATCH_UP_TICKS = 3;
  private static final long TICK_NS = TickContext.TICK_NS;

  private long tick;
  private long nextNs;

  /** The first tick is one tick after this. */
  void start(final long epochNs) {
    nextNs = epochNs + TICK_NS;
  }

  boolean isDue(final long nowNs) {
    return nowNs - nextNs >= 0;
  }

  /** When the next tick is to begin. */
  long nextNs() {
    return nextNs;
  }

  /** The number of the latest tick begun. */
  long tick() {
    return tick;
  }

  /** Skips the ticks that are too late to be caught up: how many. */
  long skip(final long nowNs) {
    final long missed = (nowNs - nextNs) / TICK_NS;
    final long skipped = Math.max(0, missed - CATCH_UP_TICKS);
    tick += skipped;
    nextNs += skipped * TICK_NS;
    return skipped;
  }

  /** How late the tick that is due is. */
  long latenessNs(final long nowNs) {
    return nowNs - nextNs;
  }

  /** How many ticks are due after the one that is due next. */
  int dueAfter(final long nowNs) {
    return (int) ((nowNs - nextNs) / TICK_NS);
  }

  /** Begins the tick that is due; when it was to begin. */
  long begin() {
    tick++;
    nextNs += TICK_NS;
    return nextNs - TICK_NS;
  }
}
