package dev.conductor.notify;

import static dev.conductor.notify.StreamsServer.CALL;
import static dev.conductor.notify.StreamsServer.await;
import static dev.conductor.notify.StreamsServer.awaitMessages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.EventsConfig;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSamples;
import dev.conductor.event.EventSource;
import dev.conductor.model.Breakout;
import dev.conductor.model.Times;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The XML socket: its login, its faults, and what it tells. */
@Timeout(60)
class XmlSocketTest {
  private static final String LOGIN = "callUID=CALL1&securityToken=token";

  private StreamsServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\0"})
  void shouldSayHelloAndTellWhatIsNewAlone(final String lineEnd) throws IOException {
    start(60_000);
    final XmlSocketClient client = server.keep(new XmlSocketClient(server.xml, 0));
    client.read();
    for (final char c : (LOGIN + lineEnd).toCharArray()) {
      client.send(new byte[] {(byte) c}); // however it is cut into packets
    }
    awaitMessages(client, 1);
    server.append(CALL, 2);
    awaitMessages(client, 3);

    assertThat(client.names()).containsExactly("HELLO", "UPDATE", "UPDATE");
    assertThat(client.messages.get(0).seq()).isEqualTo(3);
    assertThat(client.messages.get(0).callUid()).isEqualTo(CALL);
    assertThat(client.seqs()).containsExactly(4L, 5L);
    assertThat(client.messages.get(1).xml().getTagName()).isEqualTo("event");
    client.send("whatever it says now is not heard\0".getBytes(StandardCharsets.UTF_8));
    server.append(CALL, 1);
    awaitMessages(client, 4);
  }

  @Test
  void shouldBeginAsAsked() throws IOException {
    start(60_000);
    final XmlSocketClient since = connect(LOGIN + "&since=1");
    final XmlSocketClient place = connect(LOGIN + "&since=CALL1:2");
    final XmlSocketClient snapshot = connect(LOGIN + "&snapshot=true&dates=iso");
    awaitMessages(since, 3);
    awaitMessages(place, 2);
    awaitMessages(snapshot, 2);
    assertThat(since.seqs()).containsExactly(2L, 3L);
    assertThat(place.seqs()).containsExactly(3L);
    assertThat(snapshot.names()).containsExactly("HELLO", "SNAPSHOT");
    assertThat(snapshot.last().data()).contains("<actualStartTime>2026-01-31T09:15:03.123Z<");
  }

  @Test
  void shouldUseThePrintedNamesWhenAskedOrConfigured() throws IOException {
    start(60_000);
    final XmlSocketClient plain = connect(LOGIN + "&since=3");
    final XmlSocketClient printed = connect(LOGIN + "&since=3&names=printed");
    newBreakout();
    assertThat(namesAfterHello(plain)).containsExactly("NEWBREAKOUT");
    assertThat(namesAfterHello(printed)).containsExactly("NEWBREEAKOUT");
    stop();
    server = new StreamsServer(config(60_000, 100, 100, 5_000, true));
    server.openCall(CALL);
    server.append(CALL, 3);
    final XmlSocketClient byDefault = connect(LOGIN + "&since=3");
    final XmlSocketClient otherwise = connect(LOGIN + "&since=3&names=plain");
    newBreakout();
    assertThat(namesAfterHello(byDefault)).containsExactly("NEWBREEAKOUT");
    assertThat(namesAfterHello(otherwise)).containsExactly("NEWBREAKOUT");
  }

  @Test
  void shouldWaitForAConferencesNextCallAndTellItFromItsFirstEventOn() throws IOException {
    server = new StreamsServer(60_000, 100);
    final XmlSocketClient client = connect("conferenceUID=CONF&securityToken=token");
    awaitMessages(client, 1);
    assertThat(client.last().seq()).isZero();
    server.openCall(CALL);
    server.append(CALL, 2);
    awaitMessages(client, 3);
    server.closeCall(CALL);
    awaitMessages(client, 4);
    server.openCall("CALL2");
    server.append("CALL2", 1);
    awaitMessages(client, 5);

    assertThat(client.messages)
        .extracting(message -> message.callUid() + " " + message.name() + " " + message.seq())
        .containsExactly(
            " HELLO 0", "CALL1 UPDATE 1", "CALL1 UPDATE 2", "CALL1 END 3", "CALL2 UPDATE 1");
    assertThat(client.ended).isFalse();
  }

  @Test
  void shouldBeatWithTheHeadsNumberAndEndWithTheCall() throws IOException {
    start(100);
    final XmlSocketClient client = connect(LOGIN);
    await(
        "three heartbeats", () -> client.names().stream().filter("HEARTBEAT"::equals).count() > 2);
    assertThat(client.last().seq()).isEqualTo(3);
    server.closeCall(CALL);
    await("the end", () -> client.ended);
    assertThat(client.last().name()).isEqualTo("END");
    assertThat(client.faults).isEmpty();
    await("the place", () -> server.streams.openStreams() == 0);
    assertError(connect(LOGIN), "callUID: call CALL1 is closed");
  }

