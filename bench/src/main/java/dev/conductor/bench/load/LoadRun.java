package dev.conductor.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Server and floor by turns, with the same callers. One thread. */
final class LoadRun {
  private static final long SECOND_NS = 1_000_000_000;
  private static final long REST_NS = 300_000_000;

  /** One rest without a packet is not enough: an agent that stands still reads none. */
  private static final int STILL_RESTS = 2;

  private static final long PAGE_NS = 15 * SECOND_NS;
  private static final long ANSWER_NS = 40 * SECOND_NS;
  private static final long ADMIT_NS = 30 * SECOND_NS;
  private static final String RECEIVED = "conductor_rtp_received_total";
  private static final String ADMITTED = "conductor_focus_admitted_total";
  private static final String LATENESS = "conductor_media_tick_lateness_seconds";
  private static final List<String> TROUBLES =
      List.of(
          "rtp.read.limit",
          "rtp.short.sends",
          "rtp.sends.refused",
          "rtp.port.unreachable",
          "rtp.unknown.source",
          "jitter.rested",
          "jitter.played",
          "jitter.late",
          "jitter.duplicate",
          "jitter.overflow",
          "jitter.discarded",
          "jitter.resyncs",
          "jitter.concealed",
          "digits.dropped",
          "sessions.faults",
          "agent.ticks.skipped",
          "focus.lobby.full",
          "focus.no.media",
          "focus.pin.failures");

  private final LoadPlan plan;
  private final Path folder;
  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom(1);

  /**
   * @param folder takes logs and data
   * @param out takes a few lines a round
   */
  LoadRun(final LoadPlan plan, final Path folder, final PrintStream out) {
    this.plan = plan;
    this.folder = folder;
    this.out = out;
  }

  /** Runs all rounds, and tells each. */
  LoadReport run(final Target target) throws IOException {
    final List<Round> server = new ArrayList<>();
    final List<Round> floor = new ArrayList<>();
    for (int round = 1; round <= plan.rounds(); round++) {
      server.add(server(target, round));
      LoadReport.tell(out, "server", round, server.get(round - 1));
      floor.add(floor(round));
      LoadReport.tell(out, "floor", round, floor.get(round - 1));
    }
    return new LoadReport(plan, server, floor);
  }

  private Round server(final Target target, final int round) throws IOException {
    try (Swarm swarm = new Swarm(plan.address(), plan, random);
        SipDesk desk =
            new SipDesk(plan.address(), target.sip(), swarm.callers(), round, plan.setUpRate())) {
      if (round == 1) {
        out.println("callers' packets go " + swarm.way());
      }
      swarm.addWork(desk::onSlot);
      final Map<String, Double> before = page(swarm, target);
      final long beganNs = System.nanoTime();
      swarm.run(desk::isSetUp, paceNs() + ANSWER_NS);
      final int up = desk.count(SipCall.State.UP);
      final long admitted = awaitAdmitted(swarm, target, before, up);
      final long admittedNs = System.nanoTime() - beganNs;
      swarm.sending(false);
      final Map<String, Double> firstRest = rest(swarm, target);
      final Swarm.Totals restTotals = swarm.totals();
      swarm.sending(true);
      swarm.run(plan.warmUpSeconds() * SECOND_NS);
      final Map<String, Double> opened = page(swarm, target);
      final Window window = Window.measure(swarm, up, plan.seconds(), target.pid());
      final Map<String, Double> shut = page(swarm, target);
      final Round.Latency latency = round == 1 ? latency(swarm, false) : null;
      final int hungUpOn = up - desk.count(SipCall.State.UP);
      swarm.sending(false);
      final Map<String, Double> lastRest = rest(swarm, target);
      final Swarm.Totals totals = swarm.totals().since(restTotals);
      desk.leave();
      swarm.run(desk::isOver, paceNs() + ANSWER_NS);
      final Round.Books books =
          new Round.Books(
              desk.setUpTimes(),
              plan.callers() - up,
              hungUpOn,
              admittedNs,
              admitted,
              totals.sent(),
              totals.unsent(),
              moved(firstRest, lastRest, RECEIVED),
              totals.gaps(),
              troubles(opened, shut));
      final BucketCounts ticks = BucketCounts.moved(opened, shut, LATENESS);
      return new Round(window, latency, ticks.percentileNs(50), ticks.percentileNs(99), books);
    }
  }

