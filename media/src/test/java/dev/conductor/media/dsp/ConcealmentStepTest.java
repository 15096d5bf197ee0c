package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A voice that was late goes on in step with what was made up meanwhile. */
class ConcealmentStepTest {
  private static final int RATE_HZ = 8_000;
  private static final int GAP = 160;

  @ParameterizedTest
  @ValueSource(ints = {23, 37, 51, 64, 90})
  void shouldTellHowLongToGoOnUntilALateVoiceIsInStep(final int periodSamples) {
    final Concealment concealment = new Concealment(RATE_HZ);
    final Sounds.Sound voice = Sounds.sine((double) RATE_HZ / periodSamples, 8_000, RATE_HZ);
    concealment.heard(Sounds.take(voice, 0, 1_600), 0, 1_600);
    final short[] late = Sounds.take(voice, 1_600, GAP);
    assertThat(concealment.samplesToStep(late, 0, GAP)).as("without a gap").isZero();
    concealment.fill(new short[GAP], 0, GAP);

    final int more = concealment.samplesToStep(late, 0, GAP);

    final int outOfStep = (GAP + more) % periodSamples;
    assertThat(Math.min(outOfStep, periodSamples - outOfStep)).isLessThanOrEqualTo(2);
  }
}
