package dev.conductor.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Set-ups against the server and then against SIPp's UAS, with the same callers. One thread. */
final class SetUpRun {
  /** Code is compiled in it: told, not judged. */
  private static final String WARM_UP = "warm-up";

  private static final double MILLION = 1e6;
  private static final long SECOND_NS = 1_000_000_000;
  private static final long MILLISECOND_NS = 1_000_000;
  private static final long HELD_NS = SECOND_NS;
  private static final long REST_NS = 90 * SECOND_NS;
  private static final int THREADS_TOLD = 8;

  /** A generator that offers less than this part of what it is told to is not judged by. */
  private static final double FOLLOWS = 0.99;

  /** What is 0 on a server at rest: levels. */
  private static final List<String> LEVELS =
      List.of(
          "conductor_sip_dialogs",
          "conductor_sip_stack_dialogs",
          "conductor_sip_transactions",
          "conductor_media_sessions",
          "conductor_store_waiting");

  /** What is 0 over a whole run: faults and refusals. */
  private static final List<String> TROUBLES =
      List.of(
          "conductor_focus_faults_total",
          "conductor_focus_signals_lost_total",
          "conductor_focus_invites_busy_total",
          "conductor_focus_invites_stale_total",
          "conductor_focus_media_refused_total",
          "conductor_focus_sip_refused_total",
          "conductor_focus_no_media_total",
          "conductor_focus_questions_late_total",
          "conductor_focus_questions_refused_total",
          "conductor_focus_store_late_total",
          "conductor_focus_store_failed_total",
          "conductor_sip_hatch_refusals_total",
          "conductor_sip_send_failures_total",
          "conductor_sip_unexpected_total");

  private final SetUpPlan plan;
  private final Path folder;
  private final PrintStream out;
  private final List<String> failures = new ArrayList<>();
  private int series;

  /**
   * @param folder takes logs and data
   * @param out takes the figures
   */
  SetUpRun(final SetUpPlan plan, final Path folder, final PrintStream out) {
    this.plan = plan;
    this.folder = folder;
    this.out = out;
  }

  /** Runs all; answers what was not as it is to be. */
  List<String> run() throws IOException {
    out.printf(
        Locale.ROOT,
        "%d set-ups a second for %d s, each up for %d ms; servers on %s%n",
        plan.rate(),
        plan.seconds(),
        plan.talkMs(),
        plan.core() == SetUpPlan.ANY_CORE ? "any core" : "core " + plan.core());
    final double ours = server();
    if (plan.sipp()) {
      final double theirs = sipp();
      say("ratio of the CPU a set-up, ours to SIPp's: %.1f", ours / theirs);
    }
    return failures;
  }

  private double server() throws IOException {
    final Path settings =
        Files.writeString(
            folder.resolve("trunk.yaml"),
            String.join(
                "\n",
                "sip:",
                "  trunks:",
                "    - name: load",
                "      addresses: [" + network() + "]",
                "      requests-per-second: 100000",
                "      request-burst: 100000",
                "      max-dialogs: 20000",
                ""));
    final List<String> more =
        List.of(
            "--config",
            settings.toString(),
            "--set",
            "sip.codecs=PCMU,PCMA",
            "--set",
            "entry.empty-call-ms=1000",
            "--set",
            "rtp.quarantine-ms=5000");
    try (Target target = Target.start(plan.address(), folder, plan.prefix(), more);
        DatagramSocket sink = new DatagramSocket(0, plan.address())) {
      final List<String> numbers = new Bookings(target.http()).make(plan.conferences());
      final IntFunction<String> dialled = number -> numbers.get(number % numbers.size());
      final int port = sink.getLocalPort();
      volley(WARM_UP, target.sip(), dialled, port, plan.warmUpSeconds(), target.pid());
      final Map<String, Double> before = target.page().ask().join();
      final double cost =
          volley("server", target.sip(), dialled, port, plan.seconds(), target.pid());
      atRest(target, before);
      final MemoryUse empty = MemoryUse.jvm(target.pid());
      try (SetUpVolley held = volley(target.sip(), dialled, port, plan.held())) {
        held.dial();
        held.rest(HELD_NS);
        final MemoryUse full = MemoryUse.jvm(target.pid());
        held.hangUp();
        judge("held calls", held.tally(), plan.held());
        say("server: a call of %d held takes %s", plan.held(), full.kibSince(empty, plan.held()));
      }
      atRest(target, before);
      say(
          "server: %s more a call that was held and is over",
          MemoryUse.jvm(target.pid()).kibSince(empty, plan.held()));
      return cost;
    }
  }

  private String network() {
    final int bits = Byte.SIZE * plan.address().getAddress().length;
    return plan.address().getHostAddress() + '/' + bits;
  }

  private double sipp() throws IOException {
    final IntFunction<String> dialled = number -> "service";
    try (SippUas uas = new SippUas(plan.address(), plan.prefix(), folder);
        DatagramSocket sink = new DatagramSocket(0, plan.address())) {
      final int port = sink.getLocalPort();
      final double cost = volley("sipp", uas.sip(), dialled, port, plan.seconds(), uas.pid());
      final MemoryUse empty = MemoryUse.resident(uas.pid());
      try (SetUpVolley held = volley(uas.sip(), dialled, port, plan.held())) {
        held.dial();
        final MemoryUse full = MemoryUse.resident(uas.pid());
        held.hangUp();
        say("sipp: a call of %d held takes %s", plan.held(), full.kibSince(empty, plan.held()));
      }
      return cost;
    }
  }

