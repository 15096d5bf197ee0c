package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.rtp.NtpTime;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What a phone is told over RTCP, and what is made of what it tells, through real sockets. */
class RtcpReportsTest extends RtcpStage {
  private static final long MS = 1_000_000;

  /** So often a session looks whether a report is due, the first time within as much. */
  private static final long LOOK_MS = 100;

  @Test
  void shouldSendSenderReportsThatTieTheStreamToTheTimeOfDay() {
    final Phone phone = stage.open(1);
    final long beganNs = stage.clock.nanoTime();
    long packets = 2;
    int reports = 0;
    long lastNtp = 0;
    int lastTimestamp = 0;
    while (reports < 4) {
      stage.tick();
      final boolean reported = phone.receiveRtcp();
      if (reported) {
        report(phone);
        assertThat(reader.type()).isEqualTo(RtcpPacket.SENDER_REPORT);
        assertThat(reader.packetCount()).isEqualTo(packets - 1);
        assertThat(reader.octetCount()).isEqualTo((packets - 1) * 160);
        assertThat(reader.ntpTime())
            .isEqualTo(NtpTime.of(stage.clock.nanoTime() + Stage.WALL_OFFSET_NS));
        reports++;
      }
      final long ntp = reported ? reader.ntpTime() : 0;
      final int timestamp = reported ? reader.rtpTimestamp() : 0;
      final int ssrc = reported ? reader.ssrc() : 0;
      assertThat(phone.receive()).isTrue();
      packets++;
      if (reported) {
        // This tick's packet is made at the moment the report names.
        assertThat(RtpHeader.timestamp(phone.packet(), 0)).isEqualTo(timestamp);
        assertThat(RtpHeader.ssrc(phone.packet(), 0)).isEqualTo(ssrc);
        final long sinceMs = (stage.clock.nanoTime() - beganNs) / MS;
        if (lastNtp == 0) {
          assertThat(sinceMs).isBetween(1_250L, 3_800L + LOOK_MS);
        } else {
          final long betweenMs = Math.round((ntp - lastNtp) * 1_000.0 / (1L << 32));
          assertThat(betweenMs).isBetween(2_500L, 7_520L);
          assertThat(timestamp - lastTimestamp).isEqualTo((int) betweenMs * 8);
        }
        lastNtp = ntp;
        lastTimestamp = timestamp;
      }
    }
    assertThat(stage.count(MediaCounter.RTCP_SENT)).isEqualTo(4);
  }

  @Test
  void shouldKeepOneRandomNameASession() {
    final Phone first = stage.open(1);
    final Phone second = stage.open(2);
    final String name = nameIn(first);
    assertThat(name).matches("[A-Za-z0-9+/]{16}");
    assertThat(nameIn(first)).isEqualTo(name);
    assertThat(nameIn(second)).isNotEqualTo(name);
  }

