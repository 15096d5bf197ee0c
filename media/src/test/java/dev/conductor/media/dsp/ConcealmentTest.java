package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Sounds.Sound;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcealmentTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAME_SAMPLES = 160;

  private final Concealment concealment = new Concealment(RATE_HZ);
  private final short[] filled = new short[FRAME_SAMPLES];

  @Test
  void shouldLeaveAVoiceWithoutGapsAsItIs() {
    final Sound voice = Sounds.noise(20_000, 3);
    for (int i = 0; i < 20; i++) {
      final short[] frame = frame(voice, i);
      concealment.heard(frame, 0, FRAME_SAMPLES);
      assertThat(frame).isEqualTo(frame(voice, i));
    }
  }

  @Test
  void shouldFillWithSilenceWhenNothingWasHeardBefore() {
    concealment.fill(filled, 0, FRAME_SAMPLES);
    assertThat(filled).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {80, 100, 160, 200, 250, 400})
  void shouldContinueAVoicedSoundInStep(final double pitchHz) {
    final Sound voice =
        Sounds.sum(Sounds.sine(pitchHz, 6_000, RATE_HZ), Sounds.sine(3 * pitchHz, 2_000, RATE_HZ));
    for (int i = 0; i < 5; i++) {
      concealment.heard(frame(voice, i), 0, FRAME_SAMPLES);
    }
    concealment.fill(filled, 0, FRAME_SAMPLES);
    final short[] truth = frame(voice, 5);
    // In step: what is made up differs from what was lost by little more than the fade.
    double error = 0;
    double power = 0;
    for (int i = 0; i < FRAME_SAMPLES / 2; i++) {
      error += Math.pow(filled[i] - truth[i], 2);
      power += Math.pow(truth[i], 2);
    }
    assertThat(error / power).isLessThan(0.05);
  }

  @Test
  void shouldFadeToSilenceOverSixtyMilliseconds() {
    final Sound voice = Sounds.sine(200, 10_000, RATE_HZ);
    for (int i = 0; i < 5; i++) {
      concealment.heard(frame(voice, i), 0, FRAME_SAMPLES);
    }
    int before = Integer.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      concealment.fill(filled, 0, FRAME_SAMPLES);
      final int peak = Level.peak(filled, 0, FRAME_SAMPLES);
      assertThat(peak).isBetween(1, before - 1_000);
      before = peak;
    }
    assertThat(Math.abs(filled[FRAME_SAMPLES - 1])).isLessThan((short) 100);
    for (int i = 0; i < 1_000; i++) {
      concealment.fill(filled, 0, FRAME_SAMPLES);
      assertThat(filled).containsOnly(0);
    }
  }

  @Test
  void shouldJoinTheReturningVoiceWithoutAJump() {
    final Sound voice = Sounds.sine(200, 10_000, RATE_HZ);
    for (int i = 0; i < 5; i++) {
      concealment.heard(frame(voice, i), 0, FRAME_SAMPLES);
    }
    concealment.fill(filled, 0, FRAME_SAMPLES);
    // It comes back in the opposite phase, the worst case.
    final short[] back = Sounds.take(Sounds.sine(200, -10_000, RATE_HZ), 0, FRAME_SAMPLES);
    final short[] original = back.clone();
    concealment.heard(back, 0, FRAME_SAMPLES);
    final int steepest = 10_000 * 2;
    assertThat(Math.abs(back[0] - filled[FRAME_SAMPLES - 1])).isLessThan(steepest / 10);
    for (int i = 1; i < FRAME_SAMPLES; i++) {
      assertThat(Math.abs(back[i] - back[i - 1])).isLessThan(steepest / 8);
    }
    for (int i = 80; i < FRAME_SAMPLES; i++) {
      assertThat(back[i]).isEqualTo(original[i]);
    }
  }

  /**
   * A packet was cut in two: only a line that can be told of whole frames costs as little as any.
   */
  @Test
  void shouldBeToldOfWholeFramesAgainAfterAPartOfOne() {
    final short[] frame = new short[FRAME_SAMPLES];
    concealment.heard(frame, 0, FRAME_SAMPLES / 3);
    assertThat(concealment.framesAtOnce()).isZero();
    concealment.beginFrame();
    concealment.heard(frame, 0, FRAME_SAMPLES);
    assertThat(concealment.framesAtOnce()).isPositive();
  }

  @Test
  void shouldNeverExceedWhatWasHeard() {
    final Sound voice = Sounds.noise(12_000, 5);
    for (int i = 0; i < 5; i++) {
      concealment.heard(frame(voice, i), 0, FRAME_SAMPLES);
    }
    for (int i = 0; i < 4; i++) {
      concealment.fill(filled, 0, FRAME_SAMPLES);
      assertThat(Level.peak(filled, 0, FRAME_SAMPLES)).isLessThanOrEqualTo(13_000);
    }
  }

  @Test
  void shouldRepeatNothingOfAStreamThatWasReset() {
    concealment.heard(frame(Sounds.sine(200, 10_000, RATE_HZ), 0), 0, FRAME_SAMPLES);
    concealment.fill(filled, 0, FRAME_SAMPLES);
    concealment.reset();
    final short[] frame = frame(Sounds.noise(900, 1), 0);
    concealment.heard(frame, 0, FRAME_SAMPLES);
    assertThat(frame).isEqualTo(frame(Sounds.noise(900, 1), 0));
    concealment.reset();
    concealment.fill(filled, 0, FRAME_SAMPLES);
    assertThat(filled).containsOnly(0);
  }

  @Test
  void shouldNotCareInWhatPiecesTheVoiceComes() {
    final long seed = System.nanoTime();
    System.out.println("pieces of seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    // With noise, whose level is another if it is measured elsewhere by so much as a sample.
    final short[] speech = Speech.of("woman-gb", RATE_HZ);
    final short[] noise = Sounds.take(Sounds.noise(200, 6), 0, speech.length);
    for (int i = 0; i < speech.length; i++) {
      speech[i] = (short) (speech[i] / 2 + noise[i]);
    }
    final Concealment other = new Concealment(RATE_HZ);
    for (int at = 0; at + 1_000 <= speech.length; ) {
      final int frames = random.nextInt(1, 6);
      final int count = random.nextBoolean() ? random.nextInt(1, 1_000) : frames * FRAME_SAMPLES;
      final boolean lost = random.nextInt(4) == 0;
      final short[] whole = Arrays.copyOfRange(speech, at, at + count);
      final short[] pieces = whole.clone();
      give(concealment, lost, whole, 0, count);
      for (int done = 0; done < count; ) {
        final int piece = random.nextInt(1, count - done + 1);
        give(other, lost, pieces, done, piece);
        done += piece;
      }
      assertThat(Arrays.equals(pieces, whole)).as("the same from sample %d on", at).isTrue();
      at += count;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldFadeToTheNoiseOfTheLine(final int rateHz) {
    final int frame = rateHz / 50;
    final Sound noise = Sounds.noise(200, 4);
    final Sound talk = Sounds.keyed(Sounds.sine(220, 9_000, rateHz), 1.5, rateHz);
    final Sound voice = Sounds.sum(talk, noise);
    final Concealment line = new Concealment(rateHz);
    line.heard(Sounds.take(voice, 0, 2 * rateHz), 0, 2 * rateHz);
    final short[] gap = new short[50 * frame];
    line.fill(gap, 0, gap.length);
    assertThat(Sounds.rms(gap, 0, frame / 2)).isGreaterThan(5_000);
    final double noiseRms = Sounds.rms(Sounds.take(noise, 0, rateHz), 0, rateHz);
    for (int at = 3 * frame; at < gap.length; at += frame) {
      assertThat(Sounds.rms(gap, at, frame)).isBetween(noiseRms / 1.4, noiseRms * 1.4);
    }
    final short[] faded = Arrays.copyOfRange(gap, 3 * frame, gap.length);
    assertThat(Sounds.purity(faded, 220, rateHz)).isLessThan(0.05);
    assertThat(likenessOfHalves(faded)).isBetween(-0.2, 0.2);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldFadeToLittleNoiseWhenTheLineIsNothingButATone(final int rateHz) {
    final Concealment line = new Concealment(rateHz);
    line.heard(Sounds.take(Sounds.sine(440, 10_000, rateHz), 0, 4 * rateHz), 0, 4 * rateHz);
    final short[] gap = new short[rateHz];
    line.fill(gap, 0, gap.length);
    assertThat(Sounds.rms(gap, rateHz / 2, rateHz / 2)).isLessThan(350);
  }

  @ParameterizedTest
  @CsvSource({"8000, 440", "8000, 1004", "16000, 440", "16000, 2500", "48000, 440", "48000, 7000"})
  void shouldKeepAToneAtItsPitch(final int rateHz, final double freqHz) {
    final Concealment line = new Concealment(rateHz);
    final int before = rateHz / 10;
    final Sound tone = Sounds.sine(freqHz, 10_000, rateHz);
    final short[] heard = Sounds.take(tone, 0, 2 * before);
    line.heard(heard, 0, before);
    line.fill(heard, before, rateHz / 50);
    final int back = before + rateHz / 50;
    line.heard(heard, back, heard.length - back);
    // A fade of a fifth is in it; a tone that jumps out of its phase would lose much more.
    assertThat(Sounds.purity(heard, freqHz, rateHz)).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"16000, 6000", "48000, 14000"})
  void shouldKeepAWideVoiceWide(final int rateHz, final double highHz) {
    final Concealment line = new Concealment(rateHz);
    final Sound voice =
        Sounds.sum(Sounds.sine(200, 6_000, rateHz), Sounds.sine(highHz, 3_000, rateHz));
    line.heard(Sounds.take(voice, 0, rateHz / 10), 0, rateHz / 10);
    final short[] gap = new short[rateHz / 50];
    line.fill(gap, 0, gap.length);
    // A fifth of the power was high.
    assertThat(Sounds.purity(gap, highHz, rateHz)).isBetween(0.16, 0.24);
  }

  @ParameterizedTest
  @CsvSource({"8000, man-us", "8000, woman-us", "16000, man-gb", "16000, woman-gb"})
  void shouldNotClickWhereAGapBeginsOrEnds(final int rateHz, final String speaker) {
    final int frame = rateHz / 50;
    final int near = 2 * frame;
    final short[] speech = Speech.of(speaker, rateHz);
    final SplittableRandom random = new SplittableRandom(7);
    final Concealment line = new Concealment(rateHz);
    final short[] heard = speech.clone();
    double worst = 0;
    final BitSet lost = new BitSet();
    for (int at = 0; at + frame <= speech.length; at += frame) {
      lost.set(at / frame, random.nextInt(5) == 0);
      give(line, lost.get(at / frame), heard, at, frame);
    }
    for (int at = near; at + near <= speech.length; at += frame) {
      final int usual = Math.max(steepest(heard, at - near, at), steepest(heard, at, at + near));
      if (lost.get(at / frame) != lost.get(at / frame - 1)) {
        worst = Math.max(worst, Math.abs(heard[at] - heard[at - 1]) / (usual + 50.0));
      }
    }
    System.out.printf(
        Locale.ROOT, "Steepest seam of %s: %.2f of the steepest near it%n", speaker, worst);
    assertThat(worst).isLessThan(1.2);
  }

  @Test
  void shouldNotStepWhereAVoiceThatSwellsIsRepeated() {
    final int count = 820;
    final short[] heard = new short[count];
    for (int i = 0; i < count; i++) {
      // 100 Hz, each period half as loud again as the one before; the gap comes at a peak.
      final double swell = Math.pow(1.5, (i - count) / 80.0);
      heard[i] = (short) (12_000 * swell * Math.sin(2 * Math.PI * i / 80.0));
    }
    final int usual = steepest(heard, count - 80, count);
    concealment.heard(heard, 0, count);
    concealment.fill(filled, 0, FRAME_SAMPLES);
    assertThat(Math.abs(filled[0] - heard[count - 1])).isLessThan(usual * 3 / 2);
    assertThat(steepest(filled, 0, FRAME_SAMPLES)).isLessThan(usual * 3 / 2);
  }

  @ParameterizedTest
  @CsvSource({"20, 20, 32", "60, 60, 80", "1000, 60, 80"})
  void shouldJoinTheLongerTheLongerTheGapWas(final int gapMs, final int least, final int most) {
    final Sound voice = Sounds.sine(200, 10_000, RATE_HZ);
    concealment.heard(Sounds.take(voice, 0, 800), 0, 800);
    final short[] gap = new short[RATE_HZ / 1_000 * gapMs];
    concealment.fill(gap, 0, gap.length);
    final short[] back = Sounds.take(Sounds.sine(200, -10_000, RATE_HZ), 7, FRAME_SAMPLES);
    final short[] original = back.clone();
    concealment.heard(back, 0, FRAME_SAMPLES);
    int joined = FRAME_SAMPLES;
    while (back[joined - 1] == original[joined - 1]) {
      joined--;
    }
    assertThat(joined).isBetween(least, most);
  }

  @Test
  void shouldForgetTheNoiseOfALineThatWasReset() {
    concealment.heard(Sounds.take(Sounds.noise(300, 1), 0, 3 * RATE_HZ), 0, 3 * RATE_HZ);
    concealment.reset();
    concealment.fill(filled, 0, FRAME_SAMPLES);
    assertThat(filled).containsOnly(0);
  }

  private static void give(
      final Concealment to, final boolean lost, final short[] samples, final int at, final int n) {
    if (lost) {
      to.fill(samples, at, n);
    } else {
      to.heard(samples, at, n);
    }
  }

  private static int steepest(final short[] samples, final int from, final int to) {
    int steepest = 0;
    for (int i = from + 1; i < to; i++) {
      steepest = Math.max(steepest, Math.abs(samples[i] - samples[i - 1]));
    }
    return steepest;
  }

  private static double likenessOfHalves(final short[] samples) {
    final int half = samples.length / 2;
    double product = 0;
    for (int i = 0; i < half; i++) {
      product += (double) samples[i] * samples[half + i];
    }
    return product / half / Sounds.rms(samples, 0, half) / Sounds.rms(samples, half, half);
  }

  private static short[] frame(final Sound sound, final int index) {
    return Sounds.take(sound, index * FRAME_SAMPLES, FRAME_SAMPLES);
  }
}
