package dev.conductor.bench.load;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All rounds of a run, and the figures that are judged. Immutable.
 *
 * @param server one a round
 * @param floor one a round
 */
record LoadReport(LoadPlan plan, List<Round> server, List<Round> floor) {
  /** What can be required: names and which way is better. */
  static final Map<String, Boolean> LIMITS =
      Map.of("ratio", true, "delivered", false, "missing", true, "up", false);

  private static final double MILLISECOND_NS = 1e6;
  private static final double PERCENT = 100;

  /** With less than this part delivered, something had too little of the CPU. */
  private static final double COMPARABLE = 0.99;

  /** Copies the lists. */
  LoadReport {
    server = List.copyOf(server);
    floor = List.copyOf(floor);
  }

  /** The server's CPU over the floor's, both a caller-second, both the median of the rounds. */
  double ratio() {
    return median(server, Window::cpuUs) / median(floor, Window::cpuUs);
  }

  /** The least part of the ideal that was received in a window. */
  double delivered() {
    return server.stream().mapToDouble(round -> round.window().delivered()).min().orElse(0);
  }

  /** Packets that one side sent and the other did not read, all rounds together. */
  long missing() {
    return server.stream().mapToLong(round -> round.books().missing()).sum();
  }

  /** The least number of callers who were in. */
  long up() {
    return server.stream().mapToLong(round -> round.books().admitted()).min().orElse(0);
  }

  /**
   * What is not as required, a line each.
   *
   * @param limits by the names of {@link #LIMITS}
   */
  List<String> failures(final Map<String, Double> limits) {
    final Map<String, Double> found =
        Map.of(
            "ratio",
            ratio(),
            "delivered",
            delivered(),
            "missing",
            (double) missing(),
            "up",
            (double) up());
    final List<String> failures = new ArrayList<>();
    limits.forEach(
        (name, limit) -> {
          final double value = found.get(name);
          if (LIMITS.get(name) ? value > limit : value < limit) {
            failures.add(text("not met: %s is %.5g, required %.5g", name, value, limit));
          }
        });
    return failures;
  }

  private static double median(final List<Round> rounds, final ToDoubleFunction<Window> figure) {
    final double[] sorted =
        rounds.stream().map(Round::window).mapToDouble(figure).sorted().toArray();
    final int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  /** Tells one round. */
  static void tell(final PrintStream out, final String what, final int number, final Round round) {
    final Window window = round.window();
    out.println(
        text(
            "%s, round %d: %.0f us CPU a caller-second, %.0f of it in the kernel"
                + " (generator %.0f)",
            what, number, window.cpuUs(), window.systemUs(), window.ownUs()));
    out.println(
        text(
            "  packets received %d of %.0f ideal (%.3f %%), gaps %d, twice or out of order %d",
            window.totals().received(),
            window.idealPackets(),
            PERCENT * window.delivered(),
            window.totals().gaps(),
            window.totals().duplicates()));
    out.println(
        text(
            "  lateness p50/p99 ms: its ticks %s/%s, generator %s/%s, bare parking thread %s/%s",
            ms(round.tickP50Ns()),
            ms(round.tickP99Ns()),
            ms(window.ownLateness().valueAtPercentileNs(50)),
            ms(window.ownLateness().valueAtPercentileNs(99)),
            ms(window.parkingLateness().valueAtPercentileNs(50)),
            ms(window.parkingLateness().valueAtPercentileNs(99))));
    if (round.books() != null) {
      tell(out, round.books());
    }
    if (round.latency() != null) {
      tell(out, round.latency());
    }
    out.flush();
  }

  private static void tell(final PrintStream out, final Round.Books books) {
    out.println(
        text(
            "  calls in %d (refused %d, hung up on %d), INVITE to 200 p50/p99 %s/%s ms,"
                + " all in after %.1f s",
            books.admitted(),
            books.refused(),
            books.hungUpOn(),
            ms(books.setUp().valueAtPercentileNs(50)),
            ms(books.setUp().valueAtPercentileNs(99)),
            books.admittedNs() / (1_000 * MILLISECOND_NS)));
    out.println(
        text(
            "  from rest to rest: server read %d of %d sent (%d not taken by the system),"
                + " gaps in what it sent %d",
            books.readByServer(), books.sentByUs(), books.unsent(), books.gaps()));
    if (!books.troubles().isEmpty()) {
      out.println(
          "  server's counters of lost or late sound, and of frames played and at rest, in the window: "
              + books.troubles());
    }
  }

  private static void tell(final PrintStream out, final Round.Latency latency) {
    out.println(
        text(
            "  mouth to ear p50/p99 %s/%s ms, %d of %d bursts found;"
                + " of it our reading at most %s/%s ms",
            ms(latency.found().valueAtPercentileNs(50)),
            ms(latency.found().valueAtPercentileNs(99)),
            latency.found().count(),
            latency.expected(),
            ms(latency.watchGaps().valueAtPercentileNs(50)),
            ms(latency.watchGaps().valueAtPercentileNs(99))));
  }

  /** Tells the medians and the ratio. */
  void tell(final PrintStream out) {
    out.println(
        text(
            "%d callers, %d talking, medians of %d: server %.0f, floor %.0f us CPU a caller-second"
                + " (generator %.0f)",
            plan.callers(),
            plan.talkers(),
            server.size(),
            median(server, Window::cpuUs),
            median(floor, Window::cpuUs),
            median(server, Window::ownUs)));
    out.println(
        text(
            "ratio %.3f, delivered %.5f, missing %d, up %d",
            ratio(), delivered(), missing(), up()));
    final double least =
        Stream.concat(server.stream(), floor.stream())
            .mapToDouble(round -> round.window().delivered())
            .min()
            .orElse(0);
    if (least < COMPARABLE) {
      out.println("The machine or the server could not follow: the ratio says little.");
    }
    out.flush();
  }

  private static String ms(final long ns) {
    return text("%.2f", ns / MILLISECOND_NS);
  }

  private static String text(final String format, final Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
