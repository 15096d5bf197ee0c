package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.app.ConductorServer;
import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigLoader;
import dev.conductor.demo.DemoConference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real server in a process of its own, to be killed. It ends with its parent at the latest. */
final class KilledServer implements AutoCloseable {
  private static final String READY = "ready ";
  private static final String FIRST = "first";

  private final Process process;
  private final BufferedReader words;
  private final long startedNs = System.nanoTime();
  private long answeredAfterMs;
  private int sipPort;
  private Api api;

  private KilledServer(final Process process) {
    this.process = process;
    this.words =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Begins to start it.
   *
   * @param first whether it is to store the demo conference
   */
  static KilledServer begin(final Path data, final boolean first) throws IOException {
    return begin(List.of(), data, first);
  }

  /** Begins to start it behind a command that runs it, such as a tracer. */
  static KilledServer begin(final List<String> runner, final Path data, final boolean first)
      throws IOException {
    final List<String> line = new ArrayList<>(runner);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--add-exports",
            "java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports",
            "java.base/sun.nio.ch=ALL-UNNAMED",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            KilledServer.class.getName(),
            first ? FIRST : "again"));
    final Map<String, String> settings = new HashMap<>(TestDatabase.settings(data));
    settings.put("sip.host", "127.0.0.1");
    settings.put("sip.port", "0");
    settings.put("http.host", "127.0.0.1");
    settings.put("http.port", "0");
    settings.put("events.port", "0");
    settings.put("http.requests-per-second", "10000");
    settings.put("http.request-burst", "10000");
    settings.put("http.address-requests-per-second", "10000");
    settings.put("http.address-request-burst", "10000");
    settings.put("rtp.first-port", "14000");
    settings.put("rtp.last-port", "14999");
    settings.put("media.agents", "1");
    settings.put("media.warm-up-ms", "0");
    settings.put("entry.spoken-moves", "false");
    settings.forEach((name, value) -> line.add(name + "=" + value));
    return new KilledServer(
        new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Waits until it answers over HTTP. */
  KilledServer awaitReady() throws IOException {
    for (String word = words.readLine(); api == null; word = words.readLine()) {
      assertThat(word).as("the server ended before it was ready").isNotNull();
      if (word.startsWith(READY)) {
        final String[] ports = word.substring(READY.length()).split(" ");
        sipPort = Integer.parseInt(ports[0]);
        api = new Api(address(Integer.parseInt(ports[1])));
        assertThat(api.get("/healthz").statusCode()).isEqualTo(200);
        answeredAfterMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNs);
        return this;
      }
    }
    return this;
  }

  /** How long after its start it answered. */
  long answeredAfterMs() {
    return answeredAfterMs;
  }

  InetSocketAddress sip() {
    return address(sipPort);
  }

  Api api() {
    return api;
  }

  /** SIGKILL; when this returns it is no more. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Ends it as the end of its parent does, and waits until it and its runner are no more. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }

  private static InetSocketAddress address(final int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** The process: tells its ports, and lives until it is killed or its parent is gone. */
  public static void main(final String[] args) throws Exception {
    final Map<String, String> settings = new HashMap<>();
    for (final String setting : List.of(args).subList(1, args.length)) {
      final int at = setting.indexOf('=');
      settings.put(setting.substring(0, at), setting.substring(at + 1));
    }
    final ConductorConfig config = ConfigLoader.load(Optional.empty(), Map.of(), settings);
    final List<ConferenceSeed> seeds =
        args[0].equals(FIRST) ? List.of(DemoConference.seed()) : List.of();
    final ConductorServer server = ConductorServer.start(config, seeds);
    System.out.println(
        "\n"
            + READY
            + server.sipAddresses().get(0).getPort()
            + " "
            + server.httpAddress().getPort());
    while (System.in.read() >= 0) {
      Thread.onSpinWait(); // nothing is written to it: its end is its parent's
    }
    Runtime.getRuntime().halt(1);
  }
}
