package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Sounds.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {
  private static final int RATE_HZ = 8_000;
  private static final int COUNT = 320;

  private final TimeScale scale = new TimeScale(RATE_HZ);

  @ParameterizedTest
  @ValueSource(doubles = {80, 100, 160, 250, 400, 1_000})
  void shouldTakeOutAndPutInOnePeriodOfAVoice(final double pitchHz) {
    final Sound voice =
        Sounds.sum(Sounds.sine(pitchHz, 6_000, RATE_HZ), Sounds.sine(3 * pitchHz, 2_000, RATE_HZ));
    final short[] samples = Sounds.take(voice, 0, 2 * COUNT);
    final int less = scale.shrink(samples, 0, COUNT);
    assertThat(COUNT - less).isBetween(20, 120);
    final short[] others = Sounds.take(voice, 0, 2 * COUNT);
    final int more = scale.stretch(others, 0, COUNT, others.length);
    assertThat(more - COUNT).isBetween(20, 120);
  }

  @Test
  void shouldLeaveNoiseOfAVoiceAlone() {
    final short[] noise = Sounds.take(Sounds.noise(10_000, 7), 0, 2 * COUNT);
    assertThat(scale.shrink(noise, 0, COUNT)).isEqualTo(COUNT);
    assertThat(scale.stretch(noise, 0, COUNT, noise.length)).isEqualTo(COUNT);
    assertThat(noise).isEqualTo(Sounds.take(Sounds.noise(10_000, 7), 0, 2 * COUNT));
  }
}
