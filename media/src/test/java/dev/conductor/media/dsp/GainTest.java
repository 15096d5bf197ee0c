package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GainTest {
  @ParameterizedTest
  @ValueSource(ints = {-4, -3, -2, -1, 0, 1, 2, 3, 4})
  void shouldGoInEvenStepsOfThreeDecibels(final int steps) {
    final double db = 20 * Math.log10(Gain.factorQ15(steps) / (double) Gain.UNITY_Q15);
    assertThat(db).isCloseTo(3.0 * steps, within(0.001));
  }

  @Test
  void shouldChangeNothingAtStepZero() {
    for (int sample = -300_000; sample <= 300_000; sample++) {
      assertThat(Gain.apply(sample, Gain.factorQ15(0))).isEqualTo(sample);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-4, -3, -2, -1, 1, 2, 3, 4})
  void shouldRoundToTheNearestAndTreatBothSignsAlike(final int steps) {
    final int factor = Gain.factorQ15(steps);
    for (int sample = 0; sample <= 70_000; sample++) {
      final int louder = Gain.apply(sample, factor);
      assertThat(louder).isEqualTo((int) Math.round((double) sample * factor / Gain.UNITY_Q15));
      assertThat(Gain.apply(-sample, factor)).isEqualTo(-louder);
    }
  }

  @Test
  void shouldNotOverflowAtTheLoudestSum() {
    assertThat(Gain.apply(500_000_000, Gain.factorQ15(4)))
        .isEqualTo((int) Math.round(500_000_000.0 * Gain.factorQ15(4) / Gain.UNITY_Q15));
  }

  @Test
  void shouldSaturateAlikeAtBothEnds() {
    assertThat(Gain.saturate(32_767)).isEqualTo((short) 32_767);
    assertThat(Gain.saturate(32_768)).isEqualTo((short) 32_767);
    assertThat(Gain.saturate(Integer.MAX_VALUE)).isEqualTo((short) 32_767);
    assertThat(Gain.saturate(-32_768)).isEqualTo((short) -32_767);
    assertThat(Gain.saturate(Integer.MIN_VALUE)).isEqualTo((short) -32_767);
    assertThat(Gain.saturate(-5)).isEqualTo((short) -5);
  }
}
