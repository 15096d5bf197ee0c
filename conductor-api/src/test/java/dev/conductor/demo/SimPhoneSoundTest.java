package dev.conductor.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.RtpPeer.Packet;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.Tone;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the simulated phones send and hear, packet by packet and by ear. */
class SimPhoneSoundTest {
  private FakeUas uas;
  private RtpPeer peer;
  private PhonePool pool;

  @BeforeEach
  void open() throws Exception {
    uas = new FakeUas();
    peer = new RtpPeer();
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    uas.farewell(pool);
    pool.close();
    peer.close();
    uas.close();
  }

  @ParameterizedTest
  @CsvSource({"10", "20", "30", "40", "60"})
  void shouldSendAPacketEveryPacketTime(final int packetMs) {
    final long beginNs = System.nanoTime();
    call("1001", PhoneOptions.USUAL.withPacketMs(packetMs), peer.port(), "0 101");
    final List<Packet> packets = peer.take(50);
    // However late it sends what it could not, it is never ahead of its time.
    assertThat((System.nanoTime() - beginNs) / 1_000_000).isGreaterThanOrEqualTo(49L * packetMs);

    for (int i = 0; i < packets.size(); i++) {
      final Packet packet = packets.get(i);
      assertThat(packet.payloadType()).isZero();
      assertThat(packet.payload()).hasSize(packetMs * 8);
      assertThat(packet.ssrc()).isEqualTo(packets.get(0).ssrc());
      assertThat((short) (packet.sequence() - packets.get(0).sequence())).isEqualTo((short) i);
      // What a machine that stood still could not send is skipped, and the marker says so.
      final int step = i == 0 ? 0 : packet.timestamp() - packets.get(i - 1).timestamp();
      assertThat(step % (packetMs * 8)).isZero();
      assertThat(packet.marker()).isEqualTo(i == 0 || step != packetMs * 8);
    }
    assertThat(packets.stream().filter(Packet::marker).count()).isLessThan(packets.size() / 2);
  }

  @ParameterizedTest
  @CsvSource({"10", "20", "30", "40", "60"})
  void shouldKeyByEventsOfAHundredMilliseconds(final int packetMs) throws Exception {
    final SimPhone phone =
        call("1001", PhoneOptions.USUAL.withPacketMs(packetMs), peer.port(), "0 101");
    final CompletableFuture<Void> done = phone.keys("1#");
    done.get(5, TimeUnit.SECONDS);
    final List<Packet> events =
        peer.drain().stream().filter(packet -> packet.payloadType() == 101).toList();
    final List<Integer> starts = events.stream().map(Packet::timestamp).distinct().toList();

    assertThat(starts).hasSize(2);
    for (int key = 0; key < 2; key++) {
      final int start = starts.get(key);
      final List<Packet> one = events.stream().filter(e -> e.timestamp() == start).toList();
      assertThat(one).allMatch(event -> event.payload()[0] == (start == starts.get(0) ? 1 : 11));
      assertThat(one.stream().filter(Packet::marker)).containsExactly(one.get(0));
      assertThat(one.stream().filter(Packet::isEventEnd)).hasSize(3);
      final int downSamples = one.get(one.size() - 1).eventSamples();
      assertThat(downSamples).isBetween(800, 800 + packetMs * 8 - 8);
      assertThat(one.subList(one.size() - 3, one.size()))
          .allMatch(event -> event.isEventEnd() && event.eventSamples() == downSamples);
    }
    final int gapSamples = starts.get(1) - starts.get(0) - lengthOf(events, starts.get(0));
    assertThat(gapSamples / 8).isBetween(60, 100 + packetMs / 3);
  }

  @Test
  void shouldSendNoSoundWhileAKeyIsDown() throws Exception {
    final SimPhone phone = call("1001", PhoneOptions.USUAL, peer.port(), "0 101");
    phone.keys("5").get(5, TimeUnit.SECONDS);
    peer.take(5);
    final List<Packet> packets = peer.drain();
    final int start =
        packets.stream().filter(p -> p.payloadType() == 101).findFirst().get().timestamp();

    assertThat(packets.stream().filter(p -> p.payloadType() == 0).map(p -> p.timestamp() - start))
        .noneMatch(since -> since >= 0 && since < 800)
        .contains(800);
  }

