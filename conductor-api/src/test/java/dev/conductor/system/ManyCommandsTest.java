package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhoneOptions;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Thousands of commands over HTTP with fifty callers on the line cost nobody a packet. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ManyCommandsTest {
  private static final int PHONES = 50;
  private static final int CLIENTS = 4;
  private static final int COMMANDS_A_CLIENT = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SETTLED = Duration.ofSeconds(2);
  private static final String[] HATCHES = {
    "conductor_focus_commands_busy_total",
    "conductor_focus_signals_lost_total",
    "conductor_focus_media_refused_total",
    "conductor_focus_sip_refused_total",
    "conductor_focus_invites_busy_total",
    "conductor_focus_invites_stale_total",
    "conductor_focus_store_late_total",
    "conductor_focus_store_failed_total",
    "conductor_focus_faults_total",
    "conductor_http_commands_busy_total",
    "conductor_http_commands_timed_out_total",
    "conductor_http_errors_total",
    "conductor_store_batches_refused_total",
    "conductor_commands_refused_total",
    "conductor_commands_failed_total",
  };

  @Test
  void shouldLoseNoPacketAndRefuseNoWork() throws Exception {
    final AtomicLong sent = new AtomicLong();
    try (RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = server.api();
      final List<SimPhone> phones = dial(server, pool, sent);
      final List<String> uids = uids(api);
      // A socket that connects to its phone drops what waits in it, so the start is not counted.
      final long unreadBefore = unread(api, phones, sent);
      for (final SimPhone phone : phones) {
        assertThat(phone.resume()).succeedsWithin(PATIENCE).isEqualTo(200);
      }

      final long startNs = System.nanoTime();
      final List<Callable<Long>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        final int first = i;
        clients.add(() -> steer(api, uids, first));
      }
      final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
      long accepted = 0;
      for (final var client : threads.invokeAll(clients)) {
        accepted += client.get();
      }
      threads.shutdown();
      final double seconds = (System.nanoTime() - startNs) / 1e9;
      System.out.printf(
          "%d commands by %d clients with %d callers on the line: %.0f a second%n",
          accepted, CLIENTS, PHONES, accepted / seconds);

      assertThat(accepted).isEqualTo((long) CLIENTS * COMMANDS_A_CLIENT);
      for (final String hatch : HATCHES) {
        assertThat(api.get("/metrics").body()).contains(hatch);
        assertThat(api.metric(hatch)).as(hatch).isZero();
      }
      assertThat(phones).as("none missing on its way out").allMatch(p -> p.received().gaps() == 0);
      assertThat(unread(api, phones, sent))
          .as("sent by the phones and not read")
          .isEqualTo(unreadBefore);
      assertThat(api.activeCallers()).isEqualTo(PHONES);
    }
  }

  /** Packets sent and not read, once nothing is on its way any more. */
  private static long unread(final Api api, final List<SimPhone> phones, final AtomicLong sent) {
    phones.forEach(SimPhone::fallSilent);
    final long[] last = {-1, -1};
    await()
        .atMost(PATIENCE)
        .pollInterval(SETTLED)
        .until(
            () -> {
              final long[] now = {sent.get(), (long) api.metric("conductor_rtp_received_total")};
              final boolean settled = Arrays.equals(now, last);
              System.arraycopy(now, 0, last, 0, now.length);
              return settled;
            });
    return last[0] - last[1];
  }

  /** Keys go by INFO, so that each turn of the voice is one packet. */
  private static List<SimPhone> dial(
      final RunningServer server, final PhonePool pool, final AtomicLong sent) {
    final PhoneOptions options = PhoneOptions.USUAL.withKeysBy(PhoneOptions.KeysBy.INFO);
    final List<String> pins = DemoConference.participantPins();
    final List<SimPhone> phones = new ArrayList<>();
    for (int i = 0; i < PHONES; i++) {
      final SimPhone phone = pool.phone(String.format("4%03d", i), options);
      final String pin = pins.get(i % pins.size());
      phone.play(
          out -> {
            Arrays.fill(out, (short) 0);
            sent.incrementAndGet();
          });
      phone.dial(server.sip(), DemoConference.DID).thenRun(() -> phone.keys(pin));
      phones.add(phone);
    }
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == PHONES);
    return phones;
  }

  private static List<String> uids(final Api api) {
    final JsonNode callers = api.read("getCall").path("callers");
    return Stream.iterate(0, i -> i + 1)
        .limit(callers.size())
        .map(i -> callers.get(i).asText())
        .toList();
  }

  /** Mutes, moves, raises hands and writes notes; answers how often that was TRUE. */
  private static long steer(final Api api, final List<String> uids, final int first) {
    long accepted = 0;
    for (int i = 0; i < COMMANDS_A_CLIENT; i++) {
      final String uid = uids.get((first + i * CLIENTS) % uids.size());
      final boolean on = i % 2 == 0;
      final String[] change =
          switch (i % 5) {
            case 0 -> new String[] {"mute", Boolean.toString(on)};
            case 1 -> new String[] {"attention", on ? "1" : "0"};
            case 2 -> new String[] {"volume_in", on ? "1" : "-1"};
            case 3 -> new String[] {"tag", "tag " + i};
            default -> new String[] {"mike", Boolean.toString(on)};
          };
      final String answer =
          api.command("updateCaller", "UID", uid, "field", change[0], "value", change[1]);
      assertThat(answer).isEqualTo("TRUE");
      accepted++;
    }
    return accepted;
  }
}
