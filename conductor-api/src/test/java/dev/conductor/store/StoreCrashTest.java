package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.EventSamples;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is killed in the middle of its work loses nothing that it said was stored. */
@Timeout(120)
class StoreCrashTest {
  private static final int EVENTS_A_BATCH = 5;
  private static final int ENOUGH_COMMITS = 300;

  @TempDir Path directory;

  @Test
  void shouldHaveEveryCommittedBatchWholeAndNoneInPartAfterAKill() throws Exception {
    final List<Long> committed = runUntilKilled();
    assertThat(committed).hasSizeGreaterThanOrEqualTo(ENOUGH_COMMITS);

    try (SqlStore store =
        SqlStore.open(TestDatabase.config(directory), event -> "", () -> EventSamples.TIME_MS)) {
      final List<Long> kept =
          store.call(
              "read",
              () ->
                  store
                      .handle()
                      .createQuery("SELECT seq FROM event ORDER BY seq")
                      .mapTo(Long.class)
                      .list());
      assertThat(kept.size() % EVENTS_A_BATCH).as("no batch is in by half").isZero();
      assertThat(kept).as("no hole").last().isEqualTo((long) kept.size());
      final long lastBatch = kept.size() / EVENTS_A_BATCH;
      assertThat(committed).allSatisfy(id -> assertThat(id).isLessThanOrEqualTo(lastBatch));
      final List<String> calls =
          store.call(
              "read",
              () ->
                  store
                      .handle()
                      .createQuery(
                          "SELECT uid || '/' || end_reason || '/' || notes FROM call_record"
                              + " WHERE NOT active")
                      .mapTo(String.class)
                      .list());
      assertThat(calls).containsExactly("CALL1/CRASH/notes\nmore");
    }
  }

  private List<Long> runUntilKilled() throws IOException, InterruptedException {
    final Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Server.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    final List<Long> committed = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("committed \\d+\\.")) { // a whole line: the kill may cut the last one
          committed.add(Long.parseLong(line.substring(10, line.length() - 1)));
        }
        if (committed.size() == ENOUGH_COMMITS) {
          server.toHandle().destroyForcibly(); // SIGKILL; what it said before is still read
        }
      }
    } finally {
      server.destroyForcibly();
    }
    assertThat(server.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return committed;
  }

  /** The server to be killed: stores without end and says what is stored. */
  static final class Server {
    private Server() {}

    public static void main(final String[] args) {
      final SqlStore store =
          SqlStore.open(TestDatabase.config(Path.of(args[0])), event -> "x".repeat(200));
      final Store.Outcome outcome =
          new Store.Outcome() {
            @Override
            public void onCommitted(final long batchId) {
              System.out.println("committed " + batchId + ".");
            }

            @Override
            public void onAnswer(final Answer answer) {
              throw new AssertionError("nobody asked");
            }

            @Override
            public void onFailed(final long batchId, final String reason) {
              System.out.println("failed " + reason);
            }
          };
      for (long batch = 1; ; ) {
        store.poll(outcome);
        if (store.hasRoom()) {
          final List<Change> changes = new ArrayList<>();
          changes.add(new Change.CallSaved(EventSamples.call("CALL1", "A"), 0, 0));
          for (int i = 1; i <= EVENTS_A_BATCH; i++) {
            changes.add(
                new Change.EventLogged(
                    EventSamples.logged("CALL1", (batch - 1) * EVENTS_A_BATCH + i)));
          }
          store.offer(new Batch(batch, changes));
          batch++;
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }
}
