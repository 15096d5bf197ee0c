package dev.conductor.signaling.sip;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets so many lines through a second, since a peer could fill a disk otherwise. Any thread; never
 * waits.
 */
final class LogLimit {
  private static final long SECOND_NS = 1_000_000_000L;

  private final int linesPerSecond;
  private final AtomicLong secondStartNs = new AtomicLong(System.nanoTime());
  private final AtomicLong lines = new AtomicLong();

  LogLimit(final int linesPerSecond) {
    this.linesPerSecond = linesPerSecond;
  }

  /** Whether a line may be written now. */
  boolean admit() {
    final long nowNs = System.nanoTime();
    final long startNs = secondStartNs.get();
    if (nowNs - startNs > SECOND_NS && secondStartNs.compareAndSet(startNs, nowNs)) {
      lines.set(0);
    }
    return lines.getAndIncrement() < linesPerSecond;
  }
}