  private SetUpVolley volley(
      final InetSocketAddress server,
      final IntFunction<String> dialled,
      final int sinkPort,
      final int calls)
      throws IOException {
    return new SetUpVolley(
        plan, server, dialled, sinkPort, series++, calls, SetUpVolley.UNTIL_TOLD);
  }

  /** Offers calls for so long; answers CPU milliseconds a set-up. */
  private double volley(
      final String name,
      final InetSocketAddress server,
      final IntFunction<String> dialled,
      final int sinkPort,
      final int seconds,
      final long pid)
      throws IOException {
    final int calls = plan.rate() * seconds;
    try (SetUpVolley volley =
        new SetUpVolley(
            plan, server, dialled, sinkPort, series++, calls, plan.talkMs() * MILLISECOND_NS)) {
      final CpuTime before = CpuTime.of(pid);
      final ThreadTimes threads = ThreadTimes.of(pid);
      final CpuTime own = CpuTime.of(ProcessHandle.current().pid());
      final long beganNs = System.nanoTime();
      volley.dial();
      volley.end();
      final double tookUs = (System.nanoTime() - beganNs) / 1e3;
      final long usedUs = CpuTime.of(pid).since(before).totalUs();
      final long ownUs = CpuTime.of(ProcessHandle.current().pid()).since(own).totalUs();
      final SetUpTally tally = volley.tally();
      if (!name.equals(WARM_UP)) {
        judge(name, tally, calls);
      }
      final double costMs = usedUs / 1e3 / Math.max(1, tally.established());
      tell(name, tally);
      say(
          "%s: %.2f of a core, %.3f ms a set-up (generator %.2f of a core)",
          name, usedUs / tookUs, costMs, ownUs / tookUs);
      say("%s: by threads: %s", name, ThreadTimes.of(pid).since(threads, usedUs, THREADS_TOLD));
      return costMs;
    }
  }

  private void tell(final String name, final SetUpTally tally) {
    say(
        "%s: offered %d at %.1f a second, established %d, failed %s, repeated %d requests",
        name,
        tally.offered(),
        tally.offeredRate(),
        tally.established(),
        tally.failed().isEmpty() ? "none" : tally.failed(),
        tally.repeats());
    say(
        "%s: %.1f set-ups a second, PDD p50/p99 %.2f/%.2f ms",
        name,
        tally.rate(),
        tally.postDial().valueAtPercentileNs(50) / MILLION,
        tally.postDial().valueAtPercentileNs(99) / MILLION);
  }

  private void judge(final String name, final SetUpTally tally, final int calls) {
    if (tally.failures() > 0 || tally.established() != calls) {
      failures.add(name + ": failed " + tally.failed() + " of " + calls);
    }
    if (tally.offeredRate() < FOLLOWS * plan.rate()) {
      say("%s: the generator could not follow: the figures say little", name);
    }
  }

  /** Waits for everything to be given back, and tells what is not. */
  private void atRest(final Target target, final Map<String, Double> before) {
    final long beganNs = System.nanoTime();
    Map<String, Double> left = left(target);
    while (!left.isEmpty() && System.nanoTime() - beganNs < REST_NS) {
      ChildJvm.pause();
      left = left(target);
    }
    say(
        "server: at rest after %.1f s, left: %s",
        (System.nanoTime() - beganNs) / 1e9, left.isEmpty() ? "nothing" : left);
    if (!left.isEmpty()) {
      failures.add("left over: " + left);
    }
    final Map<String, Double> page = target.page().ask().join();
    final Map<String, Double> troubles = new TreeMap<>();
    for (final String name : TROUBLES) {
      final double moved = page.getOrDefault(name, 0.0) - before.getOrDefault(name, 0.0);
      if (moved != 0) {
        troubles.put(name, moved);
      }
    }
    if (!troubles.isEmpty()) {
      say("server: counters of trouble: %s", troubles);
    }
  }

  private static Map<String, Double> left(final Target target) {
    final Map<String, Double> page = target.page().ask().join();
    final Map<String, Double> left = new TreeMap<>();
    for (final String level : LEVELS) {
      if (page.getOrDefault(level, Double.NaN) != 0) {
        left.put(level, page.get(level));
      }
    }
    difference(page, "conductor_ports_opened_total", "conductor_ports_closed_total", left);
    difference(page, "conductor_focus_admitted_total", "conductor_focus_left_total", left);
    difference(
        page, "conductor_focus_calls_opened_total", "conductor_focus_calls_closed_total", left);
    return left;
  }

  private static void difference(
      final Map<String, Double> page,
      final String came,
      final String went,
      final Map<String, Double> left) {
    final double stayed = page.getOrDefault(came, 0.0) - page.getOrDefault(went, 0.0);
    if (stayed != 0) {
      left.put(came + " - " + went, stayed);
    }
  }

  private void say(final String format, final Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
    out.flush();
  }
}
