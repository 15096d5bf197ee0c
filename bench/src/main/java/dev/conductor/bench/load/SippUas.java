package dev.conductor.bench.load;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIPp's own answering side: 180 and 200 to each INVITE, 200 to each BYE. One thread. */
final class SippUas implements AutoCloseable {
  private static final long END_WAIT_S = 10;
  private static final long START_NS = 10_000_000_000L;

  private final InetSocketAddress sip;
  private final Process process;
  private final Thread hook;

  /**
   * Starts it.
   *
   * @param prefix a command that becomes it, such as {@code taskset -c 0}
   * @param folder its working folder, takes its log
   */
  SippUas(final InetAddress address, final List<String> prefix, final Path folder)
      throws IOException {
    sip = new InetSocketAddress(address, freePort(address));
    final List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            "sipp",
            "-sn",
            "uas",
            "-i",
            address.getHostAddress(),
            "-p",
            Integer.toString(sip.getPort()),
            "-nostdin"));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    hook = new Thread(process::destroyForcibly, "end-sipp");
    Runtime.getRuntime().addShutdownHook(hook);
    awaitBound();
  }

  private static int freePort(final InetAddress address) throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, address)) {
      return socket.getLocalPort();
    }
  }

  /** It listens once nobody else can bind its port. */
  private void awaitBound() throws IOException {
    final long beganNs = System.nanoTime();
    while (true) {
      try (DatagramSocket probe = new DatagramSocket(sip)) {
        if (!process.isAlive() || System.nanoTime() - beganNs > START_NS) {
          throw new IllegalStateException("sipp does not listen on " + probe.getLocalPort());
        }
      } catch (final BindException bound) {
        return;
      }
      ChildJvm.pause();
    }
  }

  InetSocketAddress sip() {
    return sip;
  }

  long pid() {
    return process.pid();
  }

  /** Ends it. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroyForcibly();
    try {
      process.waitFor(END_WAIT_S, TimeUnit.SECONDS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
