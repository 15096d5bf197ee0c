package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.dsp.RatePlane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClipTest {
  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 16_000, 22_050, 44_100, 48_000})
  void shouldSoundTheSameAndAsLongOnEveryPlane(final int rateHz) {
    final short[] samples = new short[rateHz + 7];
    Tone.steady(1_000, 5_000, rateHz).fill(samples);
    final Clip clip = new Clip("tone", rateHz, samples);
    for (final RatePlane plane : RatePlane.values()) {
      final short[] heard = clip.samples(plane);
      final int perNarrow = plane.rateHz() / RatePlane.NARROW.rateHz();
      assertThat(heard).hasSize(clip.narrowSamples() * perNarrow);
      assertThat(Goertzel.amplitude(heard, 0, plane.rateHz(), 1_000, plane.rateHz()))
          .as("%d Hz at %s", rateHz, plane)
          .isCloseTo(5_000, within(30.0));
    }
    assertThat(clip.durationMs()).isBetween(1_000L, 1_002L);
  }

  @ParameterizedTest
  @ValueSource(ints = {16_000, 48_000})
  void shouldKeepWhatAPlaneCanHold(final int rateHz) {
    final short[] samples = new short[rateHz];
    Tone.steady(6_000, 5_000, rateHz).fill(samples);
    final Clip clip = new Clip("high", rateHz, samples);
    assertThat(Goertzel.amplitude(clip.samples(RatePlane.NARROW), 800, 6_400, 2_000, 8_000))
        .as("folded back")
        .isLessThan(5);
    assertThat(Goertzel.amplitude(clip.samples(RatePlane.WIDE), 0, 16_000, 6_000, 16_000))
        .isCloseTo(5_000, within(30.0));
    assertThat(Goertzel.amplitude(clip.samples(RatePlane.FULL), 0, 48_000, 6_000, 48_000))
        .isCloseTo(5_000, within(30.0));
  }
}
