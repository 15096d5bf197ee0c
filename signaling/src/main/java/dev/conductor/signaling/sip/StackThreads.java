package dev.conductor.signaling.sip;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread group of one stack. Threads inherit the group of the thread that makes them, so every
 * thread the stack starts is in here and can be ended, whatever its name. What one of them throws
 * is counted and logged, never printed.
 *
 * <p>Threads: any.
 */
final class StackThreads extends ThreadGroup {
  private static final Logger LOG = LoggerFactory.getLogger(StackThreads.class);
  private static final long JOIN_MS = 2_000;

  private final LogLimit limit = new LogLimit(1);
  private final SipCounters counters;

  StackThreads(final String name, final SipCounters counters) {
    super(name);
    this.counters = counters;
  }

  /** Work that may fail. */
  @FunctionalInterface
  interface Work {
    /** Does it. */
    void run() throws Exception;
  }

  /** Runs the work on a thread of this group and waits for it. */
  void call(final Work work) throws Exception {
    final AtomicReference<Exception> failure = new AtomicReference<>();
    final Thread thread =
        new Thread(
            this,
            () -> {
              try {
                work.run();
              } catch (final Exception e) {
                failure.set(e);
              }
            },
            "sip-start");
    thread.start();
    thread.join();
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  /** The threads alive. */
  List<Thread> alive() {
    final Thread[] threads = new Thread[activeCount() + 16];
    final int count = enumerate(threads, true);
    return Stream.of(threads).limit(count).filter(Thread::isAlive).toList();
  }

  /**
   * Interrupts what is left and waits for it to end.
   *
   * @return threads that did not
   */
  List<Thread> end() {
    final long deadlineNs = System.nanoTime() + JOIN_MS * 1_000_000;
    List<Thread> left = alive();
    while (!left.isEmpty() && deadlineNs - System.nanoTime() > 0) {
      left.forEach(Thread::interrupt);
      try {
        left.get(0).join(20);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return left;
      }
      left = alive();
    }
    return left;
  }

  @Override
  public void uncaughtException(final Thread thread, final Throwable problem) {
    counters.increment(SipCounter.UNEXPECTED);
    if (limit.admit()) {
      LOG.error("thread {} ended", thread.getName(), problem);
    }
  }
}
