package dev.conductor.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.status.MediaCounters;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one caller counts, sends and hears, against a socket in the test's hand. */
class LoadCallerTest {
  private static final InetAddress HOST = InetAddress.getLoopbackAddress();
  private static final int SECOND_NS = 1_000_000_000;

  private final Frames frames = new Frames(1, false, new SplittableRandom(1));
  private final ByteBuffer in = ByteBuffer.allocateDirect(Swarm.MAX_PACKET_BYTES);
  private final DatagramBatch batch = DatagramBatch.open(new MediaCounters(), true);
  private DatagramChannel far;
  private LoadCaller caller;

  @BeforeEach
  void connect() throws IOException {
    far = DatagramChannel.open();
    far.bind(new InetSocketAddress(HOST, 0));
    caller = new LoadCaller(HOST, 7, LoadCaller.NO_TALKER, frames);
    caller.connect((InetSocketAddress) far.getLocalAddress());
    far.connect(new InetSocketAddress(HOST, caller.port()));
  }

  @AfterEach
  void close() throws IOException {
    caller.close();
    batch.close();
    far.close();
  }

  @Test
  void shouldCountWhatIsMissingAndWhatComesTwiceAcrossTheWrapOfSequenceNumbers()
      throws IOException {
    for (final int sequence : new int[] {0xFFFD, 0xFFFE, 1, 2, 2, 5}) {
      arrive(sequence, new short[Frames.SAMPLES]);
    }
    assertThat(caller.received()).isEqualTo(6);
    // 0xFFFF and 0, then 3 and 4.
    assertThat(caller.gaps()).isEqualTo(4);
    assertThat(caller.duplicates()).isEqualTo(1);
  }

  @Test
  void shouldFindABurstAtItsFirstSampleAndOnlyOnce() throws IOException {
    final List<Long> onsetsNs = new ArrayList<>();
    caller.listen((hearer, atNs) -> onsetsNs.add(atNs));
    final short[] silence = new short[Frames.SAMPLES];
    final short[] late = new short[Frames.SAMPLES];
    final short[] loud = new short[Frames.SAMPLES];
    for (int i = 0; i < Frames.SAMPLES; i++) {
      loud[i] = (short) (i % 2 == 0 ? Frames.BURST_AMPLITUDE : -Frames.BURST_AMPLITUDE);
      late[i] = i < 80 ? 0 : loud[i];
    }
    arrive(1, silence);
    arrive(2, silence);
    arrive(3, silence);
    final long beforeNs = System.nanoTime();
    arrive(4, late);
    final long afterNs = System.nanoTime();
    arrive(5, loud);
    // The 80th sample is played 10 ms after the packet is read.
    assertThat(onsetsNs).hasSize(1);
    assertThat(onsetsNs.get(0) - 10_000_000).isBetween(beforeNs, afterNs);
  }

  @Test
  void shouldKeyEachDigitAsOneEventOfGrowingDurationWithThreeEnds() throws IOException {
    caller.key(new KeyPackets("19", 1));
    final List<Integer> ends = new ArrayList<>();
    final List<Integer> timestamps = new ArrayList<>();
    int events = 0;
    for (int i = 0; i < 20; i++) {
      caller.send(batch);
      batch.flush();
      final ByteBuffer sent = ByteBuffer.allocate(Frames.BYTES);
      far.read(sent);
      assertThat(sent.getShort(2)).isEqualTo((short) (7 + i));
      if ((sent.get(1) & 0x7F) == KeyPackets.PAYLOAD_TYPE) {
        events++;
        timestamps.add(sent.getInt(4));
        if (sent.get(13) < 0) {
          ends.add((int) sent.get(12));
          assertThat(sent.getShort(14)).isEqualTo((short) 800);
        }
      }
    }
    assertThat(ends).containsExactly(1, 1, 1, 9, 9, 9);
    assertThat(events).isEqualTo(14);
    assertThat(timestamps.stream().distinct().count()).isEqualTo(2);
    assertThat(caller.sent()).isEqualTo(20);
  }

  @Test
  void shouldLetTimestampsButNotSequenceNumbersGoOnWhileItPauses() throws IOException {
    caller.send(batch);
    batch.flush();
    caller.pass();
    caller.pass();
    caller.send(batch);
    batch.flush();
    final ByteBuffer first = ByteBuffer.allocate(Frames.BYTES);
    final ByteBuffer second = ByteBuffer.allocate(Frames.BYTES);
    far.read(first);
    far.read(second);
    assertThat(second.getShort(2) - first.getShort(2)).isEqualTo(1);
    assertThat(second.getInt(4) - first.getInt(4)).isEqualTo(3 * Frames.SAMPLES);
    assertThat(second.get(1)).as("marker").isNegative();
  }

  @Test
  void shouldGoOnSendingAndCountWhatIsRefusedWhileTheFarEndHasClosedItsPort() throws IOException {
    final int port = ((InetSocketAddress) far.getLocalAddress()).getPort();
    far.close();
    sendUntil(() -> caller.unsent() >= 5);
    far = DatagramChannel.open();
    far.configureBlocking(false);
    far.bind(new InetSocketAddress(HOST, port));
    far.connect(new InetSocketAddress(HOST, caller.port()));
    final ByteBuffer sent = ByteBuffer.allocate(Frames.BYTES);
    sendUntil(() -> far.read(sent) > 0);
    assertThat(sent.getInt(8)).as("its SSRC").isEqualTo(7 + 1);
    arrive(1, new short[Frames.SAMPLES]);
    assertThat(caller.received()).isEqualTo(1);
  }

  private void sendUntil(final Callable<Boolean> done) {
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              caller.send(batch);
              batch.flush();
              return done.call();
            });
  }

  private void arrive(final int sequence, final short[] samples) throws IOException {
    final ByteBuffer packet = ByteBuffer.allocateDirect(Frames.BYTES);
    packet.put(0, (byte) 0x80).putShort(2, (short) sequence).putInt(8, 99);
    new G711Ulaw().encode(samples, 0, samples.length, new UnsafeBuffer(packet), 12);
    final long before = caller.received();
    far.write(packet);
    final long beganNs = System.nanoTime();
    while (caller.received() == before && System.nanoTime() - beganNs < SECOND_NS) {
      caller.receive(in, batch, 1);
    }
  }
}
