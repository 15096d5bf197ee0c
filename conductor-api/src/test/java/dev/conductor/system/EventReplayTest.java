package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.notify.EventClient;
import dev.conductor.notify.SseClient;
import dev.conductor.notify.WebSocketClient;
import dev.conductor.notify.XmlSocketClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A host page that knows a call by its events alone, against the real server: what it has is what
 * getCallData says at the same number, whatever the transport, and whether the events come from
 * memory or from the disk.
 */
@Timeout(180)
class EventReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String READER =
      "conferenceUID=" + DemoConference.UID + "&securityToken=" + DemoConference.TOKEN;
  private static final String ISO = "&type=json&dates=iso";
  private static final List<String> PINS = List.of("900001", "100001", "100002", "100003");
  private static final int KEPT_EVENTS = 128;
  private static final int COMMANDS = 300;
  private static final int ROUND = 15;

  private final List<String> uids = new ArrayList<>();
  private final Replica replica = new Replica();
  private int applied;

  @Test
  void shouldKnowTheCallByItsEventsAlone() throws Exception {
    final long seed = System.nanoTime();
    System.out.println("seed " + seed);
    try (RunningServer server =
            RunningServer.start(Map.of("events.max-events-behind", Integer.toString(KEPT_EVENTS)));
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress());
        EventClient page = SseClient.open(server.http(), READER + ISO);
        EventClient live = XmlSocketClient.open(server.xmlSocket(), READER)) {
      await().atMost(PATIENCE).until(() -> !live.messages.isEmpty());
      final List<SimPhone> phones = enter(server, pool);
      final Api api = server.api();
      assertThat(api.read("getCall").path("socketXML").asInt())
          .isEqualTo(server.xmlSocket().getPort());

      final SplittableRandom random = new SplittableRandom(seed);
      for (int i = 1; i <= COMMANDS; i++) {
        command(api, random);
        if (i % ROUND == 0) {
          compare(api, page);
        }
      }
      phones.get(3).hangUp();
      await().atMost(PATIENCE).until(() -> api.activeCallers() == PINS.size() - 1);
      final long head = compare(api, page);
      assertThat(head).isGreaterThan(3L * KEPT_EVENTS);
      await().atMost(PATIENCE).until(() -> live.seqs().contains(head));

      replayAll(server, head, page, live);
    }
  }

  private List<SimPhone> enter(final RunningServer server, final PhonePool pool) throws Exception {
    final List<SimPhone> phones = new ArrayList<>();
    for (int i = 0; i < PINS.size(); i++) {
      final SimPhone phone = pool.phone("40" + i);
      assertThat(phone.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      phone.keys(PINS.get(i) + "#");
      phones.add(phone);
    }
    await().atMost(PATIENCE).until(() -> server.api().activeCallers() == PINS.size());
    server.api().read("getCall").path("callers").forEach(uid -> uids.add(uid.asText()));
    return phones;
  }

  private void command(final Api api, final SplittableRandom random) {
    final String who = uids.get(random.nextInt(uids.size()));
    final String flag = Boolean.toString(random.nextBoolean());
    final String group = "G" + random.nextInt(3);
    switch (random.nextInt(10)) {
      case 0 -> caller(api, who, "mute", flag);
      case 1 -> caller(api, who, "mike", flag);
      case 2 -> caller(api, who, "attention", Integer.toString(random.nextInt(6)));
      case 3 -> caller(api, who, "note", "<é & \"" + random.nextInt() + "\">\r\n");
      case 4 -> caller(api, who, "breakout", random.nextBoolean() ? "" : group);
      case 5 -> caller(api, who, "role", random.nextBoolean() ? "ASSISTANT" : "PARTICIPANT");
      case 6 -> api.command("createBreakout", "breakoutUID", group, "callers", who, "name", "n");
      case 7 -> api.command("updateBreakout", "UID", group, "field", "attention", "value", flag);
      case 8 -> api.command("updateBreakout", "UID", group, "field", "callers", "value", who);
      default -> api.command("updateActiveCaller", "field", "deaf", "value", flag);
    }
  }

  private static void caller(
      final Api api, final String uid, final String field, final String value) {
    api.command("updateCaller", "UID", uid, "field", field, "value", value);
  }

  /** The page's picture is the server's; answers the number of the last event. */
  private long compare(final Api api, final EventClient page) {
    final JsonNode read = api.read("getCallData", "dates", "iso");
    final long head = read.path("seq").asLong();
    await().atMost(PATIENCE).until(() -> page.seqs().contains(head));
    for (; applied < page.messages.size(); applied++) {
      final EventClient.Message message = page.messages.get(applied);
      assertThat(message.name()).isNotEqualTo("GAP");
      replica.apply(message.json());
    }
    assertThat(replica.seq()).isEqualTo(head);
    assertThat(replica.picture()).isEqualTo(Replica.of(read));
    return head;
  }

  /** All of it again, most of it from the disk: the very documents that were told live. */
  private static void replayAll(
      final RunningServer server, final long head, final EventClient page, final EventClient live)
      throws Exception {
    final List<Long> all = LongStream.rangeClosed(1, head).boxed().toList();
    try (EventClient web = WebSocketClient.open(server.http(), READER + ISO + "&since=0");
        EventClient sse = SseClient.open(server.http(), READER + ISO + "&since=0");
        EventClient xml = XmlSocketClient.open(server.xmlSocket(), READER + "&since=0")) {
      for (final EventClient again : List.of(web, sse, xml)) {
        await().atMost(PATIENCE).until(() -> again.seqs().size() >= head);
        assertThat(again.seqs()).containsExactlyElementsOf(all);
      }
      assertThat(live.seqs()).containsExactlyElementsOf(all);
      assertThat(documents(xml)).isEqualTo(documents(live));
      assertThat(documents(web)).isEqualTo(documents(sse));
      final List<String> liveJson = documents(page);
      final List<String> replayed = documents(web);
      assertThat(liveJson).hasSizeGreaterThan(2 * KEPT_EVENTS);
      assertThat(replayed.subList(replayed.size() - liveJson.size(), replayed.size()))
          .isEqualTo(liveJson);
      final Replica fromTheStart = new Replica();
      web.messages.forEach(message -> fromTheStart.apply(message.json()));
      final JsonNode read = server.api().read("getCallData", "dates", "iso");
      assertThat(fromTheStart.picture()).isEqualTo(Replica.of(read));
    }
    assertThat(server.api().metric("conductor_store_events_read_total")).isGreaterThan(100);
    assertThat(server.api().metric("conductor_events_gaps_told_total")).isZero();
  }

  /** Logged events as they came, without the moment of writing. */
  private static List<String> documents(final EventClient reader) {
    return List.copyOf(reader.messages).stream()
        .filter(
            message ->
                !List.of("HELLO", "HEARTBEAT", "SNAPSHOT", "TALKING").contains(message.name()))
        .map(EventClient.Message::data)
        .map(data -> data.replaceAll("currentTime(\":\"|>)[^\"<]*", "currentTime"))
        .toList();
  }
}
