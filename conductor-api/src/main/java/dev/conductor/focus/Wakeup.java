package dev.conductor.focus;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the conductor sleeps: until somebody who put something into a hatch calls, {@value
 * #LONGEST_MS} ms at most, for sound's events do not call and timers are looked at by then. Before
 * it sleeps it says so and takes one more turn, so that whatever was put in without a call is
 * found.
 *
 * <p>Threads: {@link #call} from any, it never waits; the rest on the one that sleeps.
 */
public final class Wakeup implements IdleStrategy {
  private static final long LONGEST_MS = 10;

  private final long longestNs;

  /** Whom a call wakes; null while nobody is about to sleep. */
  private volatile Thread sleeper;

  /** Whether a turn was taken since it was said that we are about to sleep. The sleeper's. */
  private boolean announced;

  Wakeup() {
    this(TimeUnit.MILLISECONDS.toNanos(LONGEST_MS));
  }

  /** Sleeps so long when nobody calls. */
  Wakeup(final long longestNs) {
    this.longestNs = longestNs;
  }

  /** Ends the sleep, or the one about to begin. To be called after something was put in. */
  public void call() {
    // What was put in must be seen by the turn that follows the announcement, or this see the
    // announcement: neither may pass the other.
    VarHandle.fullFence();
    final Thread waiting = sleeper;
    if (waiting != null) {
      sleeper = null;
      LockSupport.unpark(waiting);
    }
  }

  @Override
  public void idle(final int workCount) {
    if (workCount > 0) {
      reset();
    } else {
      idle();
    }
  }

  @Override
  public void idle() {
    if (announced) {
      LockSupport.parkNanos(this, longestNs);
      reset();
    } else {
      sleeper = Thread.currentThread();
      announced = true;
    }
  }

  @Override
  public void reset() {
    if (announced) {
      announced = false;
      sleeper = null;
    }
  }
}
