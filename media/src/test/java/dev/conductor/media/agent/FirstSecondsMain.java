package dev.conductor.media.agent;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.Codec;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.TickHistogram;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that warms up as the server does, starts an engine and lets two hundred callers dial at
 * once; then it tells how its first five seconds' ticks began. In a process of its own, as in that
 * of the tests all code is warm.
 */
final class FirstSecondsMain {
  private static final int CALLERS = 200;
  private static final int CALLERS_A_TICK = 4;

  private FirstSecondsMain() {}

  /**
   * Tells in one line: callers up, ticks skipped, and in nanoseconds the latest tick of the agents
   * and of a bare thread, and the CPU time of the agents.
   */
  public static void main(final String[] args) {
    final int firstPort = Integer.parseInt(args[0]);
    final RtpConfig rtp = new RtpConfig(firstPort, firstPort + 999, 0);
    final int warmUpMs = Integer.parseInt(args[1]);
    final MediaConfig media =
        new MediaConfig(2, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), warmUpMs, true);
    new Warmup(rtp, media).run(List.of(Codec.values()));
    final TickWatch clock = new TickWatch(2);
    try (MediaEngine engine = new MediaEngine(rtp, media, ClipLibrary.of(), clock, 0);
        Crowd crowd = new Crowd(engine, 4, 1);
        BareTicks bare = new BareTicks()) {
      engine.start();
      crowd.talk(TimeUnit.SECONDS.toNanos(5), () -> fill(crowd));
      System.out.printf(
          "%d %d %d %d %d%n",
          crowd.size(),
          engine.counters().get(MediaCounter.TICKS_SKIPPED.label()),
          TickHistogram.together(clock.newWindow()).valueAtPercentileNs(100),
          bare.newWindow().valueAtPercentileNs(100),
          agentsCpuNs());
    }
  }

  private static long agentsCpuNs() {
    final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread.getThreadName().matches("media-\\d+"))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  private static void fill(final Crowd crowd) {
    for (int i = 0; i < CALLERS_A_TICK && crowd.dialled() < CALLERS; i++) {
      crowd.dial();
    }
  }
}
