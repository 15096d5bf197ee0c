package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoiceQualityTest {
  /**
   * R worked out by hand, MOS by G.107, annex B: 93.2 is 4.41, 80 is 4.02, 70 is 3.60, 60 is 3.1.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 4.41",
    "150, 0, 4.33",
    "400, 0, 3.05",
    "0, 0.01, 4.33",
    "0, 0.05, 3.92",
    "0, 0.20, 2.62",
    "400, 1, 1.00"
  })
  void shouldGiveTheScoreOfTheModel(
      final double mouthToEarMs, final double loss, final double mos) {
    assertThat(VoiceQuality.mos(mouthToEarMs, loss)).isCloseTo(mos, Offset.offset(0.02));
  }

  @Test
  void shouldNeverRiseWithDelayOrLoss() {
    for (int i = 0; i < 100; i++) {
      assertThat(VoiceQuality.mos(10.0 * (i + 1), 0))
          .isLessThanOrEqualTo(VoiceQuality.mos(10.0 * i, 0));
      assertThat(VoiceQuality.mos(0, (i + 1) / 100.0))
          .isLessThanOrEqualTo(VoiceQuality.mos(0, i / 100.0));
    }
  }
}
