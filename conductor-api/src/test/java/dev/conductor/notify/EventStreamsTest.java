package dev.conductor.notify;

import static dev.conductor.notify.StreamsServer.await;
import static dev.conductor.notify.StreamsServer.awaitMessages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.EventSamples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Element;

/** The streams over real HTTP; the test is the conductor. */
@Timeout(120)
class EventStreamsTest {
  private static final String CALL = "CALL1";
  private static final String BY_CALL = "callUID=CALL1&securityToken=token&type=json";
  private static final String BY_CONFERENCE = "conferenceUID=CONF&securityToken=token&type=json";
  private static final int KEPT = StreamsServer.KEPT;

  private StreamsServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldBeginWithASnapshotAndGoOnWithTheNextNumber() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 5);
    final SseClient client = connect(BY_CALL, "");
    awaitMessages(client, 1);
    server.append(CALL, 3);
    awaitMessages(client, 4);

    assertThat(client.status()).isEqualTo("HTTP/1.1 200 OK");
    assertThat(client.head).anyMatch(line -> line.matches("(?i)content-type: text/event-stream.*"));
    assertThat(client.names()).containsExactly("SNAPSHOT", "UPDATE", "UPDATE", "UPDATE");
    assertThat(client.messages.get(0).json().at("/target/call/UID").asText()).isEqualTo(CALL);
    assertThat(client.messages.get(0).json().get("seq").asLong()).isEqualTo(5);
    assertThat(client.messages.get(1).id()).isEqualTo("CALL1:6");
    assertThat(client.messages.get(1).json().at("/target/UID").asText()).isEqualTo("A");
    assertThat(client.ids()).containsExactly(5L, 6L, 7L, 8L);
  }

  @Test
  void shouldResumeExactlyBehindTheNumberAsked() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 20);
    final SseClient since = connect(BY_CALL + "&since=15", "");
    final SseClient all = connect(BY_CALL + "&since=0", "");
    final SseClient last = connect(BY_CALL + "&since=3", "Last-Event-ID: CALL1:18\r\n");
    final SseClient current = connect(BY_CALL + "&since=20", "");
    awaitMessages(all, 20);
    awaitMessages(since, 5);
    awaitMessages(last, 2);
    server.append(CALL, 1);
    awaitMessages(all, 21);
    awaitMessages(since, 6);
    awaitMessages(last, 3);
    awaitMessages(current, 1);

    assertThat(all.ids()).containsExactlyElementsOf(range(1, 21));
    assertThat(since.ids()).containsExactlyElementsOf(range(16, 21));
    assertThat(last.ids()).containsExactly(19L, 20L, 21L);
    assertThat(current.ids()).containsExactly(21L);
    assertThat(all.names()).containsOnly("UPDATE");
  }

  @Test
  void shouldTellAGapAndASnapshotWhenThePlaceIsNotKeptOrPastTheHead() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, KEPT + 50);
    final SseClient behind = connect(BY_CALL + "&since=10", "");
    final SseClient ahead = connect(BY_CALL + "&since=99999", "");
    awaitMessages(behind, 2);
    awaitMessages(ahead, 2);
    server.append(CALL, 1);
    awaitMessages(behind, 3);
    awaitMessages(ahead, 3);

    assertThat(behind.names()).containsExactly("GAP", "SNAPSHOT", "UPDATE");
    assertThat(behind.messages.get(0).json().at("/target/from").asLong()).isEqualTo(11);
    assertThat(behind.messages.get(0).json().at("/target/to").asLong()).isEqualTo(KEPT + 50);
    assertThat(behind.ids()).containsExactly(KEPT + 50L, KEPT + 51L);
    assertThat(ahead.names()).containsExactly("GAP", "SNAPSHOT", "UPDATE");
    assertThat(ahead.messages.get(0).json().at("/target/from").asLong()).isEqualTo(1);
  }

  @Test
  void shouldShowThatTheLineIsAliveWhenNothingHappens() throws Exception {
    start(100, 100);
    server.openCall(CALL);
    server.append(CALL, 7);
    final SseClient client = connect(BY_CALL, "");

    await(
        "three heartbeats",
        () -> client.comments.stream().filter("HEARTBEAT 7"::equals).count() >= 3);
    assertThat(client.messages).hasSize(1);
  }

  @Test
  void shouldTellTalkingWithoutANumber() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 2);
    final SseClient client = connect(BY_CALL, "");
    awaitMessages(client, 1);
    server.logs.append(EventSamples.talking(CALL, 2, "A", true));
    server.logs.flush();
    awaitMessages(client, 2);
    server.append(CALL, 1);
    awaitMessages(client, 3);

    assertThat(client.names()).containsExactly("SNAPSHOT", "TALKING", "UPDATE");
    assertThat(client.messages.get(1).id()).isEmpty();
    assertThat(client.messages.get(1).json().at("/target/talking").asBoolean()).isTrue();
    assertThat(client.ids()).containsExactly(2L, 3L);
  }

  @Test
  void shouldSendXmlOverSeveralDataLinesThatMakeOneDocument() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 1);
    final SseClient client = connect(BY_CALL.replace("json", "xml"), "");
    awaitMessages(client, 1);
    server.append(CALL, 1);
    awaitMessages(client, 2);

    final Element snapshot = client.messages.get(0).xml();
    assertThat(snapshot.getTagName()).isEqualTo("event");
    assertThat(snapshot.getElementsByTagName("notes").item(0).getTextContent())
        .isEqualTo("notes\nmore");
    assertThat(client.messages.get(1).xml().getElementsByTagName("seq").item(0))
        .extracting(node -> node.getTextContent())
        .isEqualTo("2");
  }

  @Test
  void shouldEndWithTheCallAndAnswer204Afterwards() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 2);
    final SseClient client = connect(BY_CALL, "");
    awaitMessages(client, 1);
    server.closeCall(CALL);

    await("the end", () -> client.ended);
    assertThat(client.names()).containsExactly("SNAPSHOT", "END");
    assertThat(client.ids()).containsExactly(2L, 3L);
    final SseClient late = connect(BY_CALL + "&since=2", "");
    await("the answer", () -> late.ended);
    assertThat(late.status()).isEqualTo("HTTP/1.1 204 No Content");
    assertThat(late.messages).isEmpty();
    await("the place is free", () -> server.streams.openStreams() == 0);
  }

  @Test
  void shouldStayWithAConferenceFromCallToCall() throws Exception {
    start(60_000, 100);
    final SseClient client = connect(BY_CONFERENCE, "");
    await("the head", () -> client.status().contains("200"));
    server.openCall(CALL);
    server.append(CALL, 2);
    awaitMessages(client, 1);
    server.append(CALL, 1);
    server.closeCall(CALL);
    server.openCall("CALL2");
    server.append("CALL2", 2);
    await(
        "the second call",
        () -> client.messages.get(client.messages.size() - 1).id().equals("CALL2:2"));
    server.append("CALL2", 1);
    await("its tail", () -> client.messages.get(client.messages.size() - 1).id().equals("CALL2:3"));

    assertThat(client.ended).isFalse();
    final List<String> ends =
        client
            .copy()
            .filter(m -> m.json().get("name").asText().equals("END"))
            .map(SseClient.Message::id)
            .toList();
    assertThat(ends).containsExactly("CALL1:4");
    for (final String call : List.of(CALL, "CALL2")) {
      final List<SseClient.Message> of =
          client.copy().filter(m -> m.id().startsWith(call + ":")).toList();
      assertThat(of.get(0).json().get("name").asText()).isEqualTo("SNAPSHOT");
      final long first = of.get(0).json().get("seq").asLong();
      assertThat(of)
          .extracting(m -> m.json().get("seq").asLong())
          .containsExactlyElementsOf(range(first, first + of.size() - 1));
    }
  }

  @Test
  void shouldKeepNineteenReadersCompleteWhileTheTwentiethStalls() throws Exception {
    start(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 1);
    final SseClient stalled = new SseClient(server.http, BY_CALL, "", 4_096);
    server.keep(stalled);
    final List<SseClient> others = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      others.add(connect(BY_CALL, ""));
    }
    others.forEach(client -> awaitMessages(client, 1));
    await("twenty streams", () -> server.streams.openStreams() == 20);
    final int rounds = 50;
    for (int round = 1; round <= rounds; round++) {
      server.append(CALL, 100);
      final int expected = 1 + round * 100;
      others.forEach(client -> awaitMessages(client, expected));
    }

    for (final SseClient client : others) {
      assertThat(client.ids()).containsExactlyElementsOf(range(1, 1 + rounds * 100));
    }
    stalled.read();
    await(
        "the stalled reader is at the head",
        () -> {
          final List<Long> ids = stalled.ids();
          return !ids.isEmpty() && ids.get(ids.size() - 1) == server.head;
        });
    assertThat(stalled.names()).contains("GAP");
    assertThat(stalled.ids()).isSorted().doesNotHaveDuplicates().hasSizeLessThan(rounds * 100);
    assertEveryHoleWasTold(stalled);
  }

  @Test
  void shouldCloseAReaderThatTakesNothing() throws Exception {
    start(100, 100);
    server.openCall(CALL);
    final String[] crowd = IntStream.range(0, 20_000).mapToObj(i -> "A" + i).toArray(String[]::new);
    server.snapshots.publish(EventSamples.snapshot(CALL, 0, crowd));
    final SseClient stalled = new SseClient(server.http, BY_CALL, "", 4_096);
    server.keep(stalled);
    await("the stream", () -> server.streams.counters().get("snapshots_written") == 1);
    await("the close", () -> server.streams.counters().get("closed_stalled") == 1);
    await("the place is free", () -> server.streams.openStreams() == 0);
  }

  @Test
  void shouldTakeNoMoreReadersThanConfiguredAndFreeThePlaceOfOneThatLeaves() throws Exception {
    start(60_000, 2);
    server.openCall(CALL);
    server.append(CALL, 1);
    final SseClient first = connect(BY_CALL, "");
    final SseClient second = connect(BY_CONFERENCE, "");
    awaitMessages(first, 1);
    awaitMessages(second, 1);
    final SseClient third = connect(BY_CALL, "");
    await("the answer", () -> third.ended);
    assertThat(third.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(third.head).contains("retry-after: 5");

    first.close();
    await("the place", () -> server.streams.openStreams() == 1);
    final SseClient fourth = connect(BY_CALL, "");
    awaitMessages(fourth, 1);
  }

  /** Numbers that are not told one by one stand in a gap or are covered by a snapshot. */
  private static void assertEveryHoleWasTold(final SseClient client) {
    long last = 0;
    boolean gapTold = false;
    for (final SseClient.Message message : client.copy().toList()) {
      final String name = message.json().get("name").asText();
      final long seq = message.json().get("seq").asLong();
      if (name.equals("GAP")) {
        assertThat(message.json().at("/target/from").asLong()).isEqualTo(last + 1);
        gapTold = true;
      } else {
        if (!gapTold && last > 0) {
          assertThat(seq).isEqualTo(last + 1);
        }
        last = seq;
        gapTold = false;
      }
    }
  }

  private void start(final int heartbeatMs, final int maxReaders) throws IOException {
    server = new StreamsServer(heartbeatMs, maxReaders);
  }

  private SseClient connect(final String query, final String header) throws IOException {
    return server.keep(SseClient.open(server.http, query, header));
  }

  private static List<Long> range(final long first, final long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
