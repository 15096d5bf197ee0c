package dev.conductor.media.agent;

import dev.conductor.media.status.TickHistogram;
import java.util.concurrent.locks.LockSupport;

/** A thread that does nothing but park until its next tick: as punctual as the machine is now. */
final class BareTicks implements AutoCloseable {
  private final Thread thread = new Thread(this::run, "bare-ticks");
  private volatile TickHistogram window = new TickHistogram();
  private volatile boolean stopped;

  BareTicks() {
    thread.start();
  }

  private void run() {
    long nextNs = System.nanoTime() + Stage.TICK_NS;
    while (!stopped) {
      long leftNs;
      while ((leftNs = nextNs - System.nanoTime()) > 0) {
        LockSupport.parkNanos(leftNs);
      }
      window.record(-leftNs);
      nextNs += Stage.TICK_NS;
    }
  }

  /** Begins a window; what was noted in the last one is given. */
  TickHistogram newWindow() {
    final TickHistogram last = window;
    window = new TickHistogram();
    return last;
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (final InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
