package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class G711Test {
  private static final int ALL = 65_536;

  private final G711Ulaw ulaw = new G711Ulaw();
  private final G711Alaw alaw = new G711Alaw();

  @Test
  void shouldDecodeMuLawToTheValuesOfTheStandard() {
    for (int code = 0; code < 256; code++) {
      assertThat(decode(ulaw, code)).as("code %02X", code).isEqualTo(ulawValue(code) * 4);
    }
  }

  @Test
  void shouldDecodeALawToTheValuesOfTheStandard() {
    for (int code = 0; code < 256; code++) {
      assertThat(decode(alaw, code)).as("code %02X", code).isEqualTo(alawValue(code) * 8);
    }
  }

  @Test
  void shouldHitTheEndsOfBothLaws() {
    assertThat(decode(ulaw, 0x80)).isEqualTo(8_031 * 4);
    assertThat(decode(ulaw, 0x00)).isEqualTo(-8_031 * 4);
    assertThat(decode(alaw, 0xAA)).isEqualTo(4_032 * 8);
    assertThat(decode(alaw, 0x2A)).isEqualTo(-4_032 * 8);
    assertThat(decode(ulaw, 0xFF)).isZero();
    assertThat(decode(alaw, 0xD5)).isEqualTo(8);
  }

  @Test
  void shouldEncodeEverySampleToTheIntervalItLiesIn() {
    final byte[] ulawCodes = encodeAll(ulaw);
    final byte[] alawCodes = encodeAll(alaw);
    for (int index = 0; index < ALL; index++) {
      final int sample = (short) index;
      assertThat(ulawCodes[index] & 0xFF)
          .as("mu-law of %d", sample)
          .isEqualTo(ulawInterval(sample));
      assertThat(alawCodes[index] & 0xFF).as("A-law of %d", sample).isEqualTo(alawInterval(sample));
    }
  }

  @Test
  void shouldEncodeEveryCodeWordToItselfButMuLawNegativeZero() {
    for (int code = 0; code < 256; code++) {
      final int expected = code == 0x7F ? 0xFF : code;
      assertThat(encode(ulaw, decode(ulaw, code))).as("mu-law %02X", code).isEqualTo(expected);
      assertThat(encode(alaw, decode(alaw, code))).as("A-law %02X", code).isEqualTo(code);
    }
  }

  @RepeatedTest(50)
  void shouldTouchOnlyItsOwnBytesAndSamplesAtAnyOffset(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final int length = random.nextInt(0, 60);
    final int offset = random.nextInt(0, 9);
    final int outOffset = random.nextInt(0, 9);
    final byte[] packet = new byte[offset + length + 7];
    random.nextBytes(packet);
    final short[] samples = new short[outOffset + length + 3];
    final UnsafeBuffer buffer = new UnsafeBuffer(packet.clone());
    assertThat(alaw.decode(buffer, offset, length, samples, outOffset)).isEqualTo(length);
    for (int i = 0; i < samples.length; i++) {
      final int within = i - outOffset;
      final boolean ours = within >= 0 && within < length;
      assertThat(samples[i])
          .isEqualTo(ours ? (short) decode(alaw, packet[offset + within] & 0xFF) : (short) 0);
    }
    final UnsafeBuffer back = new UnsafeBuffer(new byte[packet.length]);
    assertThat(alaw.encode(samples, outOffset, length, back, offset)).isEqualTo(length);
    for (int i = 0; i < packet.length; i++) {
      final boolean ours = i >= offset && i < offset + length;
      assertThat(back.getByte(i)).isEqualTo(ours ? packet[i] : (byte) 0);
    }
  }

  @Test
  void shouldRunAtEightKilohertz() {
    assertThat(ulaw.rateHz()).isEqualTo(8_000);
    assertThat(alaw.rateHz()).isEqualTo(8_000);
  }

  /**
   * G.711, table 2, column of decision values of the 14-bit signal, the steps added up one by one;
   * the first interval straddles zero.
   */
  private static int ulawDecision(final int n) {
    int decision = -1;
    for (int i = 0; i < n; i++) {
      decision += 2 << (i / 16);
    }
    return decision;
  }

  /** G.711, table 1, the same of the 13-bit signal; its first two segments have one step. */
  private static int alawDecision(final int n) {
    int decision = 0;
    for (int i = 0; i < n; i++) {
      decision += 2 << Math.max(0, i / 16 - 1);
    }
    return decision;
  }

  /** The value of an interval is its middle. */
  private static int ulawValue(final int code) {
    final int n = 0x7F - (code & 0x7F);
    final int value = (ulawDecision(n) + ulawDecision(n + 1)) / 2;
    return (code & 0x80) != 0 ? value : -value;
  }

  private static int alawValue(final int code) {
    final int n = (code ^ 0x55) & 0x7F;
    final int value = (alawDecision(n) + alawDecision(n + 1)) / 2;
    return (code & 0x80) != 0 ? value : -value;
  }

  /** The code word whose interval, between its decision values, holds the 16-bit sample. */
  private static int ulawInterval(final int sample) {
    int n = 0;
    while (n < 127 && isBeyond(sample, 4 * ulawDecision(n + 1))) {
      n++;
    }
    return (sample < 0 ? 0x00 : 0x80) | (0x7F - n);
  }

  private static int alawInterval(final int sample) {
    int n = 0;
    while (n < 127 && isBeyond(sample, 8 * alawDecision(n + 1))) {
      n++;
    }
    return ((sample < 0 ? 0x00 : 0x80) | n) ^ 0x55;
  }

  /** A sample on a decision value belongs above it, so a negative one nearer to zero. */
  private static boolean isBeyond(final int sample, final int decision) {
    return sample >= 0 ? sample >= decision : -sample > decision;
  }

  private static byte[] encodeAll(final AudioEncoder encoder) {
    final short[] samples = new short[ALL];
    for (int i = 0; i < ALL; i++) {
      samples[i] = (short) i;
    }
    final byte[] codes = new byte[ALL];
    encoder.encode(samples, 0, ALL, new UnsafeBuffer(codes), 0);
    return codes;
  }

  private static int decode(final AudioDecoder decoder, final int code) {
    final short[] out = new short[1];
    decoder.decode(new UnsafeBuffer(new byte[] {(byte) code}), 0, 1, out, 0);
    return out[0];
  }

  private static int encode(final AudioEncoder encoder, final int sample) {
    final byte[] out = new byte[1];
    encoder.encode(new short[] {(short) sample}, 0, 1, new UnsafeBuffer(out), 0);
    return out[0] & 0xFF;
  }
}
