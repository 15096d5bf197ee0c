package dev.conductor.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.play.Tone;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whether callers can be told apart by their tones, many at once and through the codecs. */
class VoicesTest {
  private static final int WINDOW_MS = 400;
  private static final int RATE_HZ = 8_000;

  @RepeatedTest(20)
  void shouldTellTwentyCallersApart(final RepetitionInfo repetition) {
    check(20, 1_500, new SplittableRandom(repetition.getCurrentRepetition()), codec(repetition));
  }

  @RepeatedTest(20)
  void shouldTellAHundredCallersApart(final RepetitionInfo repetition) {
    check(100, 300, new SplittableRandom(repetition.getCurrentRepetition()), codec(repetition));
  }

  @Test
  void shouldKeepVoicesApartAndInTheBand() {
    for (final int count : new int[] {2, 20, 61, 100}) {
      for (int i = 0; i < count; i++) {
        assertThat(Voices.freqHz(i, count)).isBetween(300.0, 3_300.0);
        if (i > 0) {
          assertThat(Voices.freqHz(i, count) - Voices.freqHz(i - 1, count)).isGreaterThan(29.0);
        }
      }
    }
  }

  /** Half of the callers speak, in a mix that went through a codec; exactly those are found. */
  private static void check(
      final int count, final int amplitude, final SplittableRandom random, final PhoneCodec codec) {
    final boolean[] speaks = new boolean[count];
    final int[] sum = new int[RATE_HZ * WINDOW_MS / 1_000];
    for (int i = 0; i < count; i++) {
      speaks[i] = random.nextBoolean();
      if (speaks[i]) {
        final Tone tone = Voices.tone(i, count, amplitude);
        tone.fill(new short[random.nextInt(1, RATE_HZ)]);
        final short[] voice = new short[sum.length];
        tone.fill(voice);
        for (int k = 0; k < sum.length; k++) {
          sum[k] += voice[k];
        }
      }
    }
    final short[] heard = throughCodec(sum, codec);
    final IntPredicate found =
        i -> Ear.amplitude(heard, Voices.freqHz(i, count)) > Voices.threshold(amplitude);
    for (int i = 0; i < count; i++) {
      assertThat(found.test(i)).as("caller %d of %d speaks", i, count).isEqualTo(speaks[i]);
    }
  }

  private static short[] throughCodec(final int[] sum, final PhoneCodec codec) {
    final AudioEncoder encoder = codec.encoder();
    final AudioDecoder decoder = codec.decoder();
    final short[] mixed = new short[sum.length];
    for (int k = 0; k < sum.length; k++) {
      mixed[k] = Gain.saturate(sum[k]);
    }
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[mixed.length]);
    encoder.encode(mixed, 0, mixed.length, payload, 0);
    final short[] heard = new short[mixed.length];
    decoder.decode(payload, 0, mixed.length, heard, 0);
    return heard;
  }

  private static PhoneCodec codec(final RepetitionInfo repetition) {
    return repetition.getCurrentRepetition() % 2 == 0 ? PhoneCodec.PCMU : PhoneCodec.PCMA;
  }
}
