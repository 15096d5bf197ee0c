package dev.conductor.media.agent;

import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingIdleStrategy;

/**
 * Parks an agent until its next tick: in a few steps, each the longest power of two that ends
 * before the tick, so that it is woken at most ten times and never late by more than the platform's
 * own granularity.
 *
 * @threading the agent's own thread.
 * @allocation none after construction.
 * @units nanoseconds.
 */
final class TickIdleStrategy implements IdleStrategy {
  private static final int SHORTEST_EXPONENT = 15;
  private static final int LONGEST_EXPONENT = 24;

  private final NanoClock clock;
  private final MediaAgent agent;
  private final SleepingIdleStrategy[] sleepers =
      new SleepingIdleStrategy[LONGEST_EXPONENT - SHORTEST_EXPONENT + 1];

  TickIdleStrategy(final NanoClock clock, final MediaAgent agent) {
    this.clock = clock;
    this.agent = agent;
    for (int i = 0; i < sleepers.length; i++) {
      sleepers[i] = new SleepingIdleStrategy(1L << (SHORTEST_EXPONENT + i));
    }
  }

  @Override
  public void idle(final int workCount) {
    if (workCount <= 0) {
      idle();
    }
  }

  @Override
  public void idle() {
    final long leftNs = agent.nextTickNs() - clock.nanoTime();
    if (leftNs > 0) {
      final int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(leftNs);
      final int index = Math.max(exponent, SHORTEST_EXPONENT) - SHORTEST_EXPONENT;
      sleepers[Math.min(index, sleepers.length - 1)].idle();
    }
  }

  @Override
  public void reset() {
    // Every wait is reckoned from the clock: there is nothing to forget.
  }
}
