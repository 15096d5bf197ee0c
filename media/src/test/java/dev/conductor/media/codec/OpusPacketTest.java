package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long a packet sounds, by RFC 6716, section 3; durations in samples at 48 kHz. */
class OpusPacketTest {
  private static final int SILK_20_MS = 1 << 3;
  private static final int SILK_60_MS = 3 << 3;
  private static final int CELT_2_5_MS = 16 << 3;

  @Test
  void shouldKnowTheFrameOfEveryConfiguration() {
    final int[] silk = {480, 960, 1_920, 2_880};
    final int[] hybrid = {480, 960};
    final int[] celt = {120, 240, 480, 960};
    for (int config = 0; config < 32; config++) {
      final int expected =
          config < 12 ? silk[config % 4] : config < 16 ? hybrid[config % 2] : celt[config % 4];
      for (final int stereo : new int[] {0, 4}) {
        assertThat(duration(config << 3 | stereo, 1, 2))
            .as("configuration %d", config)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldCountTwoFramesOfOneLength() {
    assertThat(duration(SILK_20_MS | 1, 7, 7)).isEqualTo(1_920);
    assertThat(duration(SILK_60_MS | 1)).isEqualTo(5_760);
    assertThat(duration(SILK_20_MS | 1, 7)).isEqualTo(AudioDecoder.MALFORMED);
  }

  @Test
  void shouldCountTwoFramesOfTwoLengths() {
    assertThat(duration(SILK_20_MS | 2, 1, 7, 7, 7)).isEqualTo(1_920);
    assertThat(duration(SILK_20_MS | 2, 3, 7, 7, 7)).isEqualTo(1_920);
    assertThat(duration(SILK_20_MS | 2, 4, 7, 7, 7)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 2)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 2, 252)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(lengthened(252 + 2, SILK_20_MS | 2, 252, 0)).as("255 bytes").isNegative();
    assertThat(lengthened(3 + 252, SILK_20_MS | 2, 252, 0)).isEqualTo(1_920);
    assertThat(lengthened(3 + 1_275, SILK_20_MS | 2, 255, 255)).isEqualTo(1_920);
  }

  @Test
  void shouldCountManyFrames() {
    assertThat(duration(CELT_2_5_MS | 3, 48)).as("48 of 2.5 ms").isEqualTo(5_760);
    assertThat(duration(CELT_2_5_MS | 3, 49)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3, 6)).isEqualTo(5_760);
    assertThat(duration(SILK_20_MS | 3, 7)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3, 0)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3, 2, 9, 9, 9, 9)).isEqualTo(1_920);
    assertThat(duration(SILK_20_MS | 3, 2, 9, 9, 9)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3, 0x80 | 3, 1, 2, 9, 9, 9)).isEqualTo(2_880);
    assertThat(duration(SILK_20_MS | 3, 0x80 | 3, 1, 3, 9, 9, 9)).isNegative();
  }

  @Test
  void shouldLeavePaddingOut() {
    assertThat(duration(SILK_20_MS | 3, 0x40 | 1, 2, 9, 0, 0)).isEqualTo(960);
    assertThat(duration(SILK_20_MS | 3, 0x40 | 1, 4, 9, 0, 0)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(duration(SILK_20_MS | 3, 0x40 | 1)).isEqualTo(AudioDecoder.MALFORMED);
    assertThat(lengthened(4 + 254 + 1, SILK_20_MS | 3, 0x40 | 1, 255, 1)).isEqualTo(960);
    assertThat(lengthened(4 + 254, SILK_20_MS | 3, 0x40 | 1, 255, 1)).isNegative();
    assertThat(lengthened(4 + 254, SILK_20_MS | 3, 0x40 | 2, 255, 0)).isEqualTo(1_920);
  }

  @ParameterizedTest
  @CsvSource({"0,-1", "1,960", "1276,960", "1277,-1", "2049,-1"})
  void shouldKnowHowLongAFrameMayBe(final int length, final int expected) {
    assertThat(lengthened(length, SILK_20_MS)).isEqualTo(expected);
  }

  private static int duration(final int... bytes) {
    return lengthened(bytes.length, bytes);
  }

  /** A packet that begins so, and has zeros after. Nothing may be read beside it. */
  private static int lengthened(final int length, final int... bytes) {
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[12 + length]);
    for (int i = 0; i < Math.min(length, bytes.length); i++) {
      packet.putByte(12 + i, (byte) bytes[i]);
    }
    return OpusPacket.durationSamples(packet, 12, length);
  }
}
