package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Goertzel;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Opus does for a caller, whatever library does it. */
abstract class OpusContract {
  static final int RATE_HZ = 48_000;
  static final int FRAME = 960;

  /** An RTP header goes before the payload. */
  static final int AT = 12;

  final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(AT + 2_048));
  final OpusLibrary library = library();
  OpusDecoder decoder;

  /** The one under test. */
  abstract OpusLibrary library();

  /** How many random packets are fair to its speed. */
  abstract int garbagePackets();

  /** What an encoder that goes on for another may change of the sound, beside the sound. */
  abstract int largestSeam();

  @BeforeEach
  void open() {
    decoder = library.decoder();
  }

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void shouldHearAToneAsItWasSent() {
    final short[] tone = OpusSounds.tone(1_000, 10_000, 50 * FRAME);
    final short[] heard = throughTheLine(library.encoder(RATE_HZ, 0, false), tone);
    final int from = 20 * FRAME;
    final int count = 30 * FRAME;
    final double power = Goertzel.power(heard, from, count, 1_000, RATE_HZ);
    assertThat(Math.sqrt(2 * power)).isCloseTo(10_000, within(1_000.0));
    assertThat(OpusSounds.power(heard, from, count) - power)
        .as("what is not the tone")
        .isLessThan(power / 30);
    assertThat(decoder.errors()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldHearAVoiceAsItWasSentWhateverTheFarEndPlays(final int maxRateHz) {
    final short[] voice = OpusSounds.voice(100 * FRAME);
    final short[] heard = throughTheLine(library.encoder(maxRateHz, 0, false), voice);
    final int from = 10 * FRAME;
    final int count = 80 * FRAME;
    final int delaySamples = OpusSounds.bestLag(voice, heard, from, 20 * FRAME);
    assertThat(delaySamples).as("delay in samples").isBetween(0, 480);
    assertThat(OpusSounds.correlation(voice, from, heard, from + delaySamples, count))
        .isGreaterThan(0.9);
    final double levelDb =
        10
            * Math.log10(
                OpusSounds.power(heard, from, count) / OpusSounds.power(voice, from, count));
    assertThat(levelDb).isCloseTo(0, within(1.0));
  }

  @Test
  void shouldSendNothingAboveWhatTheFarEndPlays() {
    final short[] sound = OpusSounds.tone(1_000, 8_000, 50 * FRAME);
    OpusSounds.add(sound, OpusSounds.tone(7_000, 8_000, 50 * FRAME));
    final short[] wide = throughTheLine(library.encoder(16_000, 0, false), sound);
    assertThat(Goertzel.amplitude(wide, 20 * FRAME, 20 * FRAME, 7_000, RATE_HZ))
        .isGreaterThan(4_000);
    final short[] narrow = throughTheLine(library.encoder(15_999, 0, false), sound);
    assertThat(Goertzel.amplitude(narrow, 20 * FRAME, 20 * FRAME, 7_000, RATE_HZ))
        .as("12 kHz carry no 7 kHz")
        .isLessThan(2_000);
    final short[] telephone = throughTheLine(library.encoder(8_000, 0, false), sound);
    assertThat(Goertzel.amplitude(telephone, 20 * FRAME, 20 * FRAME, 7_000, RATE_HZ))
        .isLessThan(100);
    assertThat(Goertzel.amplitude(telephone, 20 * FRAME, 20 * FRAME, 1_000, RATE_HZ))
        .isGreaterThan(6_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500_000, 12_000, 1})
  void shouldSendNoMoreThanTheFarEndTakes(final int maxBitrateBps) {
    final short[] voice = OpusSounds.voice(200 * FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, maxBitrateBps, false);
    int bytes = 0;
    for (int i = 0; i < voice.length; i += FRAME) {
      bytes += encoder.encode(voice, i, FRAME, packet, AT);
    }
    encoder.close();
    final int expectedBps = maxBitrateBps == 12_000 ? 12_000 : maxBitrateBps == 1 ? 6_000 : 32_000;
    assertThat(bytes * 8 * 50 / 200).isBetween(expectedBps / 2, expectedBps * 11 / 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 240, 480, 960, 1_920, 2_880})
  void shouldDecodePacketsOfEveryDuration(final int samples) throws OpusException {
    final io.github.jaredmdobson.concentus.OpusEncoder phone = phone(1, 32_000);
    final short[] tone = OpusSounds.tone(800, 8_000, 20 * 2_880);
    final short[] heard = new short[tone.length];
    for (int i = 0; i < tone.length; i += samples) {
      final int length = send(phone, tone, i, samples);
      assertThat(decoder.durationSamples(packet, AT, length)).isEqualTo(samples);
      assertThat(decoder.decode(packet, AT, length, heard, i)).isEqualTo(samples);
    }
    assertThat(Goertzel.amplitude(heard, tone.length / 2, tone.length / 2, 800, RATE_HZ))
        .isCloseTo(8_000, within(1_000.0));
    assertThat(decoder.errors()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {24_000, 128_000})
  void shouldHearBothChannelsOfAStereoPacket(final int bitrateBps) throws OpusException {
    final io.github.jaredmdobson.concentus.OpusEncoder phone = phone(2, bitrateBps);
    final short[] left = OpusSounds.tone(500, 10_000, 50 * FRAME);
    final short[] right = OpusSounds.tone(1_300, 10_000, 50 * FRAME);
    final short[] both = new short[2 * left.length];
    for (int i = 0; i < left.length; i++) {
      both[2 * i] = left[i];
      both[2 * i + 1] = right[i];
    }
    final short[] heard = new short[left.length];
    for (int i = 0; i < left.length; i += FRAME) {
      final int length = send(phone, both, 2 * i, FRAME);
      assertThat(packet.getByte(AT) & 4).as("the stereo flag").isEqualTo(4);
      assertThat(decoder.decode(packet, AT, length, heard, i)).isEqualTo(FRAME);
    }
    for (final int freqHz : new int[] {500, 1_300}) {
      assertThat(Goertzel.amplitude(heard, 25 * FRAME, 25 * FRAME, freqHz, RATE_HZ))
          .as("%d Hz", freqHz)
          .isCloseTo(5_000, within(1_000.0));
    }
  }

  @Test
  void shouldHearMoreOfALostPacketFromTheCopyInTheNext() {
    final double recovered = likenessOfLostFrames(true);
    final double concealed = likenessOfLostFrames(false);
    System.out.printf(
        "%s: a lost voice is like the sent one by %.2f with FEC, %.2f without%n",
        library.name(), recovered, concealed);
    assertThat(recovered).isGreaterThan(0.7).isGreaterThan(concealed + 0.2);
  }

  @Test
  void shouldMakeUpALostPacketWhenTheNextHasNoCopy() {
    final short[] tone = OpusSounds.tone(440, 8_000, 50 * FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, false);
    throughTheLine(encoder, tone);
    final int length = library.encoder(RATE_HZ, 0, false).encode(tone, 0, FRAME, packet, AT);
    final short[] made = new short[FRAME + 2];
    assertThat(decoder.recover(packet, AT, length, made, 1, FRAME)).isEqualTo(FRAME);
    assertThat(made[0]).isZero();
    assertThat(made[FRAME + 1]).isZero();
    assertThat(OpusSounds.power(made, 1, FRAME)).isGreaterThan(8_000.0 * 8_000 / 64);
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 240, 480, 960, 2_880, 5_760, 6_000})
  void shouldGoOnWithTheToneForAsLongAsIsAskedWhenPacketsAreLost(final int samples) {
    throughTheLine(library.encoder(RATE_HZ, 0, false), OpusSounds.tone(440, 8_000, 50 * FRAME));
    final short[] made = new short[samples + 2];
    assertThat(decoder.conceal(made, 1, samples)).isEqualTo(samples);
    assertThat(made[0]).isZero();
    assertThat(made[samples + 1]).isZero();
    assertThat(OpusSounds.power(made, 1, 120)).isGreaterThan(8_000.0 * 8_000 / 64);
    assertThat(decoder.errors()).isZero();
  }

  @Test
  void shouldKnowThePacketsThatSayNothingIsSent() throws OpusException {
    final io.github.jaredmdobson.concentus.OpusEncoder phone = phone(1, 24_000);
    phone.setUseDTX(true);
    final short[] sound = OpusSounds.voice(200 * FRAME);
    Arrays.fill(sound, 50 * FRAME, sound.length, (short) 0);
    final short[] heard = new short[FRAME];
    int silent = 0;
    for (int i = 0; i < sound.length; i += FRAME) {
      final int length = send(phone, sound, i, FRAME);
      final boolean isSilence = decoder.isSilence(packet, AT, length);
      assertThat(isSilence && i < 50 * FRAME).as("silence at frame %d", i / FRAME).isFalse();
      silent += isSilence ? 1 : 0;
      assertThat(decoder.decode(packet, AT, length, heard, 0)).isEqualTo(FRAME);
    }
    assertThat(silent).isGreaterThan(100);
    assertThat(OpusSounds.power(heard, 0, FRAME)).isLessThan(100);
    assertThat(decoder.errors()).isZero();
  }

  @Test
  void shouldTakeAnyBytesAndGoOn() {
    final long seed = System.nanoTime();
    System.out.println(library.name() + " is given garbage, seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final short[] out = new short[2 * 5_760];
    for (int i = 0; i < garbagePackets(); i++) {
      final int length = random.nextInt(0, i % 10 == 0 ? 1_500 : 60);
      for (int j = 0; j < length; j++) {
        packet.putByte(AT + j, (byte) random.nextInt());
      }
      final int samples = decoder.durationSamples(packet, AT, length);
      final int decoded = decoder.decode(packet, AT, length, out, 0);
      assertThat(decoded).isEqualTo(Math.max(0, samples));
      if (i % 4 == 0) {
        assertThat(decoder.recover(packet, AT, length, out, 0, FRAME)).isEqualTo(FRAME);
      }
    }
    assertThat(decoder.errors()).isPositive();
    decoder.reset();
    shouldHearAToneOnThisLine();
  }

  @Test
  void shouldForgetWhatWasHeardWhenReset() {
    final short[] tone = OpusSounds.tone(700, 9_000, FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, true);
    final int length = encoder.encode(tone, 0, FRAME, packet, AT);
    encoder.close();
    final short[] first = new short[FRAME];
    final short[] second = new short[FRAME];
    final short[] afterReset = new short[FRAME];
    decoder.decode(packet, AT, length, first, 0);
    decoder.decode(packet, AT, length, second, 0);
    decoder.reset();
    decoder.decode(packet, AT, length, afterReset, 0);
    assertThat(Arrays.equals(first, second)).isFalse();
    assertThat(Arrays.equals(first, afterReset)).isTrue();
  }

  @Test
  void shouldForgetWhatWasSaidWhenReset() {
    final short[] voice = OpusSounds.voice(20 * FRAME);
    final short[] loud = OpusSounds.tone(700, 25_000, 20 * FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, true);
    final short[] fresh = throughTheLine(encoder, voice, false);
    throughTheLine(encoder, loud, false);
    encoder.reset();
    decoder.reset();
    final short[] again = throughTheLine(encoder, voice, true);
    assertThat(OpusSounds.power(again, 0, 100)).as("the end of what was said").isLessThan(100);
    assertThat(OpusSounds.correlation(fresh, 0, again, 0, voice.length)).isGreaterThan(0.99);
  }

  @Test
  void shouldGoOnForAnotherEncoderWithoutAClick() {
    final short[] voice = OpusSounds.voice(60 * FRAME);
    final OpusDecoder other = library.decoder();
    final OpusEncoder first = library.encoder(RATE_HZ, 0, false);
    final OpusEncoder second = library.encoder(RATE_HZ, 0, false);
    throughTheLine(second, OpusSounds.tone(300, 15_000, 10 * FRAME), false);
    decoder.reset();
    final short[] unbroken = new short[voice.length];
    final short[] joined = new short[voice.length];
    for (int i = 0; i < voice.length; i += FRAME) {
      if (i == 40 * FRAME) {
        second.copyFrom(first);
      }
      final int length = first.encode(voice, i, FRAME, packet, AT);
      decoder.decode(packet, AT, length, unbroken, i);
      final int joinedLength = i < 40 * FRAME ? length : second.encode(voice, i, FRAME, packet, AT);
      other.decode(packet, AT, joinedLength, joined, i);
    }
    first.close();
    second.close();
    other.close();
    final int seam = OpusSounds.largestDifference(unbroken, joined);
    System.out.printf("%s: a seam of %d%n", library.name(), seam);
    assertThat(seam).isLessThanOrEqualTo(largestSeam());
  }

  @Test
  void shouldGiveAnEmptyFrameForSamplesThatAreNone() {
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, false);
    final short[] odd = OpusSounds.voice(2 * 5_760);
    for (final int samples : new int[] {1, 959, 6_000, 2 * 5_760}) {
      final int length = encoder.encode(odd, 0, samples, packet, AT);
      assertThat(length).isOne();
      assertThat(decoder.isSilence(packet, AT, length)).isTrue();
      assertThat(decoder.decode(packet, AT, length, odd, 0)).isEqualTo(FRAME);
    }
    assertThat(encoder.errors()).isEqualTo(4);
    encoder.close();
  }

  @Test
  void shouldBeSilentAndNoneTheWorseWhenUsedOnceClosed() {
    final short[] voice = OpusSounds.voice(FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, false);
    final OpusEncoder follower = library.encoder(RATE_HZ, 0, false);
    final int length = encoder.encode(voice, 0, FRAME, packet, AT);
    decoder.close();
    decoder.close();
    encoder.close();
    encoder.close();
    assertThat(decoder.decode(packet, AT, length, voice, 0)).isEqualTo(FRAME);
    decoder.reset();
    encoder.reset();
    follower.copyFrom(encoder);
    encoder.copyFrom(follower);
    assertThat(encoder.encode(voice, 0, FRAME, packet, AT)).isPositive();
    follower.close();
  }

  /** The mean correlation of lost frames with the same frames where none was lost. */
  private double likenessOfLostFrames(final boolean fec) {
    final short[] voice = OpusSounds.voice(300 * FRAME);
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, fec);
    final OpusDecoder whole = library.decoder();
    final OpusDecoder lossy = library.decoder();
    final short[] sent = new short[voice.length];
    final short[] heard = new short[voice.length];
    double sum = 0;
    int lost = 0;
    for (int i = 0; i < voice.length; i += FRAME) {
      final int length = encoder.encode(voice, i, FRAME, packet, AT);
      whole.decode(packet, AT, length, sent, i);
      final boolean isLost = i / FRAME % 7 == 5;
      if (isLost) {
        continue;
      }
      if (i / FRAME % 7 == 6) {
        lossy.recover(packet, AT, length, heard, i - FRAME, FRAME);
        if (OpusSounds.power(sent, i - FRAME, FRAME) > 10_000) {
          sum += OpusSounds.correlation(sent, i - FRAME, heard, i - FRAME, FRAME);
          lost++;
        }
      }
      lossy.decode(packet, AT, length, heard, i);
    }
    encoder.close();
    whole.close();
    lossy.close();
    assertThat(lost).isGreaterThan(15);
    return sum / lost;
  }

  private void shouldHearAToneOnThisLine() {
    final short[] heard =
        throughTheLine(
            library.encoder(RATE_HZ, 0, false), OpusSounds.tone(1_000, 10_000, 50 * FRAME));
    assertThat(Goertzel.amplitude(heard, 25 * FRAME, 25 * FRAME, 1_000, RATE_HZ))
        .isCloseTo(10_000, within(1_000.0));
  }

  private short[] throughTheLine(final OpusEncoder encoder, final short[] sound) {
    return throughTheLine(encoder, sound, true);
  }

  private short[] throughTheLine(
      final OpusEncoder encoder, final short[] sound, final boolean close) {
    final short[] heard = new short[sound.length];
    for (int i = 0; i < sound.length; i += FRAME) {
      final int length = encoder.encode(sound, i, FRAME, packet, AT);
      assertThat(decoder.decode(packet, AT, length, heard, i)).isEqualTo(FRAME);
    }
    assertThat(encoder.errors()).isZero();
    if (close) {
      encoder.close();
    }
    return heard;
  }

  /** A far end that can do what we do not send. */
  private static io.github.jaredmdobson.concentus.OpusEncoder phone(
      final int channels, final int bitrateBps) throws OpusException {
    final io.github.jaredmdobson.concentus.OpusEncoder phone =
        new io.github.jaredmdobson.concentus.OpusEncoder(
            RATE_HZ, channels, OpusApplication.OPUS_APPLICATION_VOIP);
    phone.setBitrate(bitrateBps);
    phone.setForceChannels(channels);
    return phone;
  }

  private int send(
      final io.github.jaredmdobson.concentus.OpusEncoder phone,
      final short[] sound,
      final int from,
      final int samples)
      throws OpusException {
    final byte[] bytes = new byte[1_275];
    final int length = phone.encode(sound, from, samples, bytes, 0, bytes.length);
    packet.putBytes(AT, bytes, 0, length);
    return length;
  }
}
