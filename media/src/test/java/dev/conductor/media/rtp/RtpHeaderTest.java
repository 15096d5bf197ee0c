package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpHeaderTest {
  private static final int MAX_BYTES = 400;

  private final UnsafeBuffer flat = new UnsafeBuffer(new byte[MAX_BYTES]);
  private final UnsafeBuffer moved = new UnsafeBuffer(new byte[MAX_BYTES + 32]);

  @RepeatedTest(1_000)
  void shouldReadTheSameFieldsAtEveryOffset(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final byte[] packet = anyPacket(random);
    final int offset = 1 + random.nextInt(17);
    random.nextBytes(moved.byteArray());
    flat.putBytes(0, packet);
    moved.putBytes(offset, packet);

    final int payloadOffset = RtpHeader.payloadOffset(flat, 0, packet.length);
    assertThat(payloadOffset).isGreaterThanOrEqualTo(RtpHeader.FIXED_BYTES);
    assertThat(RtpHeader.payloadOffset(moved, offset, packet.length)).isEqualTo(payloadOffset);
    assertThat(RtpHeader.payloadLength(moved, offset, packet.length, payloadOffset))
        .isEqualTo(RtpHeader.payloadLength(flat, 0, packet.length, payloadOffset));
    assertThat(RtpHeader.padding(moved, offset)).isEqualTo(RtpHeader.padding(flat, 0));
    assertThat(RtpHeader.extension(moved, offset)).isEqualTo(RtpHeader.extension(flat, 0));
    assertThat(RtpHeader.marker(moved, offset)).isEqualTo(RtpHeader.marker(flat, 0));
    assertThat(RtpHeader.payloadType(moved, offset)).isEqualTo(RtpHeader.payloadType(flat, 0));
    assertThat(RtpHeader.sequence(moved, offset)).isEqualTo(RtpHeader.sequence(flat, 0));
    assertThat(RtpHeader.timestamp(moved, offset)).isEqualTo(RtpHeader.timestamp(flat, 0));
    assertThat(RtpHeader.ssrc(moved, offset)).isEqualTo(RtpHeader.ssrc(flat, 0));
    assertThat(RtpHeader.csrcCount(moved, offset)).isEqualTo(RtpHeader.csrcCount(flat, 0));
    for (int i = 0; i < RtpHeader.csrcCount(flat, 0); i++) {
      assertThat(RtpHeader.csrc(moved, offset, i)).isEqualTo(RtpHeader.csrc(flat, 0, i));
    }
  }

  @RepeatedTest(500)
  void shouldTouchNothingElseWhenAFieldIsSet(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final int offset = 1 + random.nextInt(17);
    random.nextBytes(moved.byteArray());
    final byte[] before = moved.byteArray().clone();
    final boolean marker = random.nextBoolean();
    final int payloadType = random.nextInt(128);
    final int sequence = random.nextInt(1 << 16);
    final int timestamp = random.nextInt();
    final int ssrc = random.nextInt();

    RtpHeader.putSsrc(moved, offset, ssrc);
    assertThat(changed(before, offset)).allMatch(i -> i >= 8 && i < 12);
    RtpHeader.putTimestamp(moved, offset, timestamp);
    assertThat(changed(before, offset)).allMatch(i -> i >= 4 && i < 12);
    RtpHeader.putSequence(moved, offset, sequence);
    assertThat(changed(before, offset)).allMatch(i -> i >= 2 && i < 12);
    RtpHeader.putFirst(moved, offset, marker, payloadType);
    assertThat(changed(before, offset)).allMatch(i -> i >= 0 && i < 12);

    assertThat(RtpHeader.payloadOffset(moved, offset, 12)).isEqualTo(12);
    assertThat(RtpHeader.marker(moved, offset)).isEqualTo(marker);
    assertThat(RtpHeader.payloadType(moved, offset)).isEqualTo(payloadType);
    assertThat(RtpHeader.sequence(moved, offset)).isEqualTo(sequence);
    assertThat(RtpHeader.timestamp(moved, offset)).isEqualTo(timestamp);
    assertThat(RtpHeader.ssrc(moved, offset)).isEqualTo(ssrc);
    assertThat(RtpHeader.csrcCount(moved, offset)).isZero();
    assertThat(RtpHeader.extension(moved, offset)).isFalse();
    assertThat(RtpHeader.padding(moved, offset)).isFalse();
  }

  @RepeatedTest(1_000)
  void shouldNeverReadBeyondAnyBytes(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final byte[] bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    if (bytes.length > 0 && random.nextInt(4) > 0) {
      bytes[0] = (byte) (0x80 | bytes[0] & 0x3F);
    }
    // The buffer ends where the packet ends: a read too far throws.
    final UnsafeBuffer exact = new UnsafeBuffer(bytes);
    final int payloadOffset = RtpHeader.payloadOffset(exact, 0, bytes.length);
    if (payloadOffset >= 0) {
      final int length = RtpHeader.payloadLength(exact, 0, bytes.length, payloadOffset);
      assertThat(length).isGreaterThanOrEqualTo(RtpHeader.BAD_PADDING);
      assertThat(payloadOffset + Math.max(0, length)).isLessThanOrEqualTo(bytes.length);
    } else {
      assertThat(payloadOffset).isBetween(RtpHeader.BAD_EXTENSION, RtpHeader.TOO_SHORT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // first byte, length, answer
    "0x80, 11, -1", "0x80, 0, -1", "0x80, 12, 12", "0x00, 12, -2", "0x40, 12, -2",
    "0xC0, 12, -2", "0x81, 15, -3", "0x81, 16, 16", "0x8F, 71, -3", "0x8F, 72, 72",
    "0x90, 15, -4", "0x90, 16, 16", "0x9F, 75, -4", "0x9F, 76, 76"
  })
  void shouldNameWhatIsWrongWithAHeader(final String first, final int length, final int expected) {
    flat.putByte(0, (byte) Integer.decode(first).intValue());
    assertThat(RtpHeader.payloadOffset(flat, 0, length)).isEqualTo(expected);
  }

  @Test
  void shouldRefuseAnExtensionLongerThanThePacket() {
    flat.putByte(0, (byte) 0x90);
    flat.putByte(15, (byte) 2);
    assertThat(RtpHeader.payloadOffset(flat, 0, 23)).isEqualTo(RtpHeader.BAD_EXTENSION);
    assertThat(RtpHeader.payloadOffset(flat, 0, 24)).isEqualTo(24);
    flat.putByte(14, (byte) 0xFF);
    flat.putByte(15, (byte) 0xFF);
    assertThat(RtpHeader.payloadOffset(flat, 0, MAX_BYTES)).isEqualTo(RtpHeader.BAD_EXTENSION);
  }

  @ParameterizedTest
  @CsvSource({"0, -5", "1, 3", "4, 0", "5, -5", "255, -5"})
  void shouldTakePaddingOffThePayload(final int paddingBytes, final int expected) {
    flat.putByte(0, (byte) 0xA0);
    flat.putByte(15, (byte) paddingBytes);
    assertThat(RtpHeader.payloadLength(flat, 0, 16, 12)).isEqualTo(expected);
  }

  @Test
  void shouldRefusePaddingWithoutAByteToSayHowMuch() {
    flat.putByte(0, (byte) 0xA0);
    assertThat(RtpHeader.payloadLength(flat, 0, 12, 12)).isEqualTo(RtpHeader.BAD_PADDING);
  }

  private List<Integer> changed(final byte[] before, final int offset) {
    return IntStream.range(0, before.length)
        .filter(i -> before[i] != moved.getByte(i))
        .mapToObj(i -> i - offset)
        .toList();
  }

  private static byte[] anyPacket(final SplittableRandom random) {
    final int csrcs = random.nextInt(16);
    final boolean extension = random.nextBoolean();
    final int words = extension ? random.nextInt(8) : 0;
    final boolean padding = random.nextBoolean();
    final int payload = 1 + random.nextInt(200);
    final int header = 12 + 4 * csrcs + (extension ? 4 + 4 * words : 0);
    final byte[] packet = new byte[header + payload];
    random.nextBytes(packet);
    packet[0] = (byte) (0x80 | (padding ? 0x20 : 0) | (extension ? 0x10 : 0) | csrcs);
    if (extension) {
      packet[12 + 4 * csrcs + 2] = 0;
      packet[12 + 4 * csrcs + 3] = (byte) words;
    }
    if (padding) {
      packet[packet.length - 1] = (byte) (1 + random.nextInt(payload));
    }
    return packet;
  }
}
