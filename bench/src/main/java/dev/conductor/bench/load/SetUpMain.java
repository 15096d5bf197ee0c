package dev.conductor.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Offers set-ups by direct entry to the server, kept on one core, and the same to SIPp's UAS. Linux
 * only: CPU times are read from {@code /proc}. Exit codes: 0 done, 1 a call failed, something was
 * not given back or a part failed, 2 usage.
 *
 * <pre>
 * java @config/jvm.options -cp bench/target/benchmarks.jar dev.conductor.bench.load.SetUpMain
 * </pre>
 */
@Command(
    name = "set-ups",
    description = "Calls set up and ended at a steady rate, and what that costs, beside SIPp's.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SetUpMain implements Callable<Integer> {
  private static final int MAX_CALLS = 1_000_000;

  @Option(names = "--rate", paramLabel = "CALLS", description = "Calls offered a second.")
  private int rate = 200;

  @Option(names = "--seconds", description = "For how long.")
  private int seconds = 60;

  @Option(names = "--warm-up", paramLabel = "SECONDS", description = "The same before it.")
  private int warmUpSeconds = 20;

  @Option(names = "--talk-ms", description = "From the answer to the BYE.")
  private int talkMs = 3_000;

  @Option(names = "--held", paramLabel = "CALLS", description = "Up while memory is measured.")
  private int held = 500;

  @Option(names = "--conferences", description = "The calls are spread over.")
  private int conferences = 20;

  @Option(
      names = "--core",
      paramLabel = "NUMBER",
      description = "The core servers are kept on, by taskset; -1: any.")
  private int core = 1;

  @Option(names = "--no-sipp", negatable = true, description = "Leave SIPp's UAS out.")
  private boolean sipp = true;

  @Option(names = "--address", description = "Local address of servers and callers.")
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Spec private CommandSpec spec;

  /** Runs it and ends the process. */
  public static void main(final String... arguments) {
    System.exit(new CommandLine(new SetUpMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    check();
    final Path folder = Files.createTempDirectory("conductor-set-ups");
    try {
      final SetUpPlan plan =
          new SetUpPlan(
              rate, seconds, warmUpSeconds, talkMs, held, conferences, core, sipp, address);
      final List<String> failures = new SetUpRun(plan, folder, System.out).run();
      failures.forEach(System.out::println);
      return failures.isEmpty() ? 0 : 1;
    } finally {
      Folders.delete(folder);
    }
  }

  private void check() {
    require(rate > 0 && rate <= 5_000, "--rate: 1..5000");
    require(
        seconds > 0 && warmUpSeconds > 0 && rate * (long) seconds <= MAX_CALLS,
        "--seconds, --warm-up: above 0, and no more than " + MAX_CALLS + " calls");
    require(talkMs > 0, "--talk-ms: above 0");
    require(held > 0 && held <= 7_000, "--held: 1..7000");
    require(conferences > 0 && conferences <= 1_000, "--conferences: 1..1000");
    require(core >= SetUpPlan.ANY_CORE, "--core: -1 or the number of a core");
  }

  private void require(final boolean met, final String message) {
    if (!met) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }
}
