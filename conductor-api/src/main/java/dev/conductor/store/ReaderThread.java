package dev.conductor.store;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads the store over a connection of its own that cannot write: commits never wait
 * for it. At most {@value #MAX_WAITING} reads wait. Opened after the store and closed before it.
 * Any thread.
 */
final class ReaderThread implements AutoCloseable {
  static final int MAX_WAITING = 64;

  private static final long STOP_MS = 5_000;
  private static final Logger LOG = LoggerFactory.getLogger(ReaderThread.class);

  private final StoreConnection connection;
  private final StoreCounters counters;
  private final String name;
  private final ThreadPoolExecutor thread;

  /** Takes the connection: it is closed with the thread. */
  ReaderThread(final String name, final StoreConnection connection, final StoreCounters counters) {
    this.name = name;
    this.connection = connection;
    this.counters = counters;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work -> new Thread(work, name));
  }

  /**
   * Reads on the thread; never waits.
   *
   * @return false, counted, when too many reads wait already
   */
  boolean read(final Consumer<StoreConnection> work) {
    try {
      thread.execute(() -> work.accept(connection));
      return true;
    } catch (final RejectedExecutionException full) {
      counters.add(StoreCounter.READS_REFUSED, 1);
      return false;
    }
  }

  /** Ends the thread and closes the connection. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      if (!thread.awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("a read by {} did not end in time", name);
      }
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }
}
