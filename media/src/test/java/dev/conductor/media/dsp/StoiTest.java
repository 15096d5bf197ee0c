package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Sounds.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoiTest {
  private static final int RATE_HZ = 8_000;

  private final short[] speech = Speech.of("man-us", RATE_HZ);
  private final Stoi judge = new Stoi(speech, RATE_HZ);

  @Test
  void shouldUnderstandAllOfTheSpeechItself() {
    assertThat(judge.of(speech)).isCloseTo(1.0, within(1e-6));
  }

  @Test
  void shouldCareForNoLevel() {
    final short[] quieter = speech.clone();
    for (int i = 0; i < quieter.length; i++) {
      quieter[i] /= 4;
    }
    assertThat(judge.of(quieter)).isCloseTo(1.0, within(0.001));
  }

  @Test
  void shouldUnderstandTheLessTheLouderTheNoise() {
    double before = 1;
    for (int peak = 200; peak <= 12_800; peak *= 4) {
      final double now = judge.of(with(Sounds.noise(peak, 11)));
      System.out.printf("STOI with noise of peak %d: %.3f%n", peak, now);
      assertThat(now).isLessThan(before - 0.005);
      before = now;
    }
    assertThat(before).isLessThan(0.65);
  }

  @Test
  void shouldUnderstandLittleOfNoiseAndNothingOfSilence() {
    assertThat(judge.of(Sounds.take(Sounds.noise(5_000, 2), 0, speech.length))).isLessThan(0.45);
    assertThat(judge.of(new short[speech.length])).isCloseTo(0.0, within(0.01));
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldHearTheSameAtAnyRate(final int rateHz) {
    final short[] clean = Speech.of("man-us", rateHz);
    final short[] cut = clean.clone();
    // 20 ms of every 100 are missing.
    for (int i = 0; i < cut.length; i++) {
      if (i % (rateHz / 10) < rateHz / 50) {
        cut[i] = 0;
      }
    }
    assertThat(new Stoi(clean, rateHz).of(cut)).isCloseTo(0.84, within(0.02));
  }

  private short[] with(final Sound noise) {
    final short[] noisy = speech.clone();
    for (int i = 0; i < noisy.length; i++) {
      noisy[i] = Gain.saturate(noisy[i] + noise.at(i));
    }
    return noisy;
  }
}
