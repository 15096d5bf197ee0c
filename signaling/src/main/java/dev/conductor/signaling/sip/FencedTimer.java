package dev.conductor.signaling.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPStackTimerTask;
import gov.nist.javax.sip.stack.timers.SipTimer;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stack's timers on one thread that no failing task kills and that ends at stop, whatever is
 * still scheduled. (JAIN-SIP's own executor timer lives on until its last task has run, and prints
 * failures to the console.)
 *
 * <p>Threads: any schedules; tasks run on the timer's thread. JAIN-SIP makes it by name.
 */
public final class FencedTimer implements SipTimer {
  private static final Logger LOG = LoggerFactory.getLogger(FencedTimer.class);

  private final LogLimit limit = new LogLimit(1);
  private final ScheduledThreadPoolExecutor executor;

  /** Made by name. */
  public FencedTimer() {
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              final Thread thread = new Thread(task, "sip-timer");
              thread.setDaemon(true);
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void start(final SipStackImpl sipStack, final Properties configurationProperties) {
    executor.prestartAllCoreThreads();
  }

  @Override
  public boolean schedule(final SIPStackTimerTask task, final long delayMs) {
    task.setSipTimerTask(executor.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS));
    return true;
  }

  @Override
  public boolean scheduleWithFixedDelay(
      final SIPStackTimerTask task, final long delayMs, final long periodMs) {
    task.setSipTimerTask(
        executor.scheduleWithFixedDelay(() -> run(task), delayMs, periodMs, TimeUnit.MILLISECONDS));
    return true;
  }

  private void run(final SIPStackTimerTask task) {
    try {
      task.runTask();
    } catch (final RuntimeException | StackOverflowError e) {
      if (!executor.isShutdown() && limit.admit()) {
        LOG.warn("a timer of the stack failed", e);
      }
    }
  }

  @Override
  public boolean cancel(final SIPStackTimerTask task) {
    final Object scheduled = task.getSipTimerTask();
    if (!(scheduled instanceof Future<?> future)) {
      return false;
    }
    task.cleanUpBeforeCancel();
    task.setSipTimerTask(null);
    return future.cancel(false);
  }

  @Override
  public void stop() {
    executor.shutdownNow();
  }

  @Override
  public boolean isStarted() {
    return !executor.isShutdown();
  }
}
