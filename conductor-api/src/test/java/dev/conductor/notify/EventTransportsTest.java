package dev.conductor.notify;

import static dev.conductor.notify.StreamsServer.CALL;
import static dev.conductor.notify.StreamsServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for all three transports. */
@Timeout(120)
class EventTransportsTest {
  private static final String READER = "callUID=CALL1&securityToken=token";

  /** The high-water mark of a channel, one document more, and what the queue counts for itself. */
  private static final long MOST_QUEUED_BYTES = 65_536 + 6_000;

  private StreamsServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  /** How a reader comes. */
  enum Transport {
    SSE {
      @Override
      EventClient asking(final StreamsServer server, final String more, final int receiveBytes)
          throws IOException {
        return new SseClient(server.http, READER + "&type=json" + more, "", receiveBytes);
      }
    },
    WEB_SOCKET {
      @Override
      EventClient asking(final StreamsServer server, final String more, final int receiveBytes)
          throws IOException {
        return WebSocketClient.asking(server.http, READER + "&type=json" + more, receiveBytes);
      }
    },
    XML_SOCKET {
      @Override
      EventClient asking(final StreamsServer server, final String more, final int receiveBytes)
          throws IOException {
        final XmlSocketClient client = new XmlSocketClient(server.xml, receiveBytes);
        final String start = more.isEmpty() ? "&snapshot=true" : more;
        client.send((READER + start + "\n").getBytes(StandardCharsets.UTF_8));
        return client;
      }
    };

    /** Asks, and reads nothing yet. */
    abstract EventClient asking(StreamsServer server, String more, int receiveBytes)
        throws IOException;

    EventClient connect(final StreamsServer server, final String more) throws IOException {
      final EventClient client = server.keep(asking(server, more, 0));
      client.read();
      return client;
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void shouldMissAndDoubleNothingHoweverOftenAReaderIsCutOff(final Transport transport)
      throws IOException {
    final long seed = System.nanoTime();
    System.out.println("seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    server = new StreamsServer(60_000, 100);
    server.openCall(CALL);
    final List<Long> taken = new ArrayList<>();
    EventClient client = transport.connect(server, "&since=0");
    for (int round = 0; round < 60; round++) {
      server.append(CALL, 1 + random.nextInt(40));
      if (random.nextBoolean()) {
        final int wanted = Math.min(random.nextInt(5), (int) (server.head - taken.size()));
        final EventClient reader = client;
        await("some events", () -> reader.seqs().size() >= wanted);
        client.close(); // in the middle of it
        await("the cut", () -> reader.ended);
        taken.addAll(client.seqs());
        final long last = taken.isEmpty() ? 0 : taken.get(taken.size() - 1);
        client = transport.connect(server, "&since=" + last);
      }
      if (server.head - taken.size() > StreamsServer.KEPT / 2) {
        final EventClient reader = client;
        await("the head", () -> taken.size() + reader.seqs().size() == server.head);
      }
    }
    final EventClient reader = client;
    await("the head", () -> taken.size() + reader.seqs().size() >= server.head);
    taken.addAll(client.seqs());
    assertThat(taken)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, server.head).boxed().toList());
    assertThat(client.faults).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void shouldKeepFortyNineReadersCompleteWhileTheFiftiethStalls(final Transport transport)
      throws IOException {
    server = new StreamsServer(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 1);
    final EventClient stalled = server.keep(transport.asking(server, "", 4_096));
    final List<EventClient> others = new ArrayList<>();
    for (int i = 0; i < 49; i++) {
      others.add(Transport.values()[i % 3].connect(server, ""));
    }
    await("fifty streams", () -> server.streams.openStreams() == 50);
    await("their snapshots", () -> others.stream().allMatch(other -> other.seqs().size() == 1));
    server.notes = "n".repeat(4_000); // so that the kernel's buffers fill up soon
    final int rounds = 12;
    for (int round = 1; round <= rounds; round++) {
      server.append(CALL, 100);
      await("the round", () -> others.stream().allMatch(other -> isAtHead(other)));
    }
    final List<Long> all = LongStream.rangeClosed(1, server.head).boxed().toList();
    for (final EventClient other : others) {
      assertThat(other.seqs()).containsExactlyElementsOf(all);
      assertThat(other.names()).doesNotContain("GAP");
      assertThat(other.faults).isEmpty();
    }
    assertThat(server.streams.largestQueueBytes()).isBetween(1L, MOST_QUEUED_BYTES);

    stalled.read();
    await("it is at the head", () -> isAtHead(stalled));
    final int gap = stalled.names().indexOf("GAP");
    assertThat(gap).isPositive();
    assertThat(stalled.messages.get(gap + 1).name()).isEqualTo("SNAPSHOT");
    assertThat(stalled.seqs()).isSorted().doesNotHaveDuplicates().hasSizeLessThan(all.size());
  }

  private boolean isAtHead(final EventClient client) {
    final EventClient.Message last = client.last();
    return last != null && last.isNumbered() && last.seq() == server.head;
  }

  @Test
  void shouldTakeAHundredReadersOfAllKindsAndNotOneMore() throws IOException {
    server = new StreamsServer(60_000, 100);
    server.openCall(CALL);
    server.append(CALL, 1);
    final List<EventClient> readers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      readers.add(Transport.values()[i % 3].connect(server, ""));
    }
    await("their snapshots", () -> readers.stream().allMatch(r -> r.seqs().size() == 1));

    final SseClient sse = (SseClient) Transport.SSE.connect(server, "");
    final WebSocketClient web = (WebSocketClient) Transport.WEB_SOCKET.connect(server, "");
    final XmlSocketClient xml = (XmlSocketClient) Transport.XML_SOCKET.connect(server, "");
    await("three ends", () -> sse.ended && web.ended && xml.ended);
    assertThat(sse.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(web.status()).isEqualTo("HTTP/1.1 429 Too Many Requests");
    assertThat(xml.names()).containsExactly("ERROR");
    assertThat(xml.last().data()).contains("the call has 100 event readers, no more are taken");

    server.append(CALL, 1);
    await("all hear", () -> readers.stream().allMatch(r -> r.seqs().size() == 2));
    for (int i = 0; i < 3; i++) {
      readers.get(i).close();
    }
    await("three places", () -> server.streams.openStreams() == 97);
    for (final Transport transport : Transport.values()) {
      final EventClient late = transport.connect(server, "");
      await("its snapshot", () -> late.seqs().size() == 1);
    }
  }
}