  /** While nobody sends: what the server tells once it has read all that was sent. */
  private Map<String, Double> rest(final Swarm swarm, final Target target) throws IOException {
    final long beganNs = System.nanoTime();
    Map<String, Double> now = page(swarm, target);
    int still = 0;
    while (still < STILL_RESTS && System.nanoTime() - beganNs < ANSWER_NS) {
      final Map<String, Double> before = now;
      swarm.run(REST_NS);
      now = page(swarm, target);
      still = moved(before, now, RECEIVED) > 0 ? 0 : still + 1;
    }
    return now;
  }

  private long paceNs() {
    return plan.callers() * SECOND_NS / plan.setUpRate();
  }

  private long awaitAdmitted(
      final Swarm swarm, final Target target, final Map<String, Double> before, final int up) {
    final long beganNs = System.nanoTime();
    long admitted;
    do {
      admitted = moved(before, page(swarm, target), ADMITTED);
      swarm.run(REST_NS / 3);
    } while (admitted < up && System.nanoTime() - beganNs < ADMIT_NS);
    return admitted;
  }

  /** The swarm goes on while the page is on its way. */
  private static Map<String, Double> page(final Swarm swarm, final Target target) {
    final CompletableFuture<Map<String, Double>> page = target.page().ask();
    swarm.run(page::isDone, PAGE_NS);
    return page.join();
  }

  private static long moved(
      final Map<String, Double> before, final Map<String, Double> after, final String name) {
    return Math.round(after.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0));
  }

  private static Map<String, Long> troubles(
      final Map<String, Double> before, final Map<String, Double> after) {
    final Map<String, Long> troubles = new TreeMap<>();
    for (final String name : TROUBLES) {
      final long moved = moved(before, after, "conductor_" + name.replace('.', '_') + "_total");
      if (moved != 0) {
        troubles.put(name, moved);
      }
    }
    return troubles;
  }

  private Round floor(final int round) throws IOException {
    final List<String> arguments =
        List.of(plan.address().getHostAddress(), Integer.toString(plan.callers()));
    final Path log = folder.resolve("floor.log");
    try (Swarm swarm = new Swarm(plan.address(), plan, random);
        ChildJvm child = new ChildJvm(FloorMain.class, arguments, log, true)) {
      final String[] ports = child.line().split(",");
      final List<String> own = new ArrayList<>();
      for (final LoadCaller caller : swarm.callers()) {
        final int port = Integer.parseInt(ports[caller.index()]);
        caller.connect(new InetSocketAddress(plan.address(), port));
        own.add(Integer.toString(caller.port()));
      }
      child.say("connect " + own.stream().collect(Collectors.joining(",")));
      swarm.run(plan.warmUpSeconds() * SECOND_NS);
      final Window window = Window.measure(swarm, plan.callers(), plan.seconds(), child.pid());
      final Round.Latency latency = round == 1 ? latency(swarm, true) : null;
      child.say("report");
      final String[] lateness = child.line().split(",");
      return new Round(
          window, latency, Long.parseLong(lateness[0]), Long.parseLong(lateness[1]), null);
    }
  }

  private Round.Latency latency(final Swarm swarm, final boolean echo) {
    final LatencyProbe probe = new LatencyProbe(swarm, plan.latency(), echo);
    probe.run();
    return new Round.Latency(probe.latency(), probe.expected(), probe.watchGaps());
  }
}
