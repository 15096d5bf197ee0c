package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class G722Test {
  private static final int RATE_HZ = 16_000;
  private static final int SECOND = RATE_HZ;
  private static final int FRAME_SAMPLES = 320;
  private static final int FRAME_BYTES = 160;

  /** One filter to part the bands and one to join them, of 24 taps each. */
  private static final int DELAY_SAMPLES = 22;

  private final G722Encoder encoder = new G722Encoder();
  private final G722Decoder decoder = new G722Decoder();

  /**
   * The bytes and samples that an implementation not ours made of the same input; both sums were
   * taken where it and we agreed in every byte.
   */
  @Test
  void shouldWriteAndReadTheVeryBitsOthersDo() {
    final byte[] bytes = encode(encoder, vector());
    assertThat(crcOf(bytes)).isEqualTo("86e6664b");
    assertThat(crcOf(decode(decoder, bytes))).isEqualTo("53868d80");
  }

  /** Every code word comes, those of the low band no encoder sends among them. */
  @Test
  void shouldReadWhatNoEncoderWritesAsOthersDo() {
    final byte[] bytes = new byte[20_000];
    new SplittableRandom(722).nextBytes(bytes);
    assertThat(crcOf(decode(decoder, bytes))).isEqualTo("20dce91b");
  }

  @ParameterizedTest
  @CsvSource({"300,30", "1000,30", "2000,30", "3000,25", "5000,12", "6000,12", "7000,10"})
  void shouldKeepATone(final double hz, final double atLeastDb) {
    final short[] sent = tone(hz, 10_000);
    final short[] heard = decode(decoder, encode(encoder, sent));
    assertThat(snrDb(sent, heard, DELAY_SAMPLES)).isGreaterThan(atLeastDb);
  }

  @Test
  void shouldKeepASweepThroughBothBands() {
    final short[] sent = new short[4 * SECOND];
    double phase = 0;
    for (int i = 0; i < sent.length; i++) {
      phase += 2 * Math.PI * (100 + 6_900.0 * i / sent.length) / RATE_HZ;
      sent[i] = (short) (8_000 * Math.sin(phase));
    }
    final short[] heard = decode(decoder, encode(encoder, sent));
    assertThat(snrDb(sent, heard, DELAY_SAMPLES)).isGreaterThan(14);
  }

  @Test
  void shouldComeOutTwentyTwoSamplesLate() {
    final short[] sent = noise(1, 8_000);
    final short[] heard = decode(decoder, encode(encoder, sent));
    int best = 0;
    for (int lag = 1; lag < 2 * DELAY_SAMPLES; lag++) {
      best = snrDb(sent, heard, lag) > snrDb(sent, heard, best) ? lag : best;
    }
    assertThat(best).isEqualTo(DELAY_SAMPLES);
  }

  /** A tone of one band must not ring in the other: there its image would lie, at 8 kHz less it. */
  @ParameterizedTest
  @CsvSource({"1000", "2500", "5500", "7000"})
  void shouldKeepABandOutOfTheOther(final double hz) {
    final short[] heard = decode(decoder, encode(encoder, tone(hz, 10_000)));
    final double aboveDb = levelDb(heard, hz) - levelDb(heard, RATE_HZ / 2.0 - hz);
    assertThat(aboveDb).isGreaterThan(35);
  }

  @Test
  void shouldFallSilentWithTheVoice() {
    final short[] sent = Arrays.copyOf(tone(1_000, 20_000), 2 * SECOND);
    final short[] heard = decode(decoder, encode(encoder, sent));
    for (int i = SECOND + FRAME_SAMPLES; i < heard.length; i++) {
      assertThat((int) heard[i]).as("sample %d", i).isBetween(-20, 20);
    }
  }

  @Test
  void shouldStayWithinTheSamplesRangeWhenTheInputIsAsLoudAsCanBe() {
    final short[] sent = new short[SECOND];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = i / 37 % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
    }
    final short[] heard = decode(decoder, encode(encoder, sent));
    for (int i = SECOND / 10; i < heard.length; i++) {
      final int at = (i - DELAY_SAMPLES) % 37;
      if (at > 8 && at < 29) {
        assertThat(heard[i] > 0).as("sign of sample %d", i).isEqualTo(sent[i - DELAY_SAMPLES] > 0);
      }
    }
  }

  @RepeatedTest(20)
  void shouldGoOnWithoutAClickWhereAnotherEncoderStands(final RepetitionInfo info) {
    final int seed = info.getCurrentRepetition();
    final short[] sent = noise(seed, 5_000);
    final byte[] expected = encode(new G722Encoder(), sent);
    final int frames = 1 + new SplittableRandom(seed).nextInt(20);
    final int samples = frames * FRAME_SAMPLES;
    final byte[] bytes =
        Arrays.copyOf(encode(encoder, Arrays.copyOf(sent, samples)), sent.length / 2);
    final G722Encoder heir = new G722Encoder();
    encode(heir, noise(-seed, 20_000));
    heir.copyFrom(encoder);
    encode(encoder, noise(seed + 1_000, 20_000));
    final byte[] rest = encode(heir, Arrays.copyOfRange(sent, samples, sent.length));
    System.arraycopy(rest, 0, bytes, frames * FRAME_BYTES, rest.length);
    assertThat(bytes).isEqualTo(expected);
  }

  @RepeatedTest(20)
  void shouldForgetTheStreamWhenReset(final RepetitionInfo info) {
    final short[] sent = noise(info.getCurrentRepetition(), 9_000);
    final byte[] bytes = encode(encoder, sent);
    final short[] heard = decode(decoder, bytes);
    encoder.reset();
    decoder.reset();
    assertThat(encode(encoder, sent)).isEqualTo(bytes);
    assertThat(decode(decoder, bytes)).isEqualTo(heard);
  }

  @Test
  void shouldGiveTheSameByFramesAsInOnePiece() {
    final short[] sent = noise(4, 9_000);
    final byte[] whole = encode(encoder, sent);
    final G722Encoder byFrames = new G722Encoder();
    final UnsafeBuffer packets = new UnsafeBuffer(new byte[whole.length]);
    for (int i = 0; i < sent.length; i += FRAME_SAMPLES) {
      assertThat(byFrames.encode(sent, i, FRAME_SAMPLES, packets, i / 2)).isEqualTo(FRAME_BYTES);
    }
    assertThat(packets.byteArray()).isEqualTo(whole);
  }

  @RepeatedTest(20)
  void shouldMakeSoundOfAnyBytesAndTouchOnlyItsOwnSamples(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final byte[] garbage = new byte[random.nextInt(1, 400)];
    random.nextBytes(garbage);
    final UnsafeBuffer packet = new UnsafeBuffer(garbage);
    final int length = random.nextInt(0, garbage.length + 1);
    final int offset = random.nextInt(0, garbage.length - length + 1);
    final short[] out = new short[2 * length + 7];
    Arrays.fill(out, (short) 12_345);
    assertThat(decoder.durationSamples(packet, offset, length)).isEqualTo(2 * length);
    assertThat(decoder.decode(packet, offset, length, out, 3)).isEqualTo(2 * length);
    assertThat(Arrays.copyOf(out, 3)).containsOnly(12_345);
    assertThat(Arrays.copyOfRange(out, 2 * length + 3, out.length)).containsOnly(12_345);
  }

  @Test
  void shouldLeaveOutTheLastOfAnOddNumberOfSamples() {
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[] {1, 2, 3});
    assertThat(encoder.encode(new short[] {9_000, 9_000, 9_000}, 0, 3, packet, 1)).isEqualTo(1);
    assertThat(packet.getByte(0)).isEqualTo((byte) 1);
    assertThat(packet.getByte(2)).isEqualTo((byte) 3);
  }

  @Test
  void shouldRunAtSixteenKilohertzAndSayThatItRemembers() {
    assertThat(decoder.rateHz()).isEqualTo(RATE_HZ);
    assertThat(encoder.rateHz()).isEqualTo(RATE_HZ);
    assertThat(encoder.hasState()).isTrue();
  }

  /** Noise of four loudnesses, a square wave and silence, of whole numbers alone. */
  private static short[] vector() {
    final SplittableRandom random = new SplittableRandom(1);
    final short[] samples = new short[6 * SECOND / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          (short)
              switch (i / (SECOND / 2)) {
                case 0 -> random.nextInt(-20_000, 20_001);
                case 1 -> random.nextInt(-1_000, 1_001);
                case 2 -> i / 20 % 2 == 0 ? 16_000 : -16_000;
                case 3 -> 0;
                case 4 -> random.nextInt(-40, 41);
                default -> random.nextInt(-8_000, 8_001) + (i / 9 % 2 == 0 ? 7_000 : -7_000);
              };
    }
    return samples;
  }

  private static short[] tone(final double hz, final double amplitude) {
    final short[] samples = new short[SECOND];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.round(amplitude * Math.sin(2 * Math.PI * hz * i / RATE_HZ));
    }
    return samples;
  }

  private static short[] noise(final long seed, final int amplitude) {
    final SplittableRandom random = new SplittableRandom(seed);
    final short[] samples = new short[SECOND];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(-amplitude, amplitude + 1);
    }
    return samples;
  }

  private static byte[] encode(final AudioEncoder encoder, final short[] samples) {
    final byte[] bytes = new byte[samples.length / 2];
    assertThat(encoder.encode(samples, 0, samples.length, new UnsafeBuffer(bytes), 0))
        .isEqualTo(bytes.length);
    return bytes;
  }

  private static short[] decode(final AudioDecoder decoder, final byte[] bytes) {
    final short[] samples = new short[2 * bytes.length];
    assertThat(decoder.decode(new UnsafeBuffer(bytes), 0, bytes.length, samples, 0))
        .isEqualTo(samples.length);
    return samples;
  }

  /** Of what was sent to what is wrong in what was heard, once both sides have found their step. */
  private static double snrDb(final short[] sent, final short[] heard, final int lag) {
    double signal = 0;
    double error = 0;
    for (int i = SECOND / 10; i < sent.length; i++) {
      final double wanted = sent[i - lag];
      signal += wanted * wanted;
      error += (heard[i] - wanted) * (heard[i] - wanted);
    }
    return 10 * Math.log10(signal / error);
  }

  /** How strong one frequency is. */
  private static double levelDb(final short[] samples, final double hz) {
    double cosines = 0;
    double sines = 0;
    for (int i = SECOND / 10; i < samples.length; i++) {
      final double phase = 2 * Math.PI * hz * i / RATE_HZ;
      cosines += samples[i] * Math.cos(phase);
      sines += samples[i] * Math.sin(phase);
    }
    return 20 * Math.log10(Math.hypot(cosines, sines));
  }

  private static String crcOf(final short[] samples) {
    final byte[] bytes = new byte[2 * samples.length];
    new L16Codec(RATE_HZ).encode(samples, 0, samples.length, new UnsafeBuffer(bytes), 0);
    return crcOf(bytes);
  }

  private static String crcOf(final byte[] bytes) {
    final CRC32 crc = new CRC32();
    crc.update(bytes);
    return String.format("%08x", crc.getValue());
  }
}
