package dev.conductor.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openjdk.jmh.runner.options.VerboseMode.SILENT;

import dev.conductor.media.codec.OpusLibrary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs every bench briefly in this JVM; its times are told, only what it allocates is judged. */
class AllocationBenchTest {
  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

  /**
   * What the harness allocates an iteration, however long an operation is: about 6 KB were seen.
   */
  private static final double HARNESS_BYTES = 8_192;

  /** Less than this an operation is nothing: no object is so small. */
  private static final double NOTHING = 1;

  /** Concentus makes its work memory anew for each frame: 127 KB to encode, 29 KB to decode. */
  private static final double CONCENTUS_BYTES = 130 * 1_024;

  /** Those whose operation is a tick of a call: it may last for milliseconds. */
  private static final String TICKS = "Tick(By\\w+)?Bench\\.";

  private static final boolean NATIVE_OPUS = OpusLibrary.system().isNative();

  @Test
  void shouldAllocateNothingWhateverIsDone() throws RunnerException {
    final ChainedOptionsBuilder options = options(150).exclude(TICKS);
    if (!NATIVE_OPUS) {
      options.param("library", "Concentus");
    }
    judge(run(options));
  }

  @Test
  void shouldAllocateNothingInATickWhateverTheCall() throws RunnerException {
    final Collection<RunResult> results = new ArrayList<>();
    results.addAll(run(options(500).include("TickByCallersBench").param("callers", "10", "1000")));
    results.addAll(run(options(500).include("TickByTalkersBench").param("talkers", "30")));
    results.addAll(run(options(500).include("TickByBreakoutsBench").param("breakouts", "10")));
    results.addAll(
        run(
            options(500)
                .include("TickByCodecsBench")
                .param("callers", "100")
                .param("codecs", NATIVE_OPUS ? "mixed" : "narrow")));
    // Reports are sent every few seconds of the call's time: the first ones belong to warming up.
    results.addAll(
        run(options(1_000).include("EngineTickBench").param("callers", "30").warmupIterations(4)));
    judge(results);
    assertThat(benchesOf(results)).isEqualTo(everyTick());
  }

  private static Set<String> benchesOf(final Collection<RunResult> results) {
    return results.stream()
        .map(result -> result.getParams().getBenchmark())
        .collect(Collectors.toSet());
  }

  /** Every bench of a tick there is, so that none is forgotten above. */
  private static Set<String> everyTick() {
    final OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, SILENT);
    return BenchmarkList.defaultList().find(silent, List.of(TICKS), List.of()).stream()
        .map(BenchmarkListEntry::getUsername)
        .collect(Collectors.toSet());
  }

  private static ChainedOptionsBuilder options(final long iterationMs) {
    return new OptionsBuilder()
        .forks(0)
        .warmupIterations(1)
        .warmupTime(TimeValue.milliseconds(iterationMs))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(iterationMs))
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class)
        .verbosity(SILENT);
  }

  private static Collection<RunResult> run(final ChainedOptionsBuilder options)
      throws RunnerException {
    return new Runner(options.build()).run();
  }

  private static void judge(final Collection<RunResult> results) {
    assertThat(results).isNotEmpty();
    final List<String> tooMuch = new ArrayList<>();
    for (final RunResult result : results) {
      final String what = name(result.getParams());
      final double bytes = leastBytes(result);
      System.out.printf(
          "%s: %.3f %s, %.3f bytes%n",
          what,
          result.getPrimaryResult().getScore(),
          result.getPrimaryResult().getScoreUnit(),
          Math.max(0, bytes));
      final boolean concentus = "Concentus".equals(result.getParams().getParam("library"));
      if (bytes >= (concentus ? CONCENTUS_BYTES : NOTHING)) {
        tooMuch.add(what + ": " + bytes);
      }
    }
    assertThat(tooMuch).as("what allocates, and the bytes of each time").isEmpty();
  }

  /** What is done allocates in every iteration, so the least of them has it too. */
  private static double leastBytes(final RunResult result) {
    double least = Double.MAX_VALUE;
    for (final BenchmarkResult fork : result.getBenchmarkResults()) {
      for (final IterationResult iteration : fork.getIterationResults()) {
        final double bytes = iteration.getSecondaryResults().get(ALLOCATED_BYTES).getScore();
        final double harness = HARNESS_BYTES / iteration.getMetadata().getAllOps();
        least = Math.min(least, bytes - harness);
      }
    }
    return least;
  }

  private static String name(final BenchmarkParams params) {
    final StringBuilder name = new StringBuilder(simple(params.getBenchmark()));
    for (final String key : params.getParamsKeys()) {
      name.append(' ').append(key).append('=').append(params.getParam(key));
    }
    return name.toString();
  }

  private static String simple(final String benchmark) {
    return benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
  }
}
