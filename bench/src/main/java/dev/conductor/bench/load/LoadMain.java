package dev.conductor.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * Puts load on a server and compares it with the floor. Linux only: CPU times are read from {@code
 * /proc}. Exit codes: 0 done, 1 a requirement is not met or a part failed, 2 usage.
 *
 * <pre>
 * java @config/jvm.options -cp bench/target/benchmarks.jar dev.conductor.bench.load.LoadMain
 * </pre>
 */
@Command(
    name = "load",
    description = "Callers by the thousand in one call, and what they cost, beside the floor.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class LoadMain implements Callable<Integer> {
  /** Files a process needs beside its sockets. */
  private static final int OTHER_FILES = 300;

  private static final int MAX_CALLERS = 7_000;

  @Option(names = "--callers", description = "Callers in the one call, all of them sending.")
  private int callers = 1_000;

  @Option(names = "--talkers", description = "Callers who talk.")
  private int talkers = 3;

  @Option(names = "--silence", description = "Who does not talk sends digital silence, no noise.")
  private boolean silent;

  @Option(names = "--seconds", description = "Length of a measured window.")
  private int seconds = 20;

  @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Load before a window.")
  private int warmUpSeconds = 5;

  @Option(names = "--rounds", description = "Windows of the server, each followed by the floor's.")
  private int rounds = 5;

  @Option(names = "--setup-rate", paramLabel = "CALLS", description = "Calls dialled a second.")
  private int setUpRate = 100;

  @Option(names = "--latency-talkers", description = "Who sound bursts, spread over the 20 ms.")
  private int latencyTalkers = 20;

  @Option(names = "--latency-bursts", description = "Bursts of each.")
  private int latencyBursts = 3;

  @Option(names = "--latency-listeners", description = "Who wait for them.")
  private int latencyListeners = 3;

  @Option(names = "--address", description = "Local address of server, floor and callers.")
  private InetAddress address = InetAddress.getLoopbackAddress();

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "SIP of a server that runs already; needs --http and --server-pid.")
  private InetSocketAddress server;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      converter = HostPort.class,
      description = "Its HTTP.")
  private InetSocketAddress http;

  @Option(names = "--server-pid", paramLabel = "PID", description = "Its process.")
  private long serverPid;

  @Option(
      names = "--require",
      split = ",",
      paramLabel = "NAME=LIMIT",
      description = "ratio and missing at most, delivered and up at least; else exit 1.")
  private Map<String, Double> limits = new LinkedHashMap<>();

  @Spec private CommandSpec spec;

  /** Runs it and ends the process. */
  public static void main(final String... arguments) {
    System.exit(new CommandLine(new LoadMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    check();
    final PrintStream out = System.out;
    final Path folder = Files.createTempDirectory("conductor-load");
    try (Target target =
        server == null ? Target.start(address, folder) : new Target(server, http, serverPid)) {
      out.println("server: process " + target.pid());
      final LoadReport report = new LoadRun(plan(), folder, out).run(target);
      report.tell(out);
      final List<String> failures = report.failures(limits);
      failures.forEach(out::println);
      return failures.isEmpty() ? 0 : 1;
    } finally {
      Folders.delete(folder);
    }
  }

  private LoadPlan plan() {
    final LoadPlan.Latency latency =
        new LoadPlan.Latency(latencyTalkers, latencyBursts, latencyListeners);
    return new LoadPlan(
        callers, talkers, silent, seconds, warmUpSeconds, rounds, setUpRate, latency, address);
  }

  private void check() throws IOException {
    require(callers >= 2 && callers <= MAX_CALLERS, "--callers: 2.." + MAX_CALLERS);
    require(talkers >= 0 && talkers <= callers, "--talkers: 0..callers");
    require(seconds > 0 && rounds > 0 && warmUpSeconds >= 0, "--seconds, --rounds: above 0");
    require(setUpRate > 0 && setUpRate <= 1_000, "--setup-rate: 1..1000");
    require(
        latencyTalkers > 0 && latencyBursts > 0 && latencyListeners > 0,
        "--latency-talkers, --latency-bursts, --latency-listeners: above 0");
    require(
        latencyTalkers + latencyListeners <= callers,
        "--callers: no fewer than --latency-talkers and --latency-listeners together, "
            + (latencyTalkers + latencyListeners));
    require(
        server == null || (http != null && serverPid > 0),
        "--server needs --http and --server-pid");
    require(
        server == null || ProcessHandle.of(serverPid).isPresent(),
        "--server-pid: there is no process " + serverPid);
    require(
        server == null || new ServerPage(http).isReady(),
        "--http: no server that is ready answers at " + http);
    require(
        NetworkInterface.getByInetAddress(address) != null,
        "--address: this machine has no address " + address.getHostAddress());
    require(
        LoadReport.LIMITS.keySet().containsAll(limits.keySet()),
        "--require: one of " + LoadReport.LIMITS.keySet());
    final long files = openFilesLimit();
    final int needed = 2 * callers + OTHER_FILES;
    require(
        files >= needed,
        "the server needs "
            + needed
            + " open files, the limit is "
            + files
            + ": ulimit -n "
            + needed);
  }

  private void require(final boolean met, final String message) {
    if (!met) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  /** The soft limit of this process, which the processes it starts inherit. */
  private static long openFilesLimit() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
      return lines
          .filter(line -> line.startsWith("Max open files"))
          .map(line -> line.split("\\s+")[3])
          .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
          .findFirst()
          .orElse(Long.MAX_VALUE);
    }
  }

  /** Reads an address. */
  static final class HostPort implements ITypeConverter<InetSocketAddress> {
    @Override
    public InetSocketAddress convert(final String text) {
      final int colon = text.lastIndexOf(':');
      if (colon < 0) {
        throw new TypeConversionException("'" + text + "' is not HOST:PORT");
      }
      return new InetSocketAddress(
          text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }
  }
}
