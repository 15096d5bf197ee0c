package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A Kamailio on the loopback as the proxy in front of the server. It stays in the dialog by
 * Record-Route; a request inside of one that does not bring the route gets 404.
 */
final class Kamailio implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ForeignTool tool;
  private final int port;

  private Kamailio(final ForeignTool tool, final int port) {
    this.tool = tool;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param serverPort where it sends calls, on the loopback
   * @param transport over which: udp or tcp; phones come by UDP
   */
  static Kamailio start(final Path folder, final int serverPort, final String transport)
      throws IOException {
    final Path program = ForeignTool.find("kamailio", "kamailio");
    // The even one for UDP is nobody's just now; of TCP it is the same port for a listener.
    final int port = FreePorts.udpPair();
    final Path config = folder.resolve("kamailio.cfg");
    try (InputStream in = Kamailio.class.getResourceAsStream("/system/kamailio.cfg")) {
      Files.writeString(
          config,
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("OWN_PORT", Integer.toString(port))
              .replace("SERVER_PORT", Integer.toString(serverPort))
              .replace("SERVER_TRANSPORT", transport));
    }
    // In the foreground, its log on its standard error, its shared memory of 16 MB.
    final ForeignTool tool =
        ForeignTool.start(
            folder,
            List.of(
                program.toString(),
                "-f",
                config.toString(),
                "-DD",
                "-E",
                "-m",
                "16",
                "-w",
                folder.toString(),
                "-Y",
                folder.toString()));
    final Kamailio proxy = new Kamailio(tool, port);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(tool.output()).contains("PROXY IS UP"));
    return proxy;
  }

  /** Where phones dial, by UDP. */
  int port() {
    return port;
  }

  /**
   * How many requests of this method inside dialogs went by the route to this port; one that came
   * again does not count again.
   */
  long routed(final String method, final int toPort) {
    return lines("ROUTED " + method + " TO " + toPort + " ", "");
  }

  /** The same of those that went anywhere but to this port: the server's to the phones. */
  long routedElsewhere(final String method, final int serverPort) {
    return lines("ROUTED " + method + " ", "") - routed(method, serverPort);
  }

  /** The same of those that came over this transport. */
  long routedOver(final String method, final String transport) {
    return lines("ROUTED " + method + " ", " BY " + transport + " ");
  }

  /** How many requests inside dialogs came without the route, and so were not handed on. */
  long strays() {
    return lines("STRAY ", "");
  }

  /** Which of its processes has written a line, stands before it. */
  private long lines(final String beginning, final String part) {
    return tool.output()
        .lines()
        .filter(line -> line.contains(beginning) && line.contains(part))
        .map(line -> line.substring(line.indexOf(beginning)))
        .distinct()
        .count();
  }

  /** What it has written down. */
  String output() {
    return tool.output();
  }

  @Override
  public void close() {
    tool.close();
  }
}
