package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import dev.conductor.store.BatchRate;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable commands a second over HTTP: clients that wait at the same time share a commit, and the
 * way to the store costs little beside the store. Prints the figures, each turn's and all turns'
 * together; asserts a part of the ratios, since other programs may have the machine.
 */
@Timeout(600)
class DurableThroughputTest {
  private static final int CLIENTS = 64;

  /** What is compared is measured in turns, so that other programs slow all of it alike. */
  private static final int TURNS = Integer.getInteger("durable.turns", 4);

  private static final long MEASURED_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(20);

  @TempDir Path folder;

  @Test
  void shouldShareCommitsAmongClientsThatWaitAtTheSameTime() throws Exception {
    try (RunningServer server = RunningServer.start();
        BatchRate store = new BatchRate(folder, DemoConference.seed(), CLIENTS)) {
      rate(server, CLIENTS, WARM_UP_NS);
      store.measure(CLIENTS / 2, WARM_UP_NS / 4);
      double one = 0;
      double many = 0;
      double alone = 0;
      double perCommit = 0;
      for (int turn = 0; turn < TURNS; turn++) {
        one += rate(server, 1, MEASURED_NS) / TURNS;
        final long commits = commits(server);
        final double rate = rate(server, CLIENTS, MEASURED_NS);
        final double each = rate * MEASURED_NS / 1e9 / (commits(server) - commits);
        final double own = store.measure((int) Math.round(each), MEASURED_NS);
        print("turn " + (turn + 1), rate, each, own);
        many += rate / TURNS;
        perCommit += each / TURNS;
        alone += own / TURNS;
      }
      print("all turns", many, perCommit, alone);
      System.out.printf(
          Locale.ROOT,
          "durable commands a second: one client %.0f, %d clients %.1f times as many,"
              + " %.2f of the store's own batch rate%n",
          one,
          CLIENTS,
          many / one,
          many / alone);
      assertThat(many / one).isGreaterThan(3);
      assertThat(perCommit).isGreaterThan(4);
      assertThat(many / alone).isGreaterThan(0.2);
    } finally {
      TestDatabase.drop(folder);
    }
  }

  private static void print(
      final String what, final double many, final double perCommit, final double alone) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f commands a second of %d clients, %.1f a commit;"
            + " the store's writer alone %.0f (%.2f)%n",
        what,
        many,
        CLIENTS,
        perCommit,
        alone,
        many / alone);
  }

  private static long commits(final RunningServer server) {
    return server.store().counters().get("commits");
  }

  /** Commands a second of so many clients, each of which waits for its answer. */
  private static double rate(final RunningServer server, final int clients, final long forNs)
      throws IOException {
    try (PatientClients all =
        new PatientClients(server.http(), clients, DurableThroughputTest::forms)) {
      return all.workFor(forNs) / (forNs / 1e9);
    }
  }

  private static PatientClients.Forms forms(final int client) {
    final String form =
        "conferenceUID="
            + DemoConference.UID
            + "&securityToken="
            + DemoConference.TOKEN
            + "&objectType=conference&objectUID="
            + DemoConference.UID
            + "&customKey=client"
            + client
            + "&customValue=";
    return command -> form + command;
  }
}