  @Test
  void shouldSendNothingWhenItIsAPhoneThatNeverSends() {
    final SimPhone phone = call("1001", PhoneOptions.USUAL.mute(), peer.port(), "0");
    peer.send(phone.rtpPort(), 0, new byte[160]);
    await().until(() -> phone.received().packets() == 1);

    assertThat(peer.drain()).isEmpty();
  }

  @Test
  void shouldSendNothingWhenTheFarEndTakesNoSound() {
    final SimPhone phone = dial("1001", PhoneOptions.USUAL);
    final String invite = uas.expect("INVITE");
    uas.accept(invite, FakeUas.sdp(peer.port(), "0 101", "sendonly"));
    uas.expect("ACK");
    await().until(() -> phone.state() == PhoneState.UP);
    peer.send(phone.rtpPort(), 0, new byte[160]);
    await().until(() -> phone.received().packets() == 1);

    assertThat(peer.drain()).isEmpty();
  }

  @Test
  void shouldCountWhatIsMissingLateAndForeign() {
    final SimPhone phone = call("1001", PhoneOptions.USUAL, peer.port(), "0 101");
    peer.send(phone.rtpPort(), 65_534, new byte[160]);
    peer.send(phone.rtpPort(), 65_535, new byte[160]);
    peer.send(phone.rtpPort(), 3, new byte[160]);
    peer.send(phone.rtpPort(), 2, new byte[160]);
    peer.sendRaw(phone.rtpPort(), new byte[] {1, 2, 3});
    peer.sendRaw(phone.rtpPort(), new byte[2_000]);
    await().until(() -> phone.received().foreign() == 2);

    assertThat(phone.received().packets()).isEqualTo(3);
    assertThat(phone.received().gaps()).isEqualTo(3);
    assertThat(phone.received().late()).isEqualTo(1);
    assertThat(phone.lastPacketNs()).isLessThanOrEqualTo(System.nanoTime());
  }

  @ParameterizedTest
  @EnumSource(PhoneCodec.class)
  void shouldHearTheToneTheOtherPhoneSends(final PhoneCodec codec) {
    final PhoneOptions options = PhoneOptions.USUAL.withCodec(codec);
    final SimPhone left = dial("1001", options);
    final String fromLeft = uas.expect("INVITE");
    final SimPhone right = dial("1002", options.withPacketMs(30));
    final String fromRight = uas.expectAfter("INVITE", fromLeft);
    final String formats = codec.payloadType() + " 101";
    uas.accept(fromRight, FakeUas.sdp(left.rtpPort(), formats, "sendrecv"));
    uas.expect("ACK");
    uas.accept(fromLeft, FakeUas.sdp(right.rtpPort(), formats, "sendrecv"));
    uas.expect("ACK");

    left.play(Tone.steady(700, 4_000));
    right.play(new Clip("noise", 8_000, clipOf(1_100)));
    await().until(() -> left.heard(1_100, 400) > 2_900);
    // Together, for a machine that stands still leaves a hole in what is heard.
    await()
        .untilAsserted(
            () -> {
              assertThat(right.heard(700, 400)).isBetween(3_900.0, 4_100.0);
              assertThat(right.levelHeard(400)).isBetween(2_400, 2_700);
              assertThat(right.heard(1_100, 400)).isLessThan(40);
            });
    left.play(Voice.silence());
    await().until(() -> right.levelHeard(400) < 10);
    assertThat(right.received().gaps() + left.received().gaps()).isZero();
  }

  private static int lengthOf(final List<Packet> events, final int start) {
    return events.stream()
        .filter(event -> event.timestamp() == start)
        .mapToInt(Packet::eventSamples)
        .max()
        .orElseThrow();
  }

  private static short[] clipOf(final double freqHz) {
    final short[] samples = new short[8_000];
    Tone.steady(freqHz, 3_000).fill(samples);
    return samples;
  }

  private SimPhone dial(final String user, final PhoneOptions options) {
    final SimPhone phone = pool.phone(user, options);
    phone.dial(uas.address(), "+15550100");
    await().until(() -> phone.rtpPort() != 0);
    return phone;
  }

  private SimPhone call(
      final String user, final PhoneOptions options, final int port, final String formats) {
    final SimPhone phone = dial(user, options);
    uas.accept(uas.expect("INVITE"), FakeUas.sdp(port, formats, "sendrecv"));
    uas.expect("ACK");
    await().until(() -> phone.state() == PhoneState.UP);
    return phone;
  }
}
