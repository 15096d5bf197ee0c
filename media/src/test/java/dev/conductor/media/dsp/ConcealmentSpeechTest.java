package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.LossyLine.Filler;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of the project's own speech is understood when packets are lost. */
class ConcealmentSpeechTest {
  private static final int SEEDS = 40;

  private static final List<short[]> SPEECH =
      Speech.SPEAKERS.stream().map(name -> Speech.of(name, LossyLine.RATE_HZ)).toList();
  private static final List<Stoi> JUDGES =
      SPEECH.stream().map(speech -> new Stoi(speech, LossyLine.RATE_HZ)).toList();

  @ParameterizedTest
  @CsvSource({"0.05, 0.45", "0.10, 0.40", "0.20, 0.40"})
  void shouldMakeUpForLossAtLeastAsWellAsPlainRepetition(final double loss, final double share) {
    final double silence = intelligibility(loss, LossyLine::silence);
    final double plain = intelligibility(loss, LossyLine::pitchRepetition);
    final double ours = intelligibility(loss, LossyLine::concealment);
    final double gained = (ours - silence) / (1 - silence);
    System.out.printf(
        Locale.ROOT,
        "STOI at %2.0f %% loss, seeds 0 to %d: silence %.4f, plain %.4f, ours %.4f: %.0f %% of the"
            + " way from silence to 1%n",
        100 * loss,
        SEEDS - 1,
        silence,
        plain,
        ours,
        100 * gained);
    assertThat(ours).isGreaterThanOrEqualTo(plain - 0.003);
    assertThat(gained).isGreaterThanOrEqualTo(share);
  }

  private static double intelligibility(final double loss, final Supplier<Filler> fillers) {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      final int speaker = seed % SPEECH.size();
      final short[] heard = LossyLine.send(SPEECH.get(speaker), loss, seed, fillers.get());
      sum += JUDGES.get(speaker).of(heard);
    }
    return sum / SEEDS;
  }
}
