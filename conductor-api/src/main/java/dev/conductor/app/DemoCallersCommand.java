package dev.conductor.app;

import dev.conductor.demo.DemoCallers;
import dev.conductor.demo.DemoCallersOptions;
import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code conductor demo-callers}: simulated phones dial a running server. The main thread. */
@Command(
    name = "demo-callers",
    description = "Dial a running server with simulated phones, for those who have none.",
    mixinStandardHelpOptions = true)
final class DemoCallersCommand implements Callable<Integer> {
  private static final int SIP_PORT = 5_060;

  @Parameters(
      paramLabel = "CALLERS",
      defaultValue = "20",
      description = "How many phones dial (default: ${DEFAULT-VALUE}).")
  private int callers;

  @Option(
      names = "--server",
      paramLabel = "HOST[:PORT]",
      defaultValue = "127.0.0.1:5060",
      description = "Where the server takes SIP (default: ${DEFAULT-VALUE}).")
  private String server;

  @Option(
      names = "--did",
      defaultValue = DemoConference.DID,
      description = "What they dial (default: ${DEFAULT-VALUE}).")
  private String did;

  @Option(
      names = "--pins",
      split = ",",
      description = "What they key, in turn (default: the demo's participants).")
  private List<String> pins = DemoConference.participantPins();

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "When they all hang up (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Option(
      names = "--wav",
      paramLabel = "FILE",
      description = "Speech they say, each from another place; without: each a tone of his own.")
  private Path wav;

  @Option(names = "--calm", description = "Nobody raises a hand, leaves or comes back.")
  private boolean calm;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    return DemoCallers.run(options(), System.out);
  }

  private DemoCallersOptions options() {
    try {
      return new DemoCallersOptions(
          callers, address(server), did, pins, Duration.ofMinutes(minutes), wav, !calm);
    } catch (final IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private static InetSocketAddress address(final String text) {
    final int colon = text.lastIndexOf(':');
    final boolean hasPort =
        colon > text.lastIndexOf(']') && text.indexOf(':') == colon
            || text.startsWith("[") && colon > text.indexOf(']');
    if (!hasPort) {
      return new InetSocketAddress(text, SIP_PORT);
    }
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }
}
