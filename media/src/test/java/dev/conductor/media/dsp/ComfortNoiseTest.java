package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComfortNoiseTest {
  private static final int FRAME_SAMPLES = 160;
  private static final int FRAMES = 500;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, 0x5DEECE66DL})
  void shouldBeAsLoudAsItSaysInEveryFrame(final long seed) {
    final ComfortNoise noise = new ComfortNoise(seed);
    final short[] frame = new short[FRAME_SAMPLES];
    for (int i = 0; i < FRAMES; i++) {
      noise.fill(frame, FRAME_SAMPLES);
      assertThat(Level.dbov(frame, 0, FRAME_SAMPLES)).isCloseTo(ComfortNoise.LEVEL_DBOV, within(2));
    }
    final short[] all = run(seed, FRAMES);
    assertThat(Level.dbov(all, 0, all.length)).isEqualTo(ComfortNoise.LEVEL_DBOV);
    assertThat(Level.peak(all, 0, all.length)).isEqualTo(ComfortNoise.PEAK);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42})
  void shouldHaveNoToneNoHumAndNoOffset(final long seed) {
    final short[] all = run(seed, FRAMES);
    final double mean = 16.5 * 16.5 / all.length * 2;
    for (int freqHz = 10; freqHz < 4_000; freqHz += 10) {
      // A band's power is spread exponentially: twenty times the mean is once in 500 million.
      assertThat(Goertzel.power(all, 0, all.length, freqHz, 8_000))
          .as("%d Hz", freqHz)
          .isLessThan(20 * mean);
    }
    long sum = 0;
    for (final short sample : all) {
      sum += sample;
    }
    assertThat((double) sum / all.length).isCloseTo(0, within(5 * 16.5 / Math.sqrt(all.length)));
  }

  @Test
  void shouldBeWhite() {
    final short[] all = run(7, FRAMES);
    for (int lag = 1; lag <= 2 * FRAME_SAMPLES; lag++) {
      double product = 0;
      for (int i = lag; i < all.length; i++) {
        product += all[i] * all[i - lag];
      }
      assertThat(product / all.length / (16.5 * 16.5))
          .as("likeness after %d samples", lag)
          .isCloseTo(0, within(5 / Math.sqrt(all.length)));
    }
  }

  @Test
  void shouldGoOnFromFrameToFrameAndDifferFromOtherSeeds() {
    final short[] whole = new short[320];
    new ComfortNoise(5).fill(whole, 320);
    assertThat(run(5, 2)).isEqualTo(whole);
    assertThat(run(6, 2)).isNotEqualTo(whole);
  }

  @Test
  void shouldOverwriteOnlyWhatItIsAskedFor() {
    final short[] out = new short[320];
    Arrays.fill(out, (short) 9_999);
    new ComfortNoise(5).fill(out, 160);
    assertThat(Level.peak(out, 0, 160)).isLessThanOrEqualTo(ComfortNoise.PEAK);
    assertThat(Arrays.copyOfRange(out, 160, 320)).containsOnly(9_999);
  }

  private static short[] run(final long seed, final int frames) {
    final ComfortNoise noise = new ComfortNoise(seed);
    final short[] all = new short[frames * FRAME_SAMPLES];
    final short[] frame = new short[FRAME_SAMPLES];
    for (int i = 0; i < frames; i++) {
      noise.fill(frame, FRAME_SAMPLES);
      System.arraycopy(frame, 0, all, i * FRAME_SAMPLES, FRAME_SAMPLES);
    }
    return all;
  }
}
