package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

/**
 * Another process that holds a store for itself alone, until it is killed or its parent is gone.
 * SQLite's locks are the process's: a holder in the process of the server would show less.
 */
public final class StoreHolder implements AutoCloseable {
  private static final String HELD = "held";

  private final Process process;

  private StoreHolder(final Process process) {
    this.process = process;
  }

  /** Returns when the store that belongs to this folder is held. */
  public static StoreHolder hold(final Path folder) throws IOException {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                StoreHolder.class.getName(),
                TestDatabase.url(folder))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    final String said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(said).as("what the holder said").isEqualTo(HELD);
    return new StoreHolder(process);
  }

  /** SIGKILL: what it held is free once it is no more. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process; its argument is the JDBC URL. */
  public static void main(final String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement client = connection.createStatement()) {
      TestDatabase.hold(client);
      System.out.println(HELD);
      while (System.in.read() >= 0) {
        Thread.onSpinWait(); // nothing is written to it: its end is its parent's
      }
    }
  }
}
