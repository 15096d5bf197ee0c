package dev.conductor.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RtpSocketTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final MediaCounters counters = new MediaCounters();
  private final Queue<PortAnswer> answers = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048);
  private PortKeeper keeper;
  private DatagramSocket peer;
  private int firstPort;

  @BeforeEach
  void open() throws IOException {
    firstPort = freePort();
    keeper = new PortKeeper(new PortPool(firstPort, firstPort + 7, 0), counters);
    peer = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
    peer.setSoTimeout(2_000);
  }

  @AfterEach
  void close() {
    keeper.closeAll();
    peer.close();
  }

  @Test
  void shouldHoldTheEvenPortAndTheOddOneAboveIt() throws IOException {
    final RtpSocket socket = opened(1);
    assertThat(socket.port()).isEven();
    assertThat(isBound(socket.port())).isTrue();
    assertThat(isBound(socket.port() + 1)).isTrue();
    keeper.close(socket);
    keeper.doWork(0);
    assertThat(isBound(socket.port())).isFalse();
    assertThat(isBound(socket.port() + 1)).isFalse();
  }

  @Test
  void shouldPassOverAPairOfWhichSomebodyElseHoldsOnePort() throws IOException {
    final int taken = firstPort + 1;
    try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(LOOPBACK, taken))) {
      assertThat(opened(1).port()).isNotEqualTo(taken - 1);
      assertThat(counters.get(MediaCounter.PORTS_TAKEN)).isPositive();
      assertThat(other.isBound()).isTrue();
    }
  }

  @Test
  void shouldSayWhyWhenThereIsNoPortOrNoSuchAddress() throws IOException {
    for (int i = 0; i < 4; i++) {
      opened(i);
    }
    assertThat(ask(5, LOOPBACK).reason()).contains("no port is free");
    keeper.closeAll();
    keeper = new PortKeeper(new PortPool(firstPort, firstPort + 7, 0), counters);
    final InetAddress notOurs = InetAddress.getByName("192.0.2.1");
    assertThat(ask(6, notOurs).reason()).contains("cannot bind 192.0.2.1");
    assertThat(counters.get(MediaCounter.SESSIONS_REFUSED)).isEqualTo(2);
  }

  @Test
  void shouldAnswerAndGoOnWhenTheNetworkThrowsWhatIsNoIoException() throws IOException {
    keeper = new PortKeeper(new PortPool(65_536, 65_537, 0), counters);
    assertThat(ask(1, LOOPBACK).reason()).contains("cannot bind");
    assertThat(ask(2, LOOPBACK).reason()).contains("cannot bind");
    assertThat(counters.get(MediaCounter.SESSIONS_REFUSED)).isEqualTo(2);
  }

  @Test
  void shouldKeepAnAnswerUntilItIsTaken() {
    final List<PortAnswer> taken = new ArrayList<>();
    final boolean[] room = {false};
    keeper.open(1, LOOPBACK, answer -> room[0] && taken.add(answer));
    keeper.open(2, LOOPBACK, answer -> room[0] && taken.add(answer));
    keeper.doWork(0);
    keeper.doWork(0);
    assertThat(taken).isEmpty();
    room[0] = true;
    keeper.doWork(0);
    assertThat(taken).extracting(PortAnswer::sessionId).containsExactly(1L, 2L);
  }

  @Test
  void shouldTakeFromAnybodyUntilConnectedAndThenFromOneAlone() throws IOException {
    final RtpSocket socket = opened(1);
    assertThat(socket.receive(buffer)).isEqualTo(RtpSocket.NOTHING);
    sendTo(socket, peer, 20);
    assertThat(received(socket)).isEqualTo(20);
    assertThat(socket.source()).isEqualTo(peer.getLocalSocketAddress());

    assertThat(socket.connect((InetSocketAddress) peer.getLocalSocketAddress())).isTrue();
    try (DatagramSocket stranger = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
      sendTo(socket, stranger, 30);
      sendTo(socket, peer, 40);
      assertThat(received(socket)).isEqualTo(40);
      assertThat(socket.receive(buffer)).isEqualTo(RtpSocket.NOTHING);

      socket.disconnect();
      sendTo(socket, stranger, 30);
      assertThat(received(socket)).isEqualTo(30);
    }
    assertThat(socket.port()).isEqualTo(socket.local().getPort());
    assertThat(isBound(socket.port())).isTrue();
  }

  @Test
  void shouldSendToTheGivenAddressWhenNotConnectedAndToThePeerWhenConnected() throws IOException {
    final RtpSocket socket = opened(1);
    final InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
    assertThat(socket.send(bytes(25), to)).isEqualTo(25);
    assertThat(peerReceives()).isEqualTo(25);
    socket.connect(to);
    assertThat(socket.send(bytes(26), to)).isEqualTo(26);
    assertThat(peerReceives()).isEqualTo(26);
  }

  @Test
  void shouldDisconnectWhenThePeersPortWasClosedThreeTimes() throws IOException {
    final RtpSocket socket = opened(1);
    final InetSocketAddress to = (InetSocketAddress) peer.getLocalSocketAddress();
    socket.connect(to);
    peer.close();
    int unreachable = 0;
    for (int i = 0; i < 20 && socket.isConnected(); i++) {
      unreachable += socket.send(bytes(20), to) == RtpSocket.UNREACHABLE ? 1 : 0;
    }
    assertThat(unreachable).isEqualTo(3);
    assertThat(socket.isConnected()).isFalse();
    assertThat(socket.send(bytes(20), to)).isEqualTo(20);
  }

  @Test
  void shouldAnswerAFaultWhenItCannotSendThere() throws IOException {
    final RtpSocket socket = opened(1);
    assertThat(socket.send(bytes(20), InetSocketAddress.createUnresolved("nowhere", 9)))
        .isEqualTo(RtpSocket.FAULT);
    assertThat(socket.connect(InetSocketAddress.createUnresolved("nowhere", 9))).isFalse();
    assertThat(socket.isConnected()).isFalse();
  }

  @Test
  void shouldReadRtcpFromItsOwnPortAndTellFromWhom() throws IOException {
    final RtpSocket socket = opened(1);
    peer.send(new DatagramPacket(new byte[28], 28, LOOPBACK, socket.port() + 1));
    final int[] length = {RtpSocket.NOTHING};
    await().until(() -> (length[0] = socket.receiveRtcp(buffer)) != RtpSocket.NOTHING);
    assertThat(length[0]).isEqualTo(28);
    assertThat(socket.rtcpSource()).isEqualTo(peer.getLocalSocketAddress());
    assertThat(socket.receiveRtcp(buffer)).isEqualTo(RtpSocket.NOTHING);
    assertThat(socket.receive(buffer)).isEqualTo(RtpSocket.NOTHING);
  }

  @Test
  void shouldSendRtcpFromItsOwnPort() throws IOException {
    final RtpSocket socket = opened(1);
    buffer.clear().limit(28);
    assertThat(socket.sendRtcp(buffer, (InetSocketAddress) peer.getLocalSocketAddress()))
        .isEqualTo(28);
    final DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    peer.receive(packet);
    assertThat(packet.getPort()).isEqualTo(socket.port() + 1);
    assertThat(packet.getLength()).isEqualTo(28);
  }

  private RtpSocket opened(final long sessionId) {
    final PortAnswer answer = ask(sessionId, LOOPBACK);
    assertThat(answer.reason()).isNull();
    return answer.socket();
  }

  private PortAnswer ask(final long sessionId, final InetAddress address) {
    assertThat(keeper.open(sessionId, address, answers::offer)).isTrue();
    assertThat(keeper.doWork(0)).isPositive();
    final PortAnswer answer = answers.remove();
    assertThat(answer.sessionId()).isEqualTo(sessionId);
    return answer;
  }

  private int received(final RtpSocket socket) {
    final int[] length = {RtpSocket.NOTHING};
    await().until(() -> (length[0] = socket.receive(buffer)) != RtpSocket.NOTHING);
    return length[0];
  }

  private int peerReceives() throws IOException {
    final DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    peer.receive(packet);
    return packet.getLength();
  }

  private ByteBuffer bytes(final int count) {
    return buffer.clear().limit(count);
  }

  private static void sendTo(final RtpSocket socket, final DatagramSocket from, final int count)
      throws IOException {
    from.send(new DatagramPacket(new byte[count], count, socket.local()));
  }

  private static boolean isBound(final int port) {
    try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(LOOPBACK, port))) {
      return !probe.isBound();
    } catch (final IOException e) {
      return true;
    }
  }

  /** The first of eight ports that are all free. */
  private static int freePort() {
    int first = 20_000 + 8 * (int) (ProcessHandle.current().pid() % 1_000);
    while (IntStream.range(first, first + 8).anyMatch(RtpSocketTest::isBound)) {
      first += 8;
    }
    return first;
  }
}
