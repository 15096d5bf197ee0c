package dev.conductor.system;

import dev.conductor.app.ConductorServer;
import dev.conductor.app.ServerRooms;
import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigLoader;
import dev.conductor.demo.DemoAudio;
import dev.conductor.demo.DemoConference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.store.SqlStore;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * The real server in this process: the demo conference, two media agents, ports the system chose, a
 * data folder of its own that is gone afterwards.
 */
final class RunningServer implements AutoCloseable {
  private static final int FIRST_RTP_PORT = 16_000;

  /** Of each JVM: so many end below {@link FreePorts}. */
  private static final int RTP_RANGES = 4;

  private static final int RTP_RANGE = 1_000;

  private final ConductorServer server;
  private final ConductorConfig config;
  private final Path data;
  private final Api api;

  private RunningServer(
      final ConductorServer server, final ConductorConfig config, final Path data) {
    this.server = server;
    this.config = config;
    this.data = data;
    this.api = new Api(server.httpAddress());
  }

  /** Starts it. */
  static RunningServer start() throws Exception {
    return start(Map.of());
  }

  /** Starts it with further settings and, beside the demo's, further conferences. */
  static RunningServer start(final Map<String, String> settings, final ConferenceSeed... more)
      throws Exception {
    final List<ConferenceSeed> seeds = new ArrayList<>(List.of(more));
    seeds.add(DemoConference.seed());
    return start(settings, seeds, Map.of());
  }

  /**
   * Starts it with further settings, these conferences and, beside the demo's, further clips.
   *
   * @param clips WAV files by their path in the audio folder
   */
  static RunningServer start(
      final Map<String, String> settings,
      final List<ConferenceSeed> seeds,
      final Map<String, byte[]> clips)
      throws Exception {
    return start(settings, seeds, clips, "");
  }

  /** Starts it with these settings in a file, too. */
  static RunningServer start(
      final Map<String, String> settings,
      final List<ConferenceSeed> seeds,
      final Map<String, byte[]> clips,
      final String yaml)
      throws Exception {
    final Path data = Files.createTempDirectory("conductor-system");
    final Path audio = data.resolve("audio");
    DemoAudio.write(audio);
    for (final Map.Entry<String, byte[]> clip : clips.entrySet()) {
      Files.write(audio.resolve(clip.getKey()), clip.getValue());
    }
    // Below the ports the system gives out by itself, and apart from other tests' servers, those of
    // a JVM beside this one too.
    final int firstPort =
        FIRST_RTP_PORT
            + RTP_RANGE * RTP_RANGES * (Integer.getInteger("test.fork", 1) % 2)
            + RTP_RANGE * ThreadLocalRandom.current().nextInt(RTP_RANGES);
    final Map<String, String> flags = new HashMap<>();
    flags.put("sip.host", "127.0.0.1");
    flags.put("sip.port", "0");
    flags.put("http.host", "127.0.0.1");
    flags.put("http.port", "0");
    flags.put("events.port", "0");
    flags.put("http.requests-per-second", "1000000");
    flags.put("http.request-burst", "1000000");
    flags.put("http.address-requests-per-second", "1000000");
    flags.put("http.address-request-burst", "1000000");
    flags.put("rtp.first-port", Integer.toString(firstPort));
    flags.put("rtp.last-port", Integer.toString(firstPort + RTP_RANGE - 1));
    flags.put("media.agents", "2");
    flags.put("media.warm-up-ms", "0");
    // Rooms are listened to right after a move; the test of spoken moves asks for them.
    flags.put("entry.spoken-moves", "false");
    flags.putAll(TestDatabase.settings(data));
    flags.putAll(settings);
    final Path file = Files.writeString(data.resolve("settings.yaml"), yaml);
    final ConductorConfig config = ConfigLoader.load(Optional.of(file), Map.of(), flags);
    return new RunningServer(ConductorServer.start(config, seeds), config, data);
  }

  /** Ends it and starts another on its data; that one is to be closed. */
  RunningServer restarted() throws Exception {
    server.close();
    return new RunningServer(ConductorServer.start(config, List.of()), config, data);
  }

  /** Where it takes SIP. */
  InetSocketAddress sip() {
    return server.sipAddresses().get(0);
  }

  /** Where it takes SIP over TLS; 0 for nowhere. */
  int sipTlsPort() {
    return server.sipTlsPort();
  }

  /** Where it takes HTTP. */
  InetSocketAddress http() {
    return server.httpAddress();
  }

  /** Where it sends events as XML. */
  InetSocketAddress xmlSocket() {
    return server.xmlSocketAddress();
  }

  /** Its data folder. */
  Path data() {
    return data;
  }

  /** What it keeps things in, to be broken. */
  SqlStore store() {
    return ServerRooms.store(server);
  }

  /** The host's side of it. */
  Api api() {
    return api;
  }

  @Override
  public void close() {
    server.close();
    TestDatabase.drop(data);
    try (Stream<Path> files = Files.walk(data)) {
      files.sorted(Comparator.reverseOrder()).forEach(RunningServer::delete);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(final Path path) {
    try {
      Files.delete(path);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
