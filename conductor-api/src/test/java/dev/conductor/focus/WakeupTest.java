package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A sleeper of whom no call is lost: if one were, he would sleep for an hour and the test fail. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WakeupTest {
  private static final int ROUNDS = 20_000;
  private static final long AN_HOUR_NS = TimeUnit.HOURS.toNanos(1);

  private final ManyToOneConcurrentArrayQueue<Integer> hatch =
      new ManyToOneConcurrentArrayQueue<>(64);
  private final AtomicInteger taken = new AtomicInteger();

  @Test
  void shouldWakeForEverythingThatIsPutIn() throws InterruptedException {
    final Wakeup wakeup = new Wakeup(AN_HOUR_NS);
    final Thread sleeper = sleeper(wakeup, ROUNDS);

    for (int i = 1; i <= ROUNDS; i++) {
      assertThat(hatch.offer(i)).isTrue();
      wakeup.call();
      while (taken.get() < i) {
        Thread.onSpinWait();
      }
    }

    sleeper.join();
  }

  @Test
  void shouldWakeWhicheverOfSeveralCalls() throws InterruptedException {
    final int callers = 3;
    final Wakeup wakeup = new Wakeup(AN_HOUR_NS);
    final Thread sleeper = sleeper(wakeup, callers * ROUNDS);

    final List<Thread> calling = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      calling.add(new Thread(() -> putInAndCall(wakeup), "caller-" + i));
    }
    calling.forEach(Thread::start);

    sleeper.join();
    assertThat(taken).hasValue(callers * ROUNDS);
  }

  @Test
  void shouldWakeByItselfWhenItsTimeIsUp() {
    final Wakeup wakeup = new Wakeup(TimeUnit.MILLISECONDS.toNanos(1));

    for (int turn = 0; turn < 10; turn++) {
      wakeup.idle(0);
    }
  }

  /** Takes what is put in, and sleeps as an agent does in between. */
  private Thread sleeper(final Wakeup wakeup, final int until) {
    final Thread thread =
        new Thread(
            () -> {
              while (taken.get() < until) {
                wakeup.idle(hatch.drain(one -> taken.incrementAndGet()));
              }
            },
            "sleeper");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void putInAndCall(final Wakeup wakeup) {
    for (int i = 0; i < ROUNDS; i++) {
      while (!hatch.offer(i)) {
        Thread.onSpinWait();
      }
      wakeup.call();
    }
  }
}
