package dev.conductor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it, small: a real server and a real floor in processes of their own, twenty callers,
 * one window of three seconds. Its figures are told; only what no busy machine can change is
 * judged.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "CPU times are read from /proc")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadRunTest {
  private static final int CALLERS = 20;
  private static final int SECONDS = 3;
  private static final int IDEAL_PACKETS = CALLERS * SECONDS * 50;

  private LoadReport report;
  private Round server;
  private Round floor;

  @BeforeAll
  void runBoth(@TempDir final Path folder) throws IOException {
    final LoadPlan.Latency latency = new LoadPlan.Latency(4, 2, 3);
    final InetAddress address = InetAddress.getByName("127.0.0.1");
    final LoadPlan plan = new LoadPlan(CALLERS, 3, false, SECONDS, 1, 1, 50, latency, address);
    try (Target target = Target.start(address, folder)) {
      report = new LoadRun(plan, folder, System.out).run(target);
    }
    report.tell(System.out);
    server = report.server().get(0);
    floor = report.floor().get(0);
  }

  @Test
  void shouldBringEveryCallerInAndKeepHim() {
    assertThat(server.books().refused()).isZero();
    assertThat(server.books().hungUpOn()).isZero();
    assertThat(server.books().admitted()).isEqualTo(CALLERS);
    assertThat(server.books().setUp().count()).isEqualTo(CALLERS);
    assertThat(report.up()).isEqualTo(CALLERS);
  }

  @Test
  void shouldReceiveAsManyPacketsAsCallersAreSentInTheWindow() {
    assertThat(server.window().idealPackets()).isGreaterThanOrEqualTo(IDEAL_PACKETS);
    assertNearIdeal(server.window().totals().sent(), server.window());
    assertNearIdeal(floor.window().totals().received(), floor.window());
    final long skipped = server.books().troubles().getOrDefault("agent.ticks.skipped", 0L);
    // And what ticks that were never run would have sent.
    assertNearIdeal(server.window().totals().received() + CALLERS * skipped, server.window());
  }

  /**
   * A stalled machine moves packets over the window's edges: a tenth, and as much as it was late.
   */
  private static void assertNearIdeal(final long packets, final Window window) {
    final long worstNs =
        Math.max(
            window.ownLateness().valueAtPercentileNs(100),
            window.parkingLateness().valueAtPercentileNs(100));
    final long movedMs = SECONDS * 100 + TimeUnit.NANOSECONDS.toMillis(worstNs);
    assertThat((double) packets)
        .isCloseTo(window.idealPackets(), Offset.offset(CALLERS * movedMs / 20.0));
  }

  @Test
  void shouldMissNoPacketByTheServerSOwnCounters() {
    assertThat(server.books().sentByUs()).isGreaterThan(IDEAL_PACKETS);
    assertThat(server.books().readByServer()).isEqualTo(server.books().sentByUs());
    assertThat(server.books().unsent()).isZero();
    assertThat(server.books().gaps()).isZero();
    assertThat(server.window().totals().duplicates()).isZero();
    assertThat(report.missing()).isZero();
  }

  @Test
  void shouldHearEveryBurstOnceAndLaterThanItWasSaid() {
    // Four talkers, two bursts: three others hear each, the floor's talkers hear themselves.
    assertThat(server.latency().expected()).isEqualTo(24);
    assertThat(floor.latency().expected()).isEqualTo(8);
    for (final Round round : List.of(server, floor)) {
      assertThat(round.latency().found().count())
          .isBetween((long) round.latency().expected() * 3 / 4, (long) round.latency().expected());
      assertThat(round.latency().found().valueAtPercentileNs(0)).isPositive();
      assertThat(round.latency().watchGaps().count()).isPositive();
    }
  }

  @Test
  void shouldTellWhatTheServerAndTheFloorCost() {
    for (final Round round : List.of(server, floor)) {
      assertThat(round.window().cpuUs()).isPositive();
      assertThat(round.window().ownUs()).isPositive();
      assertThat(round.window().systemUs()).isLessThanOrEqualTo(round.window().cpuUs());
      assertThat(round.tickP99Ns()).isPositive();
      assertThat(round.window().parkingLateness().count()).isPositive();
    }
    assertThat(report.ratio()).isPositive();
  }

  @Test
  void shouldSayWhichRequirementIsNotMet() {
    assertThat(report.failures(Map.of("up", (double) CALLERS, "missing", 0.0))).isEmpty();
    assertThat(report.failures(Map.of("up", CALLERS + 1.0)))
        .singleElement()
        .asString()
        .contains("up is 20", "required 21");
    assertThat(report.failures(Map.of("ratio", 0.0, "delivered", 2.0))).hasSize(2);
  }
}
