package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
  private static final int AMPLITUDE = 20_000;

  @ParameterizedTest
  @CsvSource({
    "16000,8000",
    "44100,8000",
    "48000,8000",
    "22050,8000",
    "11025,8000",
    "24000,8000",
    "8000,16000",
    "6000,8000",
    "8000,48000",
    "192000,8000",
    "8001,8000"
  })
  void shouldKeepASoundInTheBandOfBothRates(final int fromHz, final int toHz) {
    final int bandHz = Math.min(fromHz, toHz) / 2;
    for (final int percent : new int[] {5, 25, 50, 80, 88}) {
      final double freqHz = bandHz * percent / 100.0;
      final short[] in = Sounds.take(Sounds.sine(freqHz, AMPLITUDE, fromHz), 0, fromHz / 5);
      final short[] out = Resampler.resample(in, fromHz, toHz);
      assertThat(out.length).isEqualTo((int) Math.ceil(in.length * (double) toHz / fromHz));
      // Over a whole tenth of a second in the middle every such tone has whole periods, nearly.
      final int from = out.length / 5;
      final int count = out.length * 3 / 5;
      final double left = withoutTone(out, from, count, freqHz, toHz);
      assertThat(left).as("%s Hz: noise and images, dB", freqHz).isLessThan(-60);
    }
  }

  @ParameterizedTest
  @CsvSource({"16000,8000", "44100,8000", "48000,8000", "22050,8000", "11025,8000", "192000,8000"})
  void shouldFoldNothingBackFromAboveTheNewBand(final int fromHz, final int toHz) {
    for (double freqHz = toHz / 2.0 + 50; freqHz < fromHz / 2.0; freqHz *= 1.17) {
      final short[] in = Sounds.take(Sounds.sine(freqHz, AMPLITUDE, fromHz), 0, fromHz / 5);
      final short[] out = Resampler.resample(in, fromHz, toHz);
      assertThat(decibels(out, out.length / 5, out.length * 3 / 5))
          .as("%s Hz", freqHz)
          .isLessThan(-60);
    }
  }

  @Test
  void shouldGiveTheSameSamplesWhenTheRateStays() {
    final short[] in = Sounds.take(Sounds.noise(32_767, 8), 0, 500);
    assertThat(Resampler.resample(in, 8_000, 8_000)).isEqualTo(in).isNotSameAs(in);
  }

  @Test
  void shouldTakeSoundsOfAnyLength() {
    assertThat(Resampler.resample(new short[0], 16_000, 8_000)).isEmpty();
    assertThat(Resampler.resample(new short[] {5}, 48_000, 8_000)).hasSize(1);
    assertThat(Resampler.resample(new short[3], 16_000, 8_000)).hasSize(2);
  }

  @Test
  void shouldRefuseARateThatIsNone() {
    final short[] in = new short[10];
    assertThatThrownBy(() -> Resampler.resample(in, 0, 8_000))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Resampler.resample(in, 8_000, -1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * What remains, in dB below the tone, when the best-fitting sine of that frequency is removed.
   */
  private static double withoutTone(
      final short[] out, final int from, final int count, final double freqHz, final int rateHz) {
    double cc = 0;
    double cs = 0;
    double ss = 0;
    double xc = 0;
    double xs = 0;
    for (int i = 0; i < count; i++) {
      final double angle = 2 * Math.PI * freqHz * i / rateHz;
      cc += Math.cos(angle) * Math.cos(angle);
      cs += Math.cos(angle) * Math.sin(angle);
      ss += Math.sin(angle) * Math.sin(angle);
      xc += out[from + i] * Math.cos(angle);
      xs += out[from + i] * Math.sin(angle);
    }
    final double determinant = cc * ss - cs * cs;
    final double a = (xc * ss - xs * cs) / determinant;
    final double b = (xs * cc - xc * cs) / determinant;
    assertThat(Math.hypot(a, b)).as("%s Hz", freqHz).isCloseTo(AMPLITUDE, within(AMPLITUDE * 0.01));
    double left = 0;
    for (int i = 0; i < count; i++) {
      final double angle = 2 * Math.PI * freqHz * i / rateHz;
      left += Math.pow(out[from + i] - a * Math.cos(angle) - b * Math.sin(angle), 2);
    }
    return 10 * Math.log10(left / count / (AMPLITUDE * (double) AMPLITUDE / 2));
  }

  /** The power of a run, in dB against the tone that went in. */
  private static double decibels(final short[] out, final int from, final int count) {
    double sum = 0;
    for (final short sample : Arrays.copyOfRange(out, from, from + count)) {
      sum += (double) sample * sample;
    }
    return 10 * Math.log10((sum + 1e-9) / count / (AMPLITUDE * (double) AMPLITUDE / 2));
  }
}
