package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;

/**
 * A thread that does nothing but wake every 20 ms: what it is late, the machine is late for
 * everybody. Opened and closed by one thread.
 */
final class ParkingWatch implements AutoCloseable {
  private static final long TICK_NS = 20_000_000;

  private final TickHistogram lateness = new TickHistogram();
  private final Thread thread = new Thread(this::run, "bare-parking");
  private volatile boolean running = true;

  ParkingWatch() {
    thread.setDaemon(true);
    thread.start();
  }

  /** How late it woke. */
  TickHistogram lateness() {
    return lateness;
  }

  private void run() {
    long dueNs = System.nanoTime() + TICK_NS;
    while (running) {
      Parking.until(dueNs);
      lateness.record(System.nanoTime() - dueNs);
      dueNs += TICK_NS;
    }
  }

  /** Ends the thread. */
  @Override
  public void close() {
    running = false;
    try {
      thread.join();
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
