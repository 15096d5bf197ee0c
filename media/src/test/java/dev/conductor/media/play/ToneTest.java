package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.dsp.Level;
import dev.conductor.media.dsp.VoiceActivity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToneTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAME_SAMPLES = 160;

  @Test
  void shouldSoundWithoutASeamFromFrameToFrame() {
    final short[] second = frames(Tone.steady(440, 9_000), 50);
    assertThat(Goertzel.amplitude(second, 0, second.length, 440, RATE_HZ))
        .isCloseTo(9_000, within(5.0));
    assertThat(Level.peak(second, 0, second.length)).isLessThanOrEqualTo(9_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {16_000, 48_000})
  void shouldSoundAndPauseTheSameAtOtherRates(final int rateHz) {
    final short[] steady = new short[rateHz];
    Tone.steady(440, 9_000, rateHz).fill(steady);
    assertThat(Goertzel.amplitude(steady, 0, rateHz, 440, rateHz)).isCloseTo(9_000, within(5.0));
    final short[] keyed = new short[rateHz];
    Tone.keyed(1_000, 9_000, 4, rateHz).fill(keyed);
    assertThat(Level.peak(keyed, rateHz / 4, rateHz / 8)).isZero();
    assertThat(Goertzel.amplitude(keyed, rateHz * 5 / 32, rateHz / 20, 1_000, rateHz))
        .isCloseTo(9_000, within(30.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 4, 5})
  void shouldPauseHalfOfEachPeriodWhenKeyed(final double keyingHz) {
    final short[] samples = frames(Tone.keyed(1_000, 9_000, keyingHz), 100);
    final int period = (int) Math.round(RATE_HZ / keyingHz);
    for (int start = 0; start + period <= samples.length; start += period) {
      assertThat(Level.peak(samples, start, period / 2)).isZero();
      assertThat(Goertzel.amplitude(samples, start + period * 5 / 8, 400, 1_000, RATE_HZ))
          .isCloseTo(9_000, within(30.0));
    }
  }

  @Test
  void shouldNotSplashOverOtherTonesWhenKeyed() {
    final short[] samples = frames(Tone.keyed(1_000, 9_000, 4), 200);
    for (int freqHz = 200; freqHz < 4_000; freqHz += 50) {
      if (Math.abs(freqHz - 1_000) >= 200) {
        for (int at = 0; at + 800 <= samples.length; at += 800) {
          assertThat(Goertzel.amplitude(samples, at, 800, freqHz, RATE_HZ))
              .as("%d Hz at %d", freqHz, at)
              .isLessThan(9_000 * 0.02);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 4, 5})
  void shouldCountAsTalkWhenKeyed(final double keyingHz) {
    final VoiceActivity activity = new VoiceActivity(100);
    final Tone tone = Tone.keyed(700, 3_000, keyingHz);
    final short[] frame = new short[FRAME_SAMPLES];
    for (int i = 0; i < 25; i++) {
      tone.fill(frame);
      activity.onFrame(frame, FRAME_SAMPLES);
    }
    for (int i = 0; i < 200; i++) {
      tone.fill(frame);
      activity.onFrame(frame, FRAME_SAMPLES);
      assertThat(activity.isTalking()).isTrue();
    }
  }

  private static short[] frames(final Tone tone, final int count) {
    final short[] samples = new short[count * FRAME_SAMPLES];
    final short[] frame = new short[FRAME_SAMPLES];
    for (int i = 0; i < count; i++) {
      tone.fill(frame);
      System.arraycopy(frame, 0, samples, i * FRAME_SAMPLES, FRAME_SAMPLES);
    }
    return samples;
  }
}
