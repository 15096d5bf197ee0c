package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class L16CodecTest {
  private final L16Codec codec = new L16Codec(16_000);

  @Test
  void shouldSendTheUpperByteFirst() {
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[10]);
    final short[] samples = {0x1234, -2, Short.MIN_VALUE, Short.MAX_VALUE, 1};
    assertThat(codec.encode(samples, 0, 5, packet, 0)).isEqualTo(10);
    assertThat(packet.byteArray())
        .containsExactly(0x12, 0x34, 0xFF, 0xFE, 0x80, 0x00, 0x7F, 0xFF, 0x00, 0x01);
    final short[] heard = new short[5];
    assertThat(codec.decode(packet, 0, 10, heard, 0)).isEqualTo(5);
    assertThat(heard).isEqualTo(samples);
  }

  @RepeatedTest(50)
  void shouldTouchOnlyItsOwnBytesAndSamplesAtAnyOffset(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final int samples = random.nextInt(0, 30);
    final int offset = random.nextInt(0, 9);
    final int at = random.nextInt(0, 5);
    final byte[] packet = new byte[offset + 2 * samples + 9];
    random.nextBytes(packet);
    final short[] heard = new short[at + samples + 5];
    assertThat(codec.decode(new UnsafeBuffer(packet.clone()), offset, 2 * samples, heard, at))
        .isEqualTo(samples);
    for (int i = 0; i < heard.length; i++) {
      final int from = offset + 2 * (i - at);
      final boolean ours = i >= at && i < at + samples;
      final int expected = ours ? packet[from] << 8 | packet[from + 1] & 0xFF : 0;
      assertThat((int) heard[i]).as("sample %d", i).isEqualTo(expected);
    }
    final UnsafeBuffer back = new UnsafeBuffer(new byte[packet.length]);
    assertThat(codec.encode(heard, at, samples, back, offset)).isEqualTo(2 * samples);
    for (int i = 0; i < packet.length; i++) {
      final boolean ours = i >= offset && i < offset + 2 * samples;
      assertThat(back.getByte(i)).as("byte %d", i).isEqualTo(ours ? packet[i] : (byte) 0);
    }
  }

  @Test
  void shouldCallHalfASampleMalformedAndLeaveItOut() {
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[] {0, 7, 9});
    assertThat(codec.durationSamples(packet, 0, 2)).isEqualTo(1);
    assertThat(codec.durationSamples(packet, 0, 0)).isZero();
    assertThat(codec.durationSamples(packet, 0, 3)).isEqualTo(AudioDecoder.MALFORMED);
    final short[] heard = {-1, -1};
    assertThat(codec.decode(packet, 0, 3, heard, 0)).isEqualTo(1);
    assertThat(heard).containsExactly(7, -1);
  }

  @Test
  void shouldRunAtTheRateItWasGiven() {
    assertThat(codec.rateHz()).isEqualTo(16_000);
    assertThat(new L16Codec(8_000).rateHz()).isEqualTo(8_000);
    assertThatThrownBy(() -> new L16Codec(0)).hasMessageContaining("rateHz");
  }
}
