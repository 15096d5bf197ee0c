package dev.conductor.bench.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The server under load: where it listens and which process it is, started by us or running
 * already. One thread.
 */
final class Target implements AutoCloseable {
  private static final long READY_NS = 60_000_000_000L;
  private static final int BACKLOG = 1;

  private final InetSocketAddress sip;
  private final InetSocketAddress http;
  private final ServerPage page;
  private final long pid;
  private final ChildJvm child;

  /** A server that runs already. */
  Target(final InetSocketAddress sip, final InetSocketAddress http, final long pid) {
    this(sip, http, pid, null);
  }

  private Target(
      final InetSocketAddress sip,
      final InetSocketAddress http,
      final long pid,
      final ChildJvm child) {
    this.sip = sip;
    this.http = http;
    this.page = new ServerPage(http);
    this.pid = pid;
    this.child = child;
  }

  /**
   * Starts one with the demo's conference, room for many callers who dial from one address, and
   * free ports.
   *
   * @param folder takes its data and its log
   */
  static Target start(final InetAddress address, final Path folder) throws IOException {
    return start(address, folder, List.of(), List.of());
  }

  /**
   * The same.
   *
   * @param prefix a command that becomes it, such as {@code taskset -c 0}
   * @param more further arguments
   */
  static Target start(
      final InetAddress address,
      final Path folder,
      final List<String> prefix,
      final List<String> more)
      throws IOException {
    final int sipPort = freePort(address);
    final int httpPort = freePort(address);
    final String host = address.getHostAddress();
    final List<String> settings =
        List.of(
            "sip.host=" + host,
            "sip.port=" + sipPort,
            "sip.max-dialogs=20000",
            "sip.requests-per-second=100000",
            "sip.request-burst=100000",
            "rtp.first-port=2048",
            "rtp.last-port=32767",
            "http.host=" + host,
            "http.port=" + httpPort,
            "events.port=0",
            "entry.max-lobby=20000",
            "entry.max-callers-per-call=20000",
            "entry.seat-kept-ms=0",
            "data.dir=" + folder.resolve("data"));
    final List<String> arguments = new ArrayList<>(List.of("serve", "--demo"));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.addAll(more);
    final Path log = folder.resolve("server.log");
    final ChildJvm child = new ChildJvm(prefix, ServerMain.class, arguments, log, false);
    final Target target =
        new Target(
            new InetSocketAddress(address, sipPort),
            new InetSocketAddress(address, httpPort),
            child.pid(),
            child);
    final long beganNs = System.nanoTime();
    while (!target.page.isReady()) {
      if (!child.isAlive() || System.nanoTime() - beganNs > READY_NS) {
        final String why = child.tail();
        target.close();
        throw new IOException("the server does not start: " + why);
      }
      ChildJvm.pause();
    }
    return target;
  }

  /** A TCP port that is free now; the UDP port of the same number most likely is too. */
  private static int freePort(final InetAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, BACKLOG, address)) {
      return socket.getLocalPort();
    }
  }

  InetSocketAddress sip() {
    return sip;
  }

  InetSocketAddress http() {
    return http;
  }

  ServerPage page() {
    return page;
  }

  long pid() {
    return pid;
  }

  /** Ends what we started. */
  @Override
  public void close() throws IOException {
    if (child != null) {
      child.close();
    }
  }
}
