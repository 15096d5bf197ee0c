package dev.conductor.media.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets by io_uring where this system has one for us, and each by itself: all is the same. */
class DatagramBatchTest {
  /** More than go by one call. */
  private static final int MANY = DatagramBatch.SIZE + 44;

  private static final int LONGEST = 2_047;

  private final MediaCounters counters = new MediaCounters();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(2_048);
  private final List<RtpSocket> sockets = new ArrayList<>();
  private final List<DatagramSocket> phones = new ArrayList<>();
  private DatagramBatch batch;

  @AfterEach
  void close() {
    sockets.forEach(RtpSocket::close);
    phones.forEach(DatagramSocket::close);
    if (batch != null) {
      batch.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 127.0.0.1", "true, ::1", "false, 127.0.0.1", "false, ::1"})
  void shouldBringEachSocketItsOwnDatagram(final boolean on, final String host) throws Exception {
    open(on, host, 20);
    for (int i = 0; i < 20; i++) {
      say(i, "first of " + i);
      say(i, "second of " + i);
    }
    sockets.forEach(batch::ask);
    batch.fetch();
    for (int i = 19; i >= 0; i--) {
      assertThat(heard(i)).isEqualTo("first of " + i);
      assertThat(sockets.get(i).source()).isEqualTo(phones.get(i).getLocalSocketAddress());
    }
    sockets.forEach(batch::ask);
    batch.fetch();
    for (int i = 0; i < 20; i++) {
      assertThat(heard(i)).isEqualTo("second of " + i);
      assertThat(receive(i)).isEqualTo(RtpSocket.NOTHING);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReadOnWhereMoreIsThereThanWasAskedFor(final boolean on) throws Exception {
    open(on, "127.0.0.1", 2);
    say(0, "one");
    say(0, "two");
    batch.ask(sockets.get(0));
    batch.ask(sockets.get(1));
    batch.fetch();
    assertThat(heard(0)).isEqualTo("one");
    assertThat(heard(0)).isEqualTo("two");
    assertThat(receive(0)).isEqualTo(RtpSocket.NOTHING);
    assertThat(receive(1)).isEqualTo(RtpSocket.NOTHING);
    say(1, "unasked");
    assertThat(heard(1)).isEqualTo("unasked");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldReadTheLongestAndCutWhatIsLonger(final boolean on) throws Exception {
    open(on, "127.0.0.1", 1);
    for (final int bytes : new int[] {LONGEST, LONGEST + 1, 9_000}) {
      phones.get(0).send(new DatagramPacket(new byte[bytes], bytes, sockets.get(0).local()));
      batch.ask(sockets.get(0));
      batch.fetch();
      assertThat(receive(0)).isEqualTo(Math.min(bytes, LONGEST + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendToEachWhatIsHis(final boolean on) throws Exception {
    open(on, "127.0.0.1", 8);
    for (int i = 0; i < MANY; i++) {
      assertThat(send(i % 8, "number " + i)).isEqualTo(("number " + i).length());
    }
    batch.flush();
    for (int i = 0; i < MANY; i++) {
      assertThat(phoneHears(i % 8)).isEqualTo("number " + i);
    }
    batch.flush();
    for (final DatagramSocket phone : phones) {
      phone.setSoTimeout(1);
    }
    assertThat(phones).allSatisfy(DatagramBatchTest::hearsNothing);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLeaveAloneWhoIsNotConnected(final boolean on) throws Exception {
    open(on, "127.0.0.1", 2);
    sockets.get(0).disconnect();
    say(0, "stranger");
    say(1, "friend");
    sockets.forEach(batch::ask);
    batch.fetch();
    assertThat(heard(0)).isEqualTo("stranger");
    assertThat(heard(1)).isEqualTo("friend");
    final InetSocketAddress to = (InetSocketAddress) phones.get(1).getLocalSocketAddress();
    buffer.clear().put("to another".getBytes(StandardCharsets.US_ASCII)).flip();
    assertThat(sockets.get(0).send(buffer, to, batch)).isEqualTo(10);
    assertThat(phoneHears(1)).isEqualTo("to another");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldDisconnectWhoseFarEndHasClosedItsPort(final boolean on) throws Exception {
    open(on, "127.0.0.1", 2);
    phones.get(0).close();
    int unreachable = 0;
    for (int i = 0; i < 20 && sockets.get(0).isConnected(); i++) {
      unreachable += send(0, "anybody?") == RtpSocket.UNREACHABLE ? 1 : 0;
      assertThat(send(1, "you " + i)).isPositive();
      batch.flush();
      assertThat(phoneHears(1)).isEqualTo("you " + i);
    }
    assertThat(unreachable).isEqualTo(3);
    assertThat(sockets.get(0).isConnected()).isFalse();
    say(1, "still here");
    sockets.forEach(batch::ask);
    batch.fetch();
    assertThat(receive(0)).isEqualTo(RtpSocket.NOTHING);
    assertThat(heard(1)).isEqualTo("still here");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHearOfAClosedPortAtTheNextReceipt(final boolean on) throws Exception {
    open(on, "127.0.0.1", 1);
    phones.get(0).close();
    send(0, "anybody?");
    batch.flush();
    final int[] length = {RtpSocket.NOTHING};
    await()
        .until(
            () -> {
              batch.ask(sockets.get(0));
              batch.fetch();
              length[0] = receive(0);
              return length[0] != RtpSocket.NOTHING;
            });
    assertThat(length[0]).isEqualTo(RtpSocket.UNREACHABLE);
    assertThat(sockets.get(0).isConnected()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldNotGiveADatagramOfOneFarEndOutAsTheNextOnes(final boolean on) throws Exception {
    open(on, "127.0.0.1", 1);
    say(0, "old");
    batch.ask(sockets.get(0));
    batch.fetch();
    final DatagramSocket other = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    phones.add(other);
    sockets.get(0).connect((InetSocketAddress) other.getLocalSocketAddress());
    assertThat(receive(0)).isEqualTo(RtpSocket.NOTHING);
  }

  @Test
  void shouldGoOnOneByOneWhenTheRingIsLost() throws Exception {
    open(true, "127.0.0.1", 1);
    say(0, "lost with it");
    // Somebody else's request comes between: what is done is not what was asked for.
    batch.ring.ask(0, Uring.RECEIVE, -1, 1);
    assertThat(batch.ring.submit()).isTrue();
    batch.ask(sockets.get(0));
    batch.fetch();
    assertThat(batch.isOn()).isFalse();
    assertThat(counters.get(MediaCounter.RTP_BATCHES_LOST)).isEqualTo(1);
    assertThat(send(0, "by itself")).isEqualTo(9);
    assertThat(phoneHears(0)).isEqualTo("by itself");
    say(0, "and back");
    batch.ask(sockets.get(0));
    batch.fetch();
    assertThat(heard(0)).isEqualTo("and back");
  }

  @Test
  void shouldSendWhatWaitsBeforeItAsks() throws Exception {
    open(true, "127.0.0.1", 2);
    say(0, "to be fetched");
    assertThat(send(1, "not flushed")).isPositive();
    batch.ask(sockets.get(0));
    batch.fetch();
    assertThat(heard(0)).isEqualTo("to be fetched");
    assertThat(phoneHears(1)).isEqualTo("not flushed");
  }

  @Test
  void shouldNotTakeWhatAnotherBatchFetched() throws Exception {
    open(true, "127.0.0.1", 1);
    try (DatagramBatch other = DatagramBatch.open(counters, true)) {
      say(0, "fetched");
      say(0, "still waiting");
      batch.ask(sockets.get(0));
      batch.fetch();
      other.fetch();
      assertThat(sockets.get(0).receive(buffer, other)).isEqualTo("still waiting".length());
    }
  }

  /** One that was fetched and not taken is lost: where it was, another's may be by now. */
  @Test
  void shouldNotGiveOneWhatWasFetchedForAnotherMeanwhile() throws Exception {
    open(true, "127.0.0.1", 2);
    say(0, "for the first");
    batch.ask(sockets.get(0));
    batch.fetch();
    say(1, "for the other");
    batch.ask(sockets.get(1));
    batch.fetch();
    assertThat(receive(0)).isEqualTo(RtpSocket.NOTHING);
    assertThat(heard(1)).isEqualTo("for the other");
  }

  @Test
  void shouldGiveItsRingBackWhenItIsClosed() throws Exception {
    open(true, "127.0.0.1", 0);
    final Path file = Path.of("/proc/self/fd/" + batch.ring.file);
    assertThat(named(file)).contains("io_uring");
    batch.close();
    assertThat(named(file)).doesNotContain("io_uring");
  }

  private static String named(final Path file) throws IOException {
    return Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
  }

  private void open(final boolean on, final String host, final int count) throws IOException {
    batch = DatagramBatch.open(counters, on);
    assumeThat(batch.isOn()).as("io_uring: %s", batch.reason()).isEqualTo(on);
    final InetAddress address = InetAddress.getByName(host);
    for (int i = 0; i < count; i++) {
      sockets.add(bind(address));
      phones.add(new DatagramSocket(0, address));
      phones.get(i).setSoTimeout(5_000);
      final InetSocketAddress phone = (InetSocketAddress) phones.get(i).getLocalSocketAddress();
      assertThat(sockets.get(i).connect(phone)).isTrue();
    }
  }

  /** A pair of ports that nobody has. */
  private static RtpSocket bind(final InetAddress address) throws IOException {
    for (int port = 22_000 + 2 * (int) (ProcessHandle.current().pid() % 500); ; port += 2) {
      try {
        return RtpSocket.bind(address, port);
      } catch (final IOException taken) {
        assertThat(port).as(taken.getMessage()).isLessThan(30_000);
      }
    }
  }

  private void say(final int phone, final String words) throws IOException {
    final byte[] bytes = words.getBytes(StandardCharsets.US_ASCII);
    phones.get(phone).send(new DatagramPacket(bytes, bytes.length, sockets.get(phone).local()));
  }

  private int receive(final int socket) {
    return sockets.get(socket).receive(buffer, batch);
  }

  private String heard(final int socket) {
    final byte[] bytes = new byte[receive(socket)];
    buffer.get(0, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private int send(final int socket, final String words) {
    buffer.clear().put(words.getBytes(StandardCharsets.US_ASCII)).flip();
    return sockets.get(socket).send(buffer, null, batch);
  }

  private String phoneHears(final int phone) throws IOException {
    final DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    phones.get(phone).receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII);
  }

  private static void hearsNothing(final DatagramSocket phone) {
    try {
      phone.receive(new DatagramPacket(new byte[100], 100));
      throw new AssertionError("one more came");
    } catch (final SocketTimeoutException nothing) {
      assertThat(nothing).isNotNull();
    } catch (final IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
