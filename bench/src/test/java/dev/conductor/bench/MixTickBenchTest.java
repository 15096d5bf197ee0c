package dev.conductor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the bench briefly in this JVM; its times are told, only what it allocates is judged. */
class MixTickBenchTest {
  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

  /** What the harness allocates an iteration, however long a tick is: about 6 KB were seen. */
  private static final double HARNESS_BYTES = 8_192;

  private static final long ITERATION_MS = 1_000;

  @Test
  void shouldAllocateNothingInATickWhateverTheNumberOfCallers() throws RunnerException {
    final Options options =
        new OptionsBuilder()
            .include(MixTickBench.class.getSimpleName())
            .param("callers", "30", "1000")
            .forks(0)
            .warmupIterations(2)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(ITERATION_MS))
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .build();
    final Collection<RunResult> results = new Runner(options).run();
    assertThat(results).hasSize(4);
    for (final RunResult result : results) {
      final String what =
          result.getParams().getParam("callers")
              + " callers, "
              + result.getParams().getParam("talkers")
              + " talking";
      final double tickUs = result.getPrimaryResult().getScore();
      System.out.printf("A tick of %s: %.1f microseconds%n", what, tickUs);
      // What the tick allocates is in every iteration, so the least of them has it too.
      final double leastBytes =
          result.getSecondaryResults().get(ALLOCATED_BYTES).getStatistics().getMin();
      final double harnessBytes = HARNESS_BYTES * tickUs / (ITERATION_MS * 1_000);
      assertThat(leastBytes - harnessBytes).as("bytes a tick of %s", what).isLessThan(1.0);
    }
  }
}
