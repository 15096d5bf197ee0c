package dev.conductor.system;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of others that a test talks to. Without it the test is skipped, unless {@code
 * TEST_TOOLS_REQUIRED=true}: then it fails.
 */
final class ForeignTool implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ForeignTool(final Process process, final Path log) {
    this.process = process;
    this.log = log;
  }

  /** Where the program is; skips or fails the test that asks if it is nowhere. */
  static Path find(final String program, final String debianPackage) {
    // Servers stand where only root looks by itself.
    final String folders = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    for (final String folder : folders.split(File.pathSeparator)) {
      final Path path = Path.of(folder, program);
      if (Files.isExecutable(path)) {
        return path;
      }
    }
    return missing(program, debianPackage);
  }

  /** Skips or fails the test that asks for a program that is nowhere. */
  static <T> T missing(final String program, final String debianPackage) {
    final String message = program + " is not installed (Debian: " + debianPackage + ")";
    if ("true".equals(System.getenv("TEST_TOOLS_REQUIRED"))) {
      return fail(message);
    }
    return abort(message);
  }

  /** Starts it in this folder, which it takes for its home; its output goes into a log there. */
  static ForeignTool start(final Path folder, final List<String> command) throws IOException {
    final Path log = folder.resolve("output.log");
    final ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("XDG_RUNTIME_DIR", folder.toString());
    builder.environment().remove("XDG_DATA_HOME");
    return new ForeignTool(builder.start(), log);
  }

  /** Types a line. */
  void type(final String line) throws IOException {
    final OutputStream keyboard = process.getOutputStream();
    keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  /** Its exit code, once it has ended; -1 when it does not. */
  int exitCode(final long waitMs) throws InterruptedException {
    return process.waitFor(waitMs, TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What it has said. */
  String output() {
    try {
      return Files.readString(log);
    } catch (final IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Ends it and whatever it has started. */
  @Override
  public void close() {
    final List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
