package dev.conductor.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM with our class path and our JVM options. It ends with us: when it is closed, when we
 * are told to end, and, as its standard input ends, also when we are killed. One thread.
 */
final class ChildJvm implements AutoCloseable {
  private static final long LINE_WAIT_NS = 60_000_000_000L;
  private static final long STEP_MS = 20;
  private static final long END_WAIT_S = 10;
  private static final int TAIL_LINES = 15;

  private final Process process;
  private final Path log;
  private final Thread hook;
  private final BufferedReader out;
  private final Writer in;

  /**
   * Starts it where the system puts it.
   *
   * @param main its main class
   * @param log takes what it prints as errors and, if it is not spoken to, all it prints
   * @param spokenTo whether its output is read, answer by answer
   */
  ChildJvm(
      final Class<?> main, final List<String> arguments, final Path log, final boolean spokenTo)
      throws IOException {
    this(List.of(), main, arguments, log, spokenTo);
  }

  /**
   * Starts it.
   *
   * @param prefix a command that becomes it, such as {@code taskset -c 0}
   * @param main its main class
   * @param log takes what it prints as errors and, if it is not spoken to, all it prints
   * @param spokenTo whether its output is read, answer by answer
   */
  ChildJvm(
      final List<String> prefix,
      final Class<?> main,
      final List<String> arguments,
      final Path log,
      final boolean spokenTo)
      throws IOException {
    this.log = log;
    final List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (final String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!option.startsWith("-javaagent") && !option.startsWith("-agent")) {
        command.add(option);
      }
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    final ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    if (!spokenTo) {
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
    }
    process = builder.start();
    hook = new Thread(process::destroyForcibly, "end-" + main.getSimpleName());
    Runtime.getRuntime().addShutdownHook(hook);
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    in = process.outputWriter(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Says a line to it. */
  void say(final String line) throws IOException {
    in.write(line);
    in.write('\n');
    in.flush();
  }

  /** The next line it prints; waits for it for a minute at most. */
  String line() throws IOException {
    final long beganNs = System.nanoTime();
    while (!out.ready()) {
      if (!isAlive() || System.nanoTime() - beganNs > LINE_WAIT_NS) {
        throw new IOException("no answer from a process of ours: " + tail());
      }
      pause();
    }
    return out.readLine();
  }

  /** Waits a moment. */
  static void pause() {
    try {
      Thread.sleep(STEP_MS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", interrupted);
    }
  }

  /** The last lines of its log. */
  String tail() throws IOException {
    final List<String> lines = Files.readAllLines(log);
    return String.join(
        System.lineSeparator(),
        lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  /** Ends it: asked first, then made to. */
  @Override
  public void close() throws IOException {
    Runtime.getRuntime().removeShutdownHook(hook);
    process.destroy();
    try {
      if (!process.waitFor(END_WAIT_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (final InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    out.close();
  }
}
