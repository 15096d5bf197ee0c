package dev.conductor.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A network namespace of Linux, and whatever is in it. Only root can make one. */
final class Namespace implements AutoCloseable {
  private final String name;

  private Namespace(final String name) {
    this.name = name;
  }

  /** Makes one, with its loopback up. */
  static Namespace make(final String name) throws IOException {
    run(List.of("ip", "netns", "add", name));
    final Namespace made = new Namespace(name);
    made.ip("link set lo up");
    return made;
  }

  String name() {
    return name;
  }

  /** What a command begins with that is to be run in it. */
  List<String> doorway() {
    return List.of("ip", "netns", "exec", name);
  }

  /** Sets something of its links, addresses and routes, in the words of {@code ip}. */
  void ip(final String words) throws IOException {
    run(words(List.of("ip", "-n", name), words));
  }

  /** Runs a command in it. */
  void exec(final String... command) throws IOException {
    final List<String> all = new ArrayList<>(doorway());
    all.addAll(List.of(command));
    run(all);
  }

  /** Sets something of the host's links, addresses and routes. */
  static void ofHost(final String words) throws IOException {
    run(words(List.of("ip"), words));
  }

  private static List<String> words(final List<String> first, final String words) {
    final List<String> all = new ArrayList<>(first);
    all.addAll(List.of(words.split(" ")));
    return all;
  }

  private static void run(final List<String> command) throws IOException {
    final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
  }

  /** Takes it away, and with it the links that end in it. */
  @Override
  public void close() throws IOException {
    run(List.of("ip", "netns", "del", name));
  }
}
