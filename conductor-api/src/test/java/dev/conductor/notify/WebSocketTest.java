package dev.conductor.notify;

import static dev.conductor.notify.StreamsServer.CALL;
import static dev.conductor.notify.StreamsServer.await;
import static dev.conductor.notify.StreamsServer.awaitMessages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.EventSamples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSocket as RFC 6455 has it, on plain sockets. */
@Timeout(60)
class WebSocketTest {
  private static final String JSON = "callUID=CALL1&securityToken=token&type=json";

  private StreamsServer server;

  @BeforeEach
  void start() throws IOException {
    server = new StreamsServer(100, 2);
    server.openCall(CALL);
    server.append(CALL, 3);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldAgreeWithoutCompressionAndTellASnapshotAndWhatFollows() throws IOException {
    final WebSocketClient client = connect(JSON);
    awaitMessages(client, 1);
    server.append(CALL, 2);
    awaitMessages(client, 3);

    assertThat(client.status()).isEqualTo("HTTP/1.1 101 Switching Protocols");
    assertThat(client.head)
        .anyMatch(line -> line.matches("(?i)sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK\\+xOo="))
        .noneMatch(line -> line.toLowerCase().startsWith("sec-websocket-extensions"));
    assertThat(client.names()).containsExactly("SNAPSHOT", "UPDATE", "UPDATE");
    assertThat(client.seqs()).containsExactly(3L, 4L, 5L);
    assertThat(client.messages.get(0).json().at("/target/call/UID").asText()).isEqualTo(CALL);
    assertThat(client.faults).isEmpty();
  }

  @Test
  void shouldSpeakXmlUnlessAskedOtherwise() throws IOException {
    final WebSocketClient client = connect(JSON.replace("&type=json", "&since=1"));
    awaitMessages(client, 2);
    assertThat(client.messages.get(0).xml().getTagName()).isEqualTo("event");
    assertThat(client.seqs()).containsExactly(2L, 3L);
  }

  @Test
  void shouldSendALargeDocumentInFragments() throws IOException {
    final String[] crowd = IntStream.range(0, 1_000).mapToObj(i -> "A" + i).toArray(String[]::new);
    server.snapshots.publish(EventSamples.snapshot(CALL, 3, crowd));
    final WebSocketClient client = connect(JSON);
    awaitMessages(client, 1);
    assertThat(client.messages.get(0).json().at("/target/caller")).hasSize(1_000);
    assertThat(client.mostFragments).isGreaterThan(10);
    assertThat(client.faults).isEmpty();
  }

  @Test
  void shouldPingAReaderAndKeepOneThatAnswers() throws IOException {
    final WebSocketClient client = connect(JSON);
    await("pings for longer than a silent reader is kept", () -> client.pings.size() > 25);
    assertThat(client.pings).containsOnly("3");
    assertThat(client.ended).isFalse();
    client.send(WebSocketClient.PING, "are you there".getBytes(StandardCharsets.UTF_8), true);
    await("the pong", () -> client.pongs.contains("are you there"));
  }

  @Test
  void shouldCloseAReaderThatAnswersNoPing() throws IOException {
    final WebSocketClient client = connect(JSON);
    client.answersPings = false;
    await("the end", () -> client.ended);
    assertThat(server.count(NotifyCounter.CLOSED_SILENT)).isEqualTo(1);
    await("the place", () -> server.streams.openStreams() == 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {WebSocketClient.TEXT, WebSocketClient.BINARY})
  void shouldCloseAReaderThatTalks(final int opcode) throws IOException {
    final WebSocketClient client = connect(JSON);
    awaitMessages(client, 1);
    client.send(opcode, "hello".getBytes(StandardCharsets.UTF_8), true);
    await("the close frame", () -> client.closeStatus == 1_003);
    client.send(WebSocketClient.CLOSE, new byte[] {3, (byte) 0xEB}, true);
    await("the end", () -> client.ended);
    await("the place", () -> server.streams.openStreams() == 0);
  }

  @Test
  void shouldAnswerACloseFrame() throws IOException {
    final WebSocketClient client = connect(JSON);
    awaitMessages(client, 1);
    client.send(WebSocketClient.CLOSE, new byte[] {3, (byte) 0xE9}, true);
    await("the answer", () -> client.closeStatus == 1_001);
    await("the end", () -> client.ended);
  }

  @Test
  void shouldRefuseFramesThatAreTooLargeOrNotMasked() throws IOException {
    final WebSocketClient large = connect(JSON);
    awaitMessages(large, 1);
    large.send(WebSocketClient.TEXT, new byte[5_000], true);
    await("the end", () -> large.ended);
    assertThat(large.closeStatus).isIn(1_009, 0); // a reset may overtake the frame
    final WebSocketClient unmasked = connect(JSON);
    awaitMessages(unmasked, 1);
    unmasked.send(WebSocketClient.PING, new byte[1], false);
    await("the end", () -> unmasked.ended);
    assertThat(unmasked.closeStatus).isEqualTo(1_002);
    assertThat(server.count(NotifyCounter.CLOSED_MESSAGE)).isEqualTo(2);
    await("the places", () -> server.streams.openStreams() == 0);
  }

  @Test
  void shouldCloseInOrderWhenTheCallIsOverAndRefuseLaterReaders() throws IOException {
    final WebSocketClient client = connect(JSON);
    awaitMessages(client, 1);
    server.closeCall(CALL);
    await("the close frame", () -> client.closeStatus == 1_000);
    assertThat(client.names()).containsExactly("SNAPSHOT", "END");
    final WebSocketClient late = connect(JSON);
    await("the answer", () -> late.ended);
    assertThat(late.status()).isEqualTo("HTTP/1.1 204 No Content");
  }

  @Test
  void shouldRefuseAsARequestIsRefused() throws IOException {
    assertStatus(JSON.replace("=token", "=wrong"), "403 Forbidden");
    assertThat(refused("Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AAAA\r\n").head)
        .contains("HTTP/1.1 426 Upgrade Required")
        .anyMatch(line -> line.equalsIgnoreCase("sec-websocket-version: 13"));
    assertThat(refused("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAA\r\n").status())
        .isEqualTo("HTTP/1.1 400 Bad Request");
    awaitMessages(connect(JSON), 1);
    awaitMessages(connect(JSON), 1);
    assertStatus(JSON, "429 Too Many Requests");
  }

  private void assertStatus(final String query, final String expected) throws IOException {
    final WebSocketClient client = connect(query);
    await("the answer", () -> !client.status().isEmpty());
    assertThat(client.status()).isEqualTo("HTTP/1.1 " + expected);
  }

  private WebSocketClient refused(final String headers) throws IOException {
    final WebSocketClient client = server.keep(new WebSocketClient(server.http, JSON, headers, 0));
    client.read();
    await("the answer", () -> client.ended);
    return client;
  }

  private WebSocketClient connect(final String query) throws IOException {
    return server.keep(WebSocketClient.open(server.http, query));
  }
}
