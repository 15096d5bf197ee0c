package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * SIPp, which judges us by other eyes than our own stack's, on one scenario of the test resources.
 * Without the program a test is skipped, unless {@code TEST_TOOLS_REQUIRED=true}: then it fails.
 */
final class Sipp implements AutoCloseable {
  private static final int PATIENCE_S = 60;
  private static final int MAX_TRIES = 100;
  private static final Set<Integer> GIVEN = new HashSet<>();

  private final Path folder;
  private final Process process;

  private Sipp(final Path folder, final Process process) {
    this.folder = folder;
    this.process = process;
  }

  /** Skips or fails the test where the program is missing. */
  static void require() {
    for (final String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, "sipp"))) {
        return;
      }
    }
    final String message = "sipp is not installed (Debian: sip-tester)";
    if ("true".equals(System.getenv("TEST_TOOLS_REQUIRED"))) {
      fail(message);
    } else {
      abort(message);
    }
  }

  /**
   * Plays one call of a scenario against a server.
   *
   * @param dialled the user part of the Request-URI
   * @param transport {@code udp} or {@code tcp}
   * @param words put into the scenario's text
   */
  static Sipp start(
      final String scenario,
      final InetSocketAddress server,
      final String dialled,
      final String transport,
      final UnaryOperator<String> words)
      throws IOException {
    final Path folder = Files.createTempDirectory("sipp");
    final String text = Files.readString(Path.of("src/test/resources/sipp", scenario + ".xml"));
    Files.writeString(
        folder.resolve("scenario.xml"), words.apply(text), StandardCharsets.ISO_8859_1);
    final InetAddress address = server.getAddress();
    final Process process =
        new ProcessBuilder(
                List.of(
                    "sipp",
                    Addresses.inUri(address) + ":" + server.getPort(),
                    "-sf",
                    "scenario.xml",
                    "-s",
                    dialled,
                    "-i",
                    address.getHostAddress(),
                    "-p",
                    Integer.toString(freePort(address)),
                    "-t",
                    transport.equals("udp") ? "u1" : "t1",
                    "-m",
                    "1",
                    "-nostdin",
                    "-timeout",
                    PATIENCE_S + "s",
                    "-timeout_error",
                    "-trace_err",
                    "-error_file",
                    "errors.log",
                    "-trace_msg",
                    "-message_file",
                    "messages.log"))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
    return new Sipp(folder, process);
  }

  /**
   * A port that was free a moment ago, UDP and TCP, and is not another one's who has not bound it
   * yet. Drawn as UDP's are: those of TCP come from a quarter of the range.
   */
  private static synchronized int freePort(final InetAddress address) throws IOException {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      try (DatagramSocket udp = new DatagramSocket(0, address);
          ServerSocket tcp = new ServerSocket(udp.getLocalPort(), 1, address)) {
        if (GIVEN.add(tcp.getLocalPort())) {
          return tcp.getLocalPort();
        }
      } catch (final BindException taken) {
        // Somebody has it for TCP: another one.
        continue;
      }
    }
    throw new IOException("no port was free in " + MAX_TRIES + " tries");
  }

  /** Waits until the scenario is through, and fails where it was not as written. */
  void assertPassed() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE_S + 10, TimeUnit.SECONDS)).as("ends").isTrue();
    assertThat(process.exitValue()).as(() -> said()).isZero();
  }

  private String said() {
    return read("errors.log") + "\n" + read("messages.log");
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
    process.destroyForcibly();
    for (final String file :
        List.of("scenario.xml", "errors.log", "messages.log", "output.log", ".")) {
      try {
        process.waitFor(5, TimeUnit.SECONDS);
        Files.deleteIfExists(folder.resolve(file).normalize());
      } catch (final IOException e) {
        throw new UncheckedIOException(e);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
