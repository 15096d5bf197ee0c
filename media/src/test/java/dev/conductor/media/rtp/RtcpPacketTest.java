package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtcpPacketTest {
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[600]);
  private final RtcpWriter writer = new RtcpWriter();
  private final RtcpReader reader = new RtcpReader();

  @RepeatedTest(500)
  void shouldReadWhatWasWritten(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    random.nextBytes(buffer.byteArray());
    final int offset = random.nextInt(17);
    final int ssrc = random.nextInt();
    final long ntp = random.nextLong();
    final int[] fields = random.ints(4).toArray();
    final int lost = random.nextInt(-0x80_0000, 0x80_0000);
    final int fraction = random.nextInt(256);
    final int timestamp = random.nextInt();
    final boolean sender = random.nextBoolean();
    writer.wrap(buffer, offset);
    if (sender) {
      writer.senderReport(ssrc, ntp, timestamp, -2, 90);
    } else {
      writer.receiverReport(ssrc);
    }
    writer.block(1, 2, 3, 4, 5, 6, 7);
    writer.block(ssrc + 1, fraction, lost, fields[0], fields[1], fields[2], fields[3]);
    writer.cname(ssrc, "x".repeat(random.nextInt(40)).getBytes(StandardCharsets.US_ASCII));
    writer.bye(ssrc);

    assertThat(reader.wrap(buffer, offset, writer.lengthBytes())).isEqualTo(3);
    assertThat(reader.next()).isTrue();
    assertThat(reader.isReport()).isTrue();
    assertThat(reader.ssrc()).isEqualTo(ssrc);
    if (sender) {
      assertThat(reader.ntpTime()).isEqualTo(ntp);
      assertThat(reader.rtpTimestamp()).isEqualTo(timestamp);
      assertThat(reader.packetCount()).isEqualTo(0xFFFF_FFFEL);
      assertThat(reader.octetCount()).isEqualTo(90);
    }
    assertThat(reader.findBlock(ssrc)).isFalse();
    assertThat(reader.findBlock(ssrc + 1)).isTrue();
    assertThat(reader.fractionLost()).isEqualTo(fraction);
    assertThat(reader.cumulativeLost()).isEqualTo(lost);
    assertThat(reader.highestSequence()).isEqualTo(fields[0]);
    assertThat(reader.jitterTicks()).isEqualTo(fields[1] & 0xFFFF_FFFFL);
    assertThat(reader.lastReport()).isEqualTo(fields[2]);
    assertThat(reader.sinceLastReport()).isEqualTo(fields[3]);
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(RtcpPacket.SOURCE_DESCRIPTION);
    assertThat(reader.saysBye(ssrc)).isFalse();
    assertThat(reader.next()).isTrue();
    assertThat(reader.saysBye(ssrc)).isTrue();
    assertThat(reader.saysBye(ssrc + 1)).isFalse();
    assertThat(reader.next()).isFalse();
  }

  /** The bytes as the figures of RFC 3550, section 6, have them. */
  @Test
  void shouldWriteTheBytesOfTheStandard() {
    writer.wrap(buffer, 0);
    writer.senderReport(0x11223344, 0xE1E2_E3E4_F1F2_F3F4L, 0x01020304, 5, 6);
    writer.block(0x55667788, 0x40, -2, 0x00010002, 7, 8, 9);
    writer.cname(0x11223344, "abcd".getBytes(StandardCharsets.US_ASCII));
    writer.bye(0x11223344);
    final byte[] written = Arrays.copyOf(buffer.byteArray(), writer.lengthBytes());
    assertThat(HexFormat.of().formatHex(written))
        .isEqualTo(
            "81c8000c"
                + "11223344"
                + "e1e2e3e4f1f2f3f4"
                + "01020304"
                + "00000005"
                + "00000006"
                + "55667788"
                + "40fffffe"
                + "00010002"
                + "00000007"
                + "00000008"
                + "00000009"
                + "81ca0003"
                + "11223344"
                + "010461626364"
                + "0000"
                + "81cb0001"
                + "11223344");
  }

  @ParameterizedTest
  @CsvSource({
    "80c9, -1, shorter than a header",
    "80c90001 11223344, 1, an empty report",
    "40c90001 11223344, -2, version 1",
    "80c90001 11223344 00cb0000, -2, version 0 of the second",
    "80c80001 11223344, -6, a sender report without its figures",
    "81c90001 11223344, -6, a block that is not there",
    "80d10000, -3, a type nobody named",
    "80c70000, -3, the type before the first",
    "80ce0002 11223344 55667788, 1, feedback alone",
    "80c90001 11223344 80d10000, 2, an unknown type behind a report",
    "80c90002 11223344, -4, longer than the datagram",
    "80c90001 11223344 81cb, -4, a header that is cut off",
    "80c90001 11223344 81cb0001, -4, a goodbye that is cut off",
    "80c90001 11223344 82cb0001 11223344, -6, a goodbye of two that names one",
    "a0c90002 11223344 00000004, 1, padding of the only packet",
    "80c90001 11223344 a0cb0001 00000004, 2, padding of the last packet",
    "a0c90002 11223344 00000004 80cb0000, -5, padding of the first of two",
    "a0c90002 11223344 00000003, -5, padding of part of a word",
    "a0c90002 11223344 00000000, -5, padding of nothing",
    "a0c90002 11223344 0000000c, -5, padding over the header",
    "a0c90002 11223344 00000008, -6, padding over what is needed",
    "a0c90000, -5, padding within the header"
  })
  void shouldJudgeADatagram(final String hex, final int packets, final String what) {
    final byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    // What lies behind the datagram must not matter.
    Arrays.fill(buffer.byteArray(), (byte) 0x81);
    buffer.putBytes(3, bytes);
    assertThat(RtcpPacket.packets(buffer, 3, bytes.length)).as(what).isEqualTo(packets);
    assertThat(reader.wrap(buffer, 3, bytes.length)).isEqualTo(packets);
    assertThat(reader.next()).isEqualTo(packets > 0);
  }

  @ParameterizedTest
  @CsvSource({"191, false", "192, true", "200, true", "223, true", "224, false", "0, false"})
  void shouldTellRtcpFromRtpByItsSecondByte(final int second, final boolean rtcp) {
    buffer.putByte(1, (byte) second);
    assertThat(RtcpPacket.isRtcp(buffer, 0, 12)).isEqualTo(rtcp);
    assertThat(RtcpPacket.isRtcp(buffer, 0, 3)).isFalse();
  }

  /** Whatever the bytes: nothing is thrown, nothing read behind the end, the walk ends. */
  @RepeatedTest(20)
  void shouldNeverReadBeyondTheDatagram(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    for (int i = 0; i < 5_000; i++) {
      final byte[] bytes = new byte[4 * random.nextInt(1, 30) + random.nextInt(4) / 3];
      random.nextBytes(bytes);
      for (int at = 0; at + 4 <= bytes.length; at += 4 * random.nextInt(1, 9)) {
        bytes[at] = (byte) (0x80 | random.nextInt(random.nextInt(4) == 0 ? 64 : 4));
        bytes[at + 1] = (byte) random.nextInt(199, 209);
        bytes[at + 2] = 0;
        bytes[at + 3] = (byte) random.nextInt(10);
      }
      // The buffer ends where the datagram does: a read beyond would throw.
      final UnsafeBuffer exact = new UnsafeBuffer(bytes);
      final int packets = reader.wrap(exact, 0, bytes.length);
      int walked = 0;
      while (reader.next()) {
        walked++;
        reader.saysBye(0);
        if (reader.isReport() && reader.findBlock(random.nextInt())) {
          reader.sinceLastReport();
        }
      }
      assertThat(walked)
          .as("seed %d, packet %d", info.getCurrentRepetition(), i)
          .isEqualTo(Math.max(0, packets));
    }
  }
}
