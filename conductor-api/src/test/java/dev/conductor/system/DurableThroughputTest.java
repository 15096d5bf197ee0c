package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import dev.conductor.store.BatchRate;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
  private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(10);

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
      throws Exception {
    final ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      final long endNs = System.nanoTime() + forNs;
      final List<Future<Integer>> done = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        final String key = "client" + i;
        done.add(threads.submit(() -> commands(server, key, endNs)));
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

  /** One client on one connection: it must cost the machine little beside the server. */
  private static int commands(final RunningServer server, final String key, final long endNs)
      throws IOException {
    int commands = 0;
    try (Socket socket = new Socket(server.http().getAddress(), server.http().getPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      while (System.nanoTime() - endNs < 0) {
        socket.getOutputStream().write(request(key, commands));
        awaitTrue(socket.getInputStream());
        commands++;
      }
    }
    return commands;
  }

  private static byte[] request(final String key, final int value) {
    final String form =
        "conferenceUID="
            + DemoConference.UID
            + "&securityToken="
            + DemoConference.TOKEN
            + "&objectType=conference&objectUID="
            + DemoConference.UID
            + "&customKey="
            + key
            + "&customValue="
            + value;
    return ("POST /_conference/updateCustomValue HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + form.length()
            + "\r\n\r\n"
            + form)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void awaitTrue(final InputStream in) throws IOException {
    final byte[] bytes = new byte[4_096];
    int length = 0;
    String answer = "";
    while (!answer.endsWith("\r\n\r\nTRUE")) {
      assertThat(answer).as("an answer").doesNotContainPattern("\r\n\r\n(?!T)[^ ]");
      final int read = in.read(bytes, length, bytes.length - length);
      assertThat(read).as("an answer of TRUE, after: %s", answer).isPositive();
      length += read;
      answer = new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
  }
}
