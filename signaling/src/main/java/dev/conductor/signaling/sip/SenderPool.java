package dev.conductor.signaling.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads everything we send leaves on: one for UDP; a few for TCP, where one dialog is always
 * on the same, so that one that waits for a connection holds up only its own lane. Asking never
 * waits: a full lane says no. Beside the jobs of every kind, each lane keeps room for the end of
 * every dialog that can be up, so that a large call can be closed at once.
 *
 * <p>Threads: any asks.
 */
final class SenderPool {
  /** Jobs of any kind that may wait in one lane. */
  static final int NEW_JOBS = 3_072;

  private static final int TCP_LANES = 4;
  private static final Logger LOG = LoggerFactory.getLogger(SenderPool.class);
  private static final long STOP_MS = 1_000;

  private final LogLimit limit = new LogLimit(1);
  private final SipCounters counters;
  private final List<Lane> lanes = new ArrayList<>();
  private final int keptForEnds;
  private volatile boolean stopping;

  /**
   * A pool whose every lane has room for the end of each dialog, beside what else waits.
   *
   * @param maxDialogs how many dialogs can be up at once
   */
  SenderPool(final SipCounters counters, final int maxDialogs) {
    this.counters = counters;
    this.keptForEnds = maxDialogs;
    for (int i = 0; i <= TCP_LANES; i++) {
      lanes.add(new Lane());
    }
  }

  /**
   * Begins to send.
   *
   * @param tick done by the UDP lane between jobs, ten times a second at least
   */
  void start(final ThreadGroup group, final Runnable tick) {
    for (int i = 0; i < lanes.size(); i++) {
      final Lane lane = lanes.get(i);
      lane.thread =
          i == 0
              ? new SenderThread(group, () -> lane.run(tick), "sip-send-udp")
              : new SenderThread(group, () -> lane.run(() -> {}), "sip-send-tcp-" + i);
      lane.thread.start();
    }
  }

  /** Lets what waits leave, for a while, and ends the threads. */
  void stop() {
    stopping = true;
    for (final Lane lane : lanes) {
      if (lane.thread != null) {
        try {
          lane.thread.join(STOP_MS);
        } catch (final InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        lane.thread.interrupt();
      }
    }
  }

  /**
   * Asks for a job to be done.
   *
   * @param lane whose lane it is, see {@link #lane}
   * @param ends whether it ends a dialog: such jobs find room longest
   * @return false when there is no room
   */
  boolean offer(final int lane, final boolean ends, final Runnable job) {
    final ArrayBlockingQueue<Runnable> jobs = lanes.get(lane).jobs;
    if (!ends && jobs.remainingCapacity() <= keptForEnds || !jobs.offer(job)) {
      counters.increment(SipCounter.HATCH_REFUSALS);
      return false;
    }
    return true;
  }

  /**
   * Has a job done behind all that waits in a lane; on the calling thread at once where the lane is
   * full.
   */
  void afterWaiting(final int lane, final Runnable job) {
    if (!offer(lane, true, job)) {
      job.run();
    }
  }

  /** The lane of a dialog: 0 for UDP. */
  static int lane(final boolean tcp, final int hash) {
    return tcp ? 1 + Math.floorMod(hash, TCP_LANES) : 0;
  }

  /** One thread and what waits for it. */
  private final class Lane {
    private final ArrayBlockingQueue<Runnable> jobs =
        new ArrayBlockingQueue<>(NEW_JOBS + keptForEnds);
    private SenderThread thread;

    private void run(final Runnable tick) {
      try {
        while (true) {
          final Runnable job = jobs.poll(100, TimeUnit.MILLISECONDS);
          if (job != null) {
            doJob(job);
          } else if (stopping) {
            return;
          }
          doJob(tick);
        }
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void doJob(final Runnable job) {
      try {
        job.run();
      } catch (final RuntimeException | StackOverflowError e) {
        counters.increment(SipCounter.UNEXPECTED);
        if (limit.admit()) {
          LOG.warn("a message could not be sent", e);
        }
      }
    }
  }
}