  @ParameterizedTest
  @CsvSource({
    "callUID=CALL1&securityToken=wrong, securityToken: not valid for this callUID",
    "callUID=NONE&securityToken=token, securityToken: not valid for this callUID",
    "callUID=CALL1, securityToken: not valid for this callUID",
    "securityToken=token, conferenceUID: missing",
    "<policy-file-request/>, conferenceUID: missing",
    "'', conferenceUID: missing",
    "callUID=CALL1&securityToken=token&type=json, type: this socket speaks XML alone",
    "callUID=CALL1&securityToken=token&since=x, 'since: \"x\" is no event number'",
    "callUID=CALL1&securityToken=token&since=CALL1:, 'since: \"CALL1:\" is not callUID:number'",
    "callUID=CALL1&securityToken=token&since=1&snapshot=true, snapshot: not beside since",
    "callUID=CALL1&securityToken=token&dates=us, 'dates: \"us\" is not iso'",
  })
  void shouldSayWhatIsWrongWithALoginAndClose(final String login, final String message)
      throws IOException {
    start(60_000);
    assertError(connect(login), message);
    assertThat(server.count(NotifyCounter.LOGINS_REFUSED)).isEqualTo(1);
    assertThat(server.streams.openStreams()).isZero();
  }

  @Test
  void shouldRefuseWhoeverSendsNoLineInTime() throws IOException {
    server = new StreamsServer(config(60_000, 100, 100, 300, false));
    final XmlSocketClient silent = server.keep(new XmlSocketClient(server.xml, 0));
    silent.read();
    final XmlSocketClient slow = server.keep(new XmlSocketClient(server.xml, 0));
    slow.read();
    slow.send("callUID=".getBytes(StandardCharsets.UTF_8));

    assertError(silent, "login: no line within 300 ms");
    assertError(slow, "login: no line within 300 ms");
    assertThat(server.count(NotifyCounter.LOGINS_LATE)).isEqualTo(2);
  }

  @Test
  void shouldRefuseWhatIsNoLine() throws IOException {
    server = new StreamsServer(config(60_000, 100, 100, 60_000, false));
    final XmlSocketClient endless = server.keep(new XmlSocketClient(server.xml, 0));
    endless.read();
    endless.send("x".repeat(5_000).getBytes(StandardCharsets.UTF_8));
    final XmlSocketClient binary = server.keep(new XmlSocketClient(server.xml, 0));
    binary.read();
    binary.send(new byte[] {22, 3, 1, (byte) 0xFF, (byte) 0xFE, '\n'});

    assertError(endless, "login: longer than 4096 bytes without LF or NUL");
    assertError(binary, "login: not ASCII; percent-encode what is not");
    assertThat(server.count(NotifyCounter.LOGINS_TOO_LONG)).isEqualTo(1);
  }

  @Test
  void shouldTakeNoMoreConnectionsAndPendingLoginsThanConfigured() throws IOException {
    server = new StreamsServer(config(60_000, 4, 2, 60_000, false));
    server.openCall(CALL);
    final List<XmlSocketClient> in = List.of(connect(LOGIN), connect(LOGIN));
    in.forEach(client -> awaitMessages(client, 1));
    final XmlSocketClient first = server.keep(new XmlSocketClient(server.xml, 0));
    final XmlSocketClient second = server.keep(new XmlSocketClient(server.xml, 0));
    first.read();
    second.read();
    final XmlSocketClient third = connect(LOGIN);
    await("the end", () -> third.ended);
    assertThat(third.messages).isEmpty();
    assertThat(server.count(NotifyCounter.CONNECTIONS_REFUSED)).isEqualTo(1);

    second.send((LOGIN + "\n").getBytes(StandardCharsets.UTF_8));
    awaitMessages(second, 1);
    final XmlSocketClient fourth = connect(LOGIN); // no login waits too long, but it is the fifth
    await("the end", () -> fourth.ended);
    first.close();
    in.get(0).close();
    await("two places", () -> server.streams.openStreams() == 2);
    awaitMessages(connect(LOGIN), 1);
  }

  private void newBreakout() {
    final Breakout made =
        new Breakout(
            "B9",
            CALL,
            "Sales",
            List.of(),
            false,
            "",
            false,
            Times.NONE,
            false,
            Times.NONE,
            false,
            Times.NONE);
    server.logs.append(
        new Event(
            ++server.head,
            EventSamples.TIME_MS,
            CALL,
            EventSource.CALL,
            EventName.NEWBREAKOUT,
            made,
            EventSamples.CAUSE));
    server.logs.flush();
  }

  private static List<String> namesAfterHello(final XmlSocketClient client) {
    awaitMessages(client, 2);
    return client.names().subList(1, client.messages.size());
  }

  private static void assertError(final XmlSocketClient client, final String message) {
    await("the end", () -> client.ended);
    assertThat(client.names()).containsExactly("ERROR");
    assertThat(client.last().xml().getElementsByTagName("message").item(0).getTextContent())
        .isEqualTo(message);
    assertThat(client.faults).isEmpty();
  }

  private void start(final int heartbeatMs) throws IOException {
    server = new StreamsServer(heartbeatMs, 100);
    server.openCall(CALL);
    server.append(CALL, 3);
  }

  private static EventsConfig config(
      final int heartbeatMs,
      final int connections,
      final int pending,
      final int loginMs,
      final boolean printed) {
    return new EventsConfig(
        "127.0.0.1",
        0,
        connections,
        pending,
        loginMs,
        100,
        StreamsServer.KEPT,
        4_194_304,
        heartbeatMs,
        printed);
  }

  private XmlSocketClient connect(final String login) throws IOException {
    return server.keep(XmlSocketClient.open(server.xml, login));
  }
}
