package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Durable commands a second over HTTP: clients that wait at the same time share a commit. Prints
 * the figures; asserts a part of the ratio, since other programs may have the machine.
 */
@Timeout(120)
class DurableThroughputTest {
  private static final int CLIENTS = 64;
  private static final long MEASURED_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(3);

  @Test
  void shouldShareCommitsAmongClientsThatWaitAtTheSameTime() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      rate(server, CLIENTS, WARM_UP_NS);
      final double one = rate(server, 1, MEASURED_NS);
      final long commits = count(server, "commits");
      final double many = rate(server, CLIENTS, MEASURED_NS);
      final long shared = count(server, "commits") - commits;
      final double perCommit = many * MEASURED_NS / 1e9 / shared;
      System.out.printf(
          Locale.ROOT,
          "durable commands a second: one client %.0f, %d clients %.0f (%.1f times), %.1f a commit%n",
          one,
          CLIENTS,
          many,
          many / one,
          perCommit);
      assertThat(many / one).isGreaterThan(3);
      assertThat(perCommit).isGreaterThan(4);
    }
  }

  private static long count(final RunningServer server, final String counter) {
    return server.store().counters().get(counter);
  }

  /** Commands a second of so many clients, each of which waits for its answer. */
  private static double rate(final RunningServer server, final int clients, final long forNs)
      throws Exception {
    final ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      final long endNs = System.nanoTime() + forNs;
      final List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        final String key = "client" + i;
        done.add(threads.submit(() -> command(server, key, endNs)));
      }
      int commands = 0;
      for (final Future<Integer> client : done) {
        commands += client.get(60, TimeUnit.SECONDS);
      }
      return commands / (forNs / 1e9);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int command(final RunningServer server, final String key, final long endNs) {
    int commands = 0;
    while (System.nanoTime() - endNs < 0) {
      assertThat(
              server
                  .api()
                  .command(
                      "updateCustomValue",
                      "objectType",
                      "conference",
                      "objectUID",
                      DemoConference.UID,
                      "customKey",
                      key,
                      "customValue",
                      Integer.toString(commands)))
          .isEqualTo("TRUE");
      commands++;
    }
    return commands;
  }
}
