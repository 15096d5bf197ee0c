package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelAndGoertzelTest {
  private static final int RATE_HZ = 8_000;

  @Test
  void shouldMeasureOnlyTheSamplesAskedFor() {
    final short[] samples = {9_999, -3, 4, -8, 9_999};
    assertThat(Level.sumAbsolute(samples, 1, 3)).isEqualTo(15);
    assertThat(Level.meanAbsolute(samples, 1, 3)).isEqualTo(5);
    assertThat(Level.peak(samples, 1, 3)).isEqualTo(8);
    assertThat(Level.meanAbsolute(samples, 1, 0)).isZero();
  }

  @Test
  void shouldMeasureTheMostNegativeSample() {
    final short[] samples = {Short.MIN_VALUE, Short.MIN_VALUE};
    assertThat(Level.meanAbsolute(samples, 0, 2)).isEqualTo(32_768);
    assertThat(Level.peak(samples, 0, 2)).isEqualTo(32_768);
    assertThat(Level.dbov(samples, 0, 2)).isZero();
  }

  @Test
  void shouldTellDecibelsBelowOverload() {
    assertThat(Level.dbov(new short[160], 0, 160)).isEqualTo(-127);
    assertThat(Level.dbov(sine(1_000, 32_767, 160), 0, 160)).isEqualTo(-3);
    assertThat(Level.dbov(sine(1_000, 3_277, 160), 0, 160)).isEqualTo(-23);
    final short[] faintest = new short[160];
    faintest[7] = 1;
    assertThat(Level.dbov(faintest, 0, 160)).isEqualTo(-112);
    final short[] full = new short[1_000_000];
    Arrays.fill(full, (short) 32_767);
    assertThat(Level.dbov(full, 0, full.length)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {200, 450, 1_000, 2_350, 3_900})
  void shouldFindTheAmplitudeOfASine(final double freqHz) {
    final short[] samples = sine(freqHz, 5_000, 800);
    assertThat(Goertzel.amplitude(samples, 0, 800, freqHz, RATE_HZ)).isCloseTo(5_000, within(10.0));
    assertThat(Goertzel.power(samples, 0, 800, freqHz, RATE_HZ))
        .isCloseTo(12_500_000, within(50_000.0));
  }

  @Test
  void shouldNotHearANeighbourWholeBinsAway() {
    final short[] samples = sine(500, 5_000, 160);
    assertThat(Goertzel.amplitude(samples, 0, 160, 550, RATE_HZ)).isLessThan(2);
    assertThat(Goertzel.amplitude(samples, 0, 160, 1_500, RATE_HZ)).isLessThan(2);
    assertThat(Goertzel.power(new short[160], 0, 160, 500, RATE_HZ)).isZero();
    assertThat(Goertzel.power(samples, 0, 0, 500, RATE_HZ)).isZero();
  }

  @Test
  void shouldLookOnlyWhereItIsTold() {
    final short[] samples = new short[480];
    System.arraycopy(sine(800, 4_000, 160), 0, samples, 160, 160);
    assertThat(Goertzel.amplitude(samples, 0, 160, 800, RATE_HZ)).isZero();
    assertThat(Goertzel.amplitude(samples, 160, 160, 800, RATE_HZ)).isCloseTo(4_000, within(10.0));
    assertThat(Goertzel.amplitude(samples, 320, 160, 800, RATE_HZ)).isZero();
  }

  private static short[] sine(final double freqHz, final int amplitude, final int count) {
    return Sounds.take(Sounds.sine(freqHz, amplitude, RATE_HZ), 0, count);
  }
}