  private String nameIn(final Phone phone) {
    waitForReport(phone, talking -> {});
    final int length = RtcpPacket.lengthBytes(phone.packet(), 0);
    assertThat(RtcpPacket.type(phone.packet(), length)).isEqualTo(RtcpPacket.SOURCE_DESCRIPTION);
    assertThat(RtcpPacket.ssrc(phone.packet(), length))
        .isEqualTo(RtcpPacket.ssrc(phone.packet(), 0));
    assertThat(phone.packet().getByte(length + 8)).as("CNAME").isEqualTo((byte) 1);
    final byte[] name = new byte[phone.packet().getByte(length + 9)];
    phone.packet().getBytes(length + 10, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  @Test
  void shouldReportTheLossThatWasPlanted() {
    final Phone phone = stage.open(1);
    final int[] sent = {0};
    final Consumer<Phone> losing =
        talker -> {
          if (sent[0]++ % 4 == 2) {
            talker.sequence++;
            talker.timestamp += 160;
          } else {
            talker.say(0x20);
          }
        };
    int lostBefore = 0;
    int highestBefore = phone.sequence - 1;
    for (int reports = 0; reports < 3; reports++) {
      waitForReport(phone, losing);
      assertThat(reader.findBlock(phone.ssrc)).isTrue();
      final int highest = reader.highestSequence();
      // The packet after a lost one tells of it.
      assertThat(highest).isBetween(phone.sequence - 2, phone.sequence - 1);
      final int lost = reader.cumulativeLost();
      assertThat(lost).isCloseTo((highest - 65_499) / 4, Offset.offset(1));
      assertThat(reader.fractionLost())
          .isEqualTo((lost - lostBefore) * 256 / (highest - highestBefore));
      assertThat(reader.fractionLost()).isBetween(58, 68);
      lostBefore = lost;
      highestBefore = highest;
    }
    stage.ticks(50);
    final LineStatistics line = stage.engine.line(1);
    assertThat(stage.engine.lines()).containsExactly(line);
    assertThat(line.lost()).isEqualTo(lostBefore);
    assertThat(line.received()).isEqualTo(sent[0] - (sent[0] + 1) / 4);
    for (int tick = 0; tick < 2_000; tick++) {
      losing.accept(phone);
      stage.tick();
    }
    // A quarter lost, on the shortest way: R is 45.
    assertThat(stage.engine.line(1).mos()).isBetween(2.1, 2.5);
  }

  @Test
  void shouldSendAReceiverReportWithoutABlockOnHold() {
    final Phone phone = stage.open(1);
    stage.engine.update(1, Stage.spec(phone.address(), false, true, true));
    stage.tick();
    phone.drain();
    waitForReport(phone, talker -> {});
    waitForReport(phone, talker -> {});
    waitForReport(phone, talker -> {});
    assertThat(reader.type()).isEqualTo(RtcpPacket.RECEIVER_REPORT);
    assertThat(reader.findBlock(phone.ssrc)).isFalse();
    assertThat(phone.receive()).as("RTP").isFalse();
  }

  @Test
  void shouldSayGoodbyeWhenTheSessionCloses() {
    final Phone phone = stage.open(1);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    final int ssrc = RtpHeader.ssrc(phone.packet(), 0);
    stage.engine.close(1);
    stage.ticks(2);
    assertThat(stage.events).contains("closed 1");
    assertThat(phone.receiveRtcp()).isTrue();
    assertGoodbyeOf(phone, ssrc);
    assertThat(phone.receiveRtcp()).isFalse();
    assertThat(stage.engine.line(1)).isNull();
    assertThat(stage.engine.lines()).isEmpty();
    assertThat(stage.lastClosed).as("how it did, when its end is told").isNotNull();
  }

  @Test
  void shouldSayGoodbyeOfAnSsrcThatTheFarEndTookToo() {
    final Phone phone = stage.open(1);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    final int ssrc = RtpHeader.ssrc(phone.packet(), 0);
    phone.ssrc = ssrc;
    phone.say(0x20);
    stage.tick();
    assertThat(stage.count(MediaCounter.RTP_SSRC_COLLISIONS)).isEqualTo(1);
    assertThat(phone.receiveRtcp()).isTrue();
    assertGoodbyeOf(phone, ssrc);
    assertThat(phone.drain()).as("packets of the new stream").isEqualTo(1);
    waitForReport(phone, talker -> {});
    assertThat(reader.ssrc()).isNotEqualTo(ssrc);
    // All of the new stream but for the packet of this tick, which is sent after the report.
    assertThat(reader.packetCount()).isEqualTo(phone.drain());
  }

  private void assertGoodbyeOf(final Phone phone, final int ssrc) {
    assertThat(report(phone)).isEqualTo(3);
    assertThat(reader.ssrc()).isEqualTo(ssrc);
    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.saysBye(ssrc)).isTrue();
  }

  @Test
  void shouldReturnTheTimeOfTheFarEndsReport() {
    final Phone phone = stage.open(1);
    final long ntp = 0x1234_5678_9ABC_DEF0L;
    writer.wrap(written, 0);
    writer.senderReport(phone.ssrc, ntp, 0, 0, 0);
    phone.say(0x20);
    phone.sendRtcp(datagram());
    final long sentNs = stage.clock.nanoTime();
    waitForReport(phone, talker -> talker.say(0x20));
    assertThat(reader.findBlock(phone.ssrc)).isTrue();
    assertThat(reader.lastReport()).isEqualTo(0x5678_9ABC);
    final long heldMs = NtpTime.distanceNs(reader.sinceLastReport(), 0) / MS;
    final long passedMs = (stage.clock.nanoTime() - sentNs) / MS;
    // Read up to half a second late; but never taken for older than it is.
    assertThat(heldMs).isBetween(passedMs - 500, passedMs);
  }

  @Test
  void shouldMeasureTheRoundTripOutOfTheFarEndsEchoes() {
    final Phone phone = stage.open(1);
    assertThat(stage.engine.line(1).roundTripMs()).isNaN();
    final SplittableRandom random = new SplittableRandom(3);
    for (int echoes = 0; echoes < 12; echoes++) {
      waitForReport(phone, talker -> talker.say(0x20));
      final int lastReport = NtpTime.middle(reader.ntpTime());
      final int about = reader.ssrc();
      // The way there and back is 120 ms; the phone holds the report as long as it likes.
      final int heldTicks = 10 + random.nextInt(60);
      stage.ticks(heldTicks + 6);
      writer.wrap(written, 0);
      writer.receiverReport(phone.ssrc);
      writer.block(about, 64, 5, 0, 160, lastReport, NtpTime.shortOf(heldTicks * 20 * MS));
      phone.sendRtcp(datagram());
      stage.ticks(30);
      phone.drain();
    }
    stage.ticks(50);
    final LineStatistics line = stage.engine.line(1);
    assertThat(line.roundTripMs()).isBetween(100.0, 145.0);
    assertThat(line.remoteLoss()).isEqualTo(0.25);
    assertThat(line.remoteJitterMs()).isEqualTo(20);
    assertThat(stage.count(MediaCounter.RTCP_BAD_ECHO)).isZero();
  }

  @Test
  void shouldNotBelieveAnEchoOfWhatWasNeverSent() {
    final Phone phone = stage.open(1);
    waitForReport(phone, talker -> {});
    final int now = NtpTime.middle(reader.ntpTime());
    writer.wrap(written, 0);
    writer.receiverReport(phone.ssrc);
    writer.block(reader.ssrc(), 0, 0, 0, 0, now + 0x0100_0000, 0);
    phone.sendRtcp(datagram());
    stage.ticks(100);
    assertThat(stage.count(MediaCounter.RTCP_BAD_ECHO)).isEqualTo(1);
    assertThat(stage.engine.line(1).roundTripMs()).isNaN();
  }

  @Test
  void shouldTellHowALineDoes() {
    final Phone phone = stage.open(1);
    assertThat(stage.engine.line(2)).isNull();
    assertThat(stage.engine.line(1).mos()).isNaN();
    for (int i = 0; i < 500; i++) {
      // A square wave of half of full scale: 6 dB below overload.
      phone.send(squareWave(phone));
      stage.tick();
    }
    final LineStatistics line = stage.engine.line(1);
    assertThat(line.received()).isBetween(450L, 500L);
    assertThat(line.lost()).isZero();
    assertThat(line.jitterMs()).isZero();
    assertThat(line.levelDb()).isCloseTo(-6, Offset.offset(0.6));
    assertThat(line.mos()).isBetween(4.3, 4.5);
    assertThat(line.remoteLoss()).isNaN();
    stage.ticks(150);
    assertThat(stage.engine.line(1).levelDb()).isEqualTo(-127);
  }

  private static byte[] squareWave(final Phone phone) {
    final byte[] codes = new byte[160];
    for (int i = 0; i < codes.length; i++) {
      final int code = i % 20 < 10 ? 0x8F : 0x0F;
      codes[i] = (byte) code;
    }
    assertThat(Math.abs(phone.codecSample(0x8F))).isBetween(15_000, 17_000);
    return codes;
  }
}
