package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.status.MediaCounter;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose RTCP counts, where ours goes, and that its troubles stay their line's own. */
class RtcpOnTheWireTest extends RtcpStage {
  @Test
  void shouldUseTheRtpPortAloneWhereThatIsAgreed() {
    final Phone phone = stage.open(1);
    stage.engine.update(1, spec(phone.address(), true, null));
    stage.tick();
    phone.drain();
    final boolean[] reported = {false};
    waitUntil(
        () -> {
          while (!reported[0] && phone.receive()) {
            reported[0] = RtcpPacket.isRtcp(phone.packet(), 0, phone.length());
          }
          return reported[0];
        },
        phone,
        talker -> talker.say(0x20));
    assertThat(report(phone)).isEqualTo(2);
    assertThat(phone.source()).isEqualTo(phone.server());
    assertThat(phone.receiveRtcp()).as("on the other port").isFalse();
    assertHeardOverRtpPort(phone, reader.ssrc());
  }

  /** Some phones put RTCP on the RTP port without having said so. */
  @Test
  void shouldTakeRtcpFromTheRtpPortWhereItWasNotAgreed() {
    final Phone phone = stage.open(1);
    phone.say(0x20);
    waitForReport(phone, talker -> talker.say(0x20));
    assertHeardOverRtpPort(phone, reader.ssrc());
  }

  private void assertHeardOverRtpPort(final Phone phone, final int ourSsrc) {
    final long before = stage.count(MediaCounter.RTCP_RECEIVED);
    phone.sendBytes(lossReport(phone, ourSsrc, 128));
    stage.ticks(55);
    assertThat(stage.count(MediaCounter.RTCP_RECEIVED) - before).isEqualTo(1);
    assertThat(stage.engine.line(1).remoteLoss()).isEqualTo(0.5);
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_PAYLOAD)).isZero();
  }

  @Test
  void shouldSendToThePortThatSignallingNamed() {
    final Phone phone = stage.open(1);
    try (Phone elsewhere = new Phone()) {
      stage.engine.update(1, spec(phone.address(), false, elsewhere.address()));
      waitUntil(elsewhere::receive, phone, talker -> talker.say(0x20));
      assertThat(report(elsewhere)).isEqualTo(2);
      assertThat(phone.receiveRtcp()).isFalse();
    }
  }

  @Test
  void shouldSendToThePortTheFarEndsOwnReportsComeFrom() throws IOException {
    final Phone phone = stage.open(1);
    try (Phone elsewhere = new Phone()) {
      elsewhere.dial(
          new InetSocketAddress(phone.server().getAddress(), phone.server().getPort() + 1));
      elsewhere.sendBytes(lossReport(phone, 0, 0));
      waitUntil(elsewhere::receive, phone, talker -> talker.say(0x20));
      assertThat(report(elsewhere)).isEqualTo(2);
      assertThat(phone.receiveRtcp()).isFalse();
    }
  }

  @Test
  void shouldIgnoreAStrangersReports() throws IOException {
    final Phone phone = stage.open(1);
    phone.say(0x20);
    waitForReport(phone, talker -> talker.say(0x20));
    final byte[] bytes = lossReport(phone, reader.ssrc(), 255);
    try (DatagramSocket stranger =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0))) {
      stranger.send(
          new DatagramPacket(
              bytes, bytes.length, phone.server().getAddress(), phone.server().getPort() + 1));
      stage.ticks(100);
      assertThat(stage.count(MediaCounter.RTCP_UNKNOWN_SOURCE)).isEqualTo(1);
      assertThat(stage.engine.line(1).remoteLoss()).isNaN();
      waitForReport(phone, talker -> talker.say(0x20));
    }
  }

  @Test
  void shouldNoteAGoodbyeAndGoOn() {
    final Phone phone = stage.open(1);
    writer.wrap(written, 0);
    writer.receiverReport(phone.ssrc);
    writer.bye(phone.ssrc);
    phone.sendRtcp(datagram());
    stage.ticks(30);
    assertThat(stage.count(MediaCounter.RTCP_BYES)).isEqualTo(1);
    phone.drain();
    stage.tick();
    assertThat(phone.receive()).isTrue();
    assertThat(stage.events).doesNotContain("closed 1");
  }

  @Test
  void shouldCostNobodyAnythingThatAPhoneNeverOpenedItsRtcpPort() {
    stage.openCall(3);
    stage.plan(place(1, 0, 0), place(2, 0, 0), place(3, 0, 0));
    stage.phones.get(1L).closeRtcp();
    for (int tick = 0; tick < 3 * REPORT_TICKS; tick++) {
      final int first = stage.phones.get(1L).say(tick);
      final int second = stage.phones.get(2L).say(tick + 85);
      final int third = stage.phones.get(3L).say(tick + 170);
      stage.tick();
      stage.assertHears(1, second + third);
      stage.assertHears(2, first + third);
      stage.assertHears(3, first + second);
    }
    assertThat(stage.count(MediaCounter.RTCP_SENT)).isGreaterThan(6);
    assertThat(stage.count(MediaCounter.RTP_PORT_UNREACHABLE)).isZero();
    assertThat(stage.count(MediaCounter.SESSION_FAULTS)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldNotTakeAPayloadTypeThatWasAgreedForRtcp(final int session) {
    stage.phones.put((long) session, new Phone());
    final Phone phone = stage.phones.get((long) session);
    stage.engine.open(
        session, new LineSpec(phone.address()).codec(72, Codec.PCMU).noEvents().mux(true).spec());
    stage.ticks(2);
    phone.dial(stage.opened.get((long) session));
    final byte[] packet = new byte[172];
    packet[0] = (byte) 0x80;
    packet[1] = (byte) (0x80 | 72);
    phone.sendBytes(packet);
    stage.ticks(30);
    assertThat(stage.count(MediaCounter.RTCP_RECEIVED)).isZero();
    assertThat(stage.count(MediaCounter.JITTER_PLAYED)).isEqualTo(1);
  }

  private static RtpSessionSpec spec(
      final InetSocketAddress remote, final boolean mux, final InetSocketAddress remoteRtcp) {
    return new LineSpec(remote).mux(mux).rtcpTo(remoteRtcp).spec();
  }
}
