package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/**
 * SIPp on one call of a scenario of the test resources: as the far end of a trunk, or as a caller.
 */
final class SippPeer implements AutoCloseable {
  private static final int PATIENCE_S = 90;
  private static final Path SCENARIOS = Path.of("src/test/resources/sipp");

  private final Path folder;
  private final ForeignTool sipp;

  private SippPeer(final Path folder, final ForeignTool sipp) {
    this.folder = folder;
    this.sipp = sipp;
  }

  /**
   * Waits for a call at this port of loopback.
   *
   * @param words what stands between two at signs in the scenario, and what is put there
   */
  static SippPeer listen(final String scenario, final int port, final Map<String, String> words)
      throws IOException {
    return start(scenario, words, List.of("-i", "127.0.0.1", "-p", Integer.toString(port)));
  }

  /** Calls from a port of its own of this address. */
  static SippPeer call(
      final String scenario,
      final String from,
      final InetSocketAddress server,
      final String dialled,
      final String transport,
      final Map<String, String> words)
      throws IOException {
    return start(
        scenario,
        words,
        List.of(
            server.getAddress().getHostAddress() + ":" + server.getPort(),
            "-s",
            dialled,
            "-i",
            from,
            "-p",
            Integer.toString(freePort(from)),
            "-t",
            transport));
  }

  private static SippPeer start(
      final String scenario, final Map<String, String> words, final List<String> options)
      throws IOException {
    final List<String> command = new ArrayList<>();
    command.add(ForeignTool.find("sipp", "sip-tester").toString());
    command.addAll(options);
    command.addAll(List.of("-sf", "scenario.xml", "-m", "1", "-nostdin"));
    command.addAll(List.of("-timeout", PATIENCE_S + "s", "-timeout_error"));
    command.addAll(List.of("-trace_err", "-error_file", "errors.log"));
    command.addAll(List.of("-trace_msg", "-message_file", "messages.log"));
    final Path folder = Files.createTempDirectory("sipp");
    String text = Files.readString(SCENARIOS.resolve(scenario + ".xml"));
    for (final Map.Entry<String, String> word : words.entrySet()) {
      text = text.replace("@" + word.getKey() + "@", word.getValue());
    }
    Files.writeString(folder.resolve("scenario.xml"), text, StandardCharsets.ISO_8859_1);
    return new SippPeer(folder, ForeignTool.start(folder, command));
  }

  /** A port that was free a moment ago, UDP and TCP. */
  static int freePort(final String address) throws IOException {
    return FreePorts.even(InetAddress.getByName(address));
  }

  /** Waits until the scenario is through, and fails where it was not as written. */
  void assertPassed() throws InterruptedException {
    assertThat(sipp.exitCode((PATIENCE_S + 10) * 1_000L)).as(this::said).isZero();
  }

  /** Waits until this is so, and fails at once where the scenario ends before. */
  void awaitWhilePlaying(final Callable<Boolean> condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(PATIENCE_S))
        .until(
            () -> {
              final boolean met = condition.call();
              assertThat(met || sipp.isAlive()).as(this::said).isTrue();
              return met;
            });
  }

  private String said() {
    return read("errors.log") + "\n" + read("messages.log") + "\n" + read("output.log");
  }

  private String read(final String file) {
    final Path path = folder.resolve(file);
    try {
      return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sipp.close();
    for (final String file :
        List.of("scenario.xml", "errors.log", "messages.log", "output.log", ".")) {
      try {
        Files.deleteIfExists(folder.resolve(file).normalize());
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
