package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Sounds.Sound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static short[] frame(final Sound sound, final int index) {
    return Sounds.take(sound, index * FRAME_SAMPLES, FRAME_SAMPLES);
  }
}
