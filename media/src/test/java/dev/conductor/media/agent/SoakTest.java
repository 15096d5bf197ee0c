package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.TickHistogram;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Five hundred callers of a running engine who join, leave, move and mute: what that leaves on the
 * heap and does to the ticks. One minute; with {@code -Dsoak.minutes=10} ten, and only then is
 * lateness judged.
 */
class SoakTest {
  private static final int CALLERS = 500;
  private static final int CALLS = 8;
  private static final int AGENTS = 2;
  private static final int FIRST_PORT = 12_000;
  private static final int LAST_PORT = 15_999;
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long WINDOW_NS = 10 * SECOND_NS;
  private static final int WINDOWS_PER_MINUTE = 6;
  private static final long MINUTES = Long.getLong("soak.minutes", 1);

  /** From so long on lateness is judged. */
  private static final long JUDGED_MINUTES = 10;

  private static final int JOIN_BYTES = 4_096;
  private static final long FLAT_BYTES = 8 << 20;
  private static final long LATER_NS = 2_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final List<Window> WINDOWS = new ArrayList<>();
  private static SplittableRandom random;
  private static Allocated steady;
  private static Allocated churned;
  private static long heapGrowthBytes;
  private static long faults;

  /** What agents allocated while so much happened. */
  private record Allocated(long bytes, long packets, long joins, long changes) {
    Allocated since(final Allocated before) {
      return new Allocated(
          bytes - before.bytes,
          packets - before.packets,
          joins - before.joins,
          changes - before.changes);
    }
  }

  /** Ten seconds' lateness of agents and of a bare thread, and how busy the machine was. */
  private record Window(long agentsNs, long bareNs, double busy) {
    long laterNs() {
      return agentsNs - bareNs;
    }
  }

  @BeforeAll
  static void soakOnceForAllTests() {
    final long seed = ThreadLocalRandom.current().nextLong();
    System.out.println("soak: seed " + seed);
    random = new SplittableRandom(seed);
    final TickWatch clock = new TickWatch(AGENTS);
    try (MediaEngine engine = engine(clock);
        Crowd crowd = new Crowd(engine, CALLS, random.nextLong())) {
      engine.start();
      try (BareTicks bare = new BareTicks()) {
        soak(engine, crowd, clock, bare);
      }
    }
  }

  private static MediaEngine engine(final TickWatch clock) {
    return new MediaEngine(
        new RtpConfig(FIRST_PORT, LAST_PORT, 0),
        new MediaConfig(AGENTS, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), 0, true),
        ClipLibrary.of(),
        clock,
        0);
  }

  private static void soak(
      final MediaEngine engine, final Crowd crowd, final TickWatch clock, final BareTicks bare) {
    crowd.talk(WINDOW_NS, () -> fill(crowd));
    // Until pools and tables are as large as they get, and the code is compiled.
    crowd.talk(2 * WINDOW_NS, () -> churn(crowd));
    crowd.talk(SECOND_NS, () -> {});
    final long heapBefore = usedBytes();
    crowd.talk(SECOND_NS, () -> {});

    final Allocated atFirst = allocated(engine, crowd);
    crowd.talk(WINDOW_NS, () -> {});
    steady = allocated(engine, crowd).since(atFirst);
    System.out.println("soak: steady " + steady);

    final Allocated before = allocated(engine, crowd);
    final long windows = MINUTES * WINDOWS_PER_MINUTE;
    for (int i = 0; i < windows; i++) {
      clock.newWindow();
      bare.newWindow();
      MACHINE.getCpuLoad();
      crowd.talk(WINDOW_NS, () -> churn(crowd));
      final double busy = MACHINE.getCpuLoad();
      WINDOWS.add(
          new Window(
              TickHistogram.together(clock.newWindow()).valueAtPercentileNs(99),
              bare.newWindow().valueAtPercentileNs(99),
              busy));
      System.out.println("soak: " + WINDOWS.get(i));
    }
    System.out.printf("soak: agents' p99 is the median window's %,d ns later%n", medianLaterNs());
    churned = allocated(engine, crowd).since(before);
    System.out.println("soak: churned " + churned);

    crowd.talk(SECOND_NS, () -> {});
    final long heapAfter = usedBytes();
    heapGrowthBytes = heapAfter - heapBefore;
    System.out.printf("soak: heap %,d, then %,d bytes%n", heapBefore, heapAfter);
    faults =
        count(engine, MediaCounter.AGENT_FAULTS)
            + count(engine, MediaCounter.SESSION_FAULTS)
            + count(engine, MediaCounter.COMMANDS_FAILED);
  }

  /** A hundred callers a second, till they are all there. */
  private static void fill(final Crowd crowd) {
    for (int i = 0; i < 2 && crowd.dialled() < CALLERS; i++) {
      crowd.dial();
    }
  }

  /** In a second about eight leave, eight come, and sixteen are moved, muted or turned. */
  private static void churn(final Crowd crowd) {
    final int chance = random.nextInt(100);
    if (chance < 16 && crowd.size() > CALLERS / 2) {
      crowd.hangUp();
      crowd.dial();
    } else if (chance < 48) {
      crowd.change();
    }
  }

  @Test
  void shouldAllocateNothingAPacketWhileNobodyComesOrGoes() {
    assertThat(steady.joins()).isZero();
    assertThat(steady.packets()).isPositive();
    assertThat(steady.bytes()).isLessThan(steady.packets() / 10);
  }

  @Test
  void shouldAllocateAtMostFourKibibytesAJoinWithItsShareOfPlansAndMoves() {
    assertThat(churned.joins()).isPositive();
    assertThat(churned.changes()).isGreaterThan(churned.joins());
    assertThat(churned.bytes()).isLessThanOrEqualTo(churned.joins() * JOIN_BYTES);
  }

  @Test
  void shouldKeepTheHeapFlat() {
    assertThat(heapGrowthBytes).isLessThan(FLAT_BYTES);
  }

  @Test
  void shouldRunWithoutAFault() {
    assertThat(faults).isZero();
  }

  /**
   * Judged in the long form only, for which the machine is kept free: on one where two agents, the
   * callers and others' work share two cores, a thread that works a third of the time waits its
   * turn where one that only parks does not. The median, for other work may spoil a window.
   */
  @Test
  void shouldBeginTicksNearlyAsPunctuallyAsABareThread() {
    assumeThat(MINUTES)
        .as("minutes of the soak; lateness is judged from")
        .isGreaterThanOrEqualTo(JUDGED_MINUTES);

    assertThat(medianLaterNs()).as("of %s", WINDOWS).isLessThan(LATER_NS);
  }

  private static long medianLaterNs() {
    return WINDOWS.stream()
        .mapToLong(Window::laterNs)
        .sorted()
        .skip(WINDOWS.size() / 2)
        .findFirst()
        .orElseThrow();
  }

  private static Allocated allocated(final MediaEngine engine, final Crowd crowd) {
    final long bytes =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().matches("media-\\d+"))
            .mapToLong(thread -> THREADS.getThreadAllocatedBytes(thread.getId()))
            .sum();
    final long packets =
        count(engine, MediaCounter.RTP_RECEIVED) + count(engine, MediaCounter.RTP_SENT);
    return new Allocated(bytes, packets, crowd.joins(), crowd.changes());
  }

  private static long count(final MediaEngine engine, final MediaCounter counter) {
    return engine.counters().get(counter.label());
  }

  private static long usedBytes() {
    System.gc();
    final Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
