package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoLevelTest {
  private static final int FRAMES_A_SECOND = 1_000 / RatePlane.FRAME_MS;

  private final AutoLevel level = new AutoLevel();

  @Test
  void shouldBeginWithoutAGain() {
    assertThat(level.gainQ15()).isEqualTo(Gain.UNITY_Q15);
  }

  @ParameterizedTest
  @CsvSource({"-26,0", "-36,10", "-21,-5", "-34,8", "-38,12", "-50,12", "-20,-6", "-3,-6", "0,-6"})
  void shouldBringASpeakerToTheTargetAsFarAsItGoes(final int speechDb, final int gainDb) {
    speak(speechDb, 20);
    // Rests within a decibel.
    assertThat(gainDb()).isCloseTo(gainDb, within(1.2));
  }

  @Test
  void shouldBringASoftAndALoudSpeakerTogether() {
    final AutoLevel loud = new AutoLevel();
    for (int i = 0; i < 20 * FRAMES_A_SECOND; i++) {
      loud.onFrame(syllables(-21, i), true);
    }
    speak(-36, 20);
    final double apart = (-21 + inDb(loud.gainQ15())) - (-36 + gainDb());
    assertThat(Math.abs(apart)).isLessThan(2.5);
  }

  @ParameterizedTest
  @ValueSource(ints = {-60, -45, -35, -26, -15, -5, 0})
  void shouldMoveSlowlyWhateverComesNext(final int nextDb) {
    for (final int firstDb : new int[] {-45, -26, -10}) {
      level.reset();
      speak(firstDb, 10);
      for (int i = 0; i < 5 * FRAMES_A_SECOND; i++) {
        final double before = gainDb();
        level.onFrame(nextDb, true);
        assertThat(gainDb() - before).isBetween(-6.2 / FRAMES_A_SECOND, 3.1 / FRAMES_A_SECOND);
      }
    }
  }

  @Test
  void shouldNotPumpBetweenWordsOrInPauses() {
    speak(-35, 20);
    final double settled = gainDb();
    for (int i = 0; i < 60 * FRAMES_A_SECOND; i++) {
      // A breath of 700 ms every three seconds, in which he still counts as talking.
      final boolean breath = i % 150 >= 115;
      level.onFrame(breath ? -53 : syllables(-35, i), true);
      assertThat(gainDb()).isCloseTo(settled, within(1.5));
    }
  }

  @Test
  void shouldRestOnceItIsThere() {
    speak(-35, 20);
    final double settled = gainDb();
    for (int i = 0; i < 60 * FRAMES_A_SECOND; i++) {
      level.onFrame(syllables(-35, i), true);
      assertThat(gainDb()).isCloseTo(settled, within(0.5));
    }
  }

  @Test
  void shouldNotFollowASingleShout() {
    speak(-26, 20);
    final double settled = gainDb();
    for (int i = 0; i < 5; i++) {
      level.onFrame(-6, true);
    }
    speak(-26, 0.3);
    assertThat(gainDb()).isCloseTo(settled, within(3.0));
    speak(-26, 15);
    assertThat(gainDb()).isCloseTo(0, within(1.4));
  }

  @Test
  void shouldFreezeWhileNobodyTalks() {
    speak(-36, 20);
    final int before = level.gainQ15();
    final SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 600 * FRAMES_A_SECOND; i++) {
      level.onFrame(-random.nextInt(128), false);
      assertThat(level.gainQ15()).isEqualTo(before);
    }
    speak(-36, 5);
    assertThat(gainDb()).isCloseTo(inDb(before), within(1.0));
  }

  @Test
  void shouldNotRaiseTheNoiseOfALineThatCountsAsTalking() {
    for (int i = 0; i < 60 * FRAMES_A_SECOND; i++) {
      level.onFrame(-57, true);
    }
    assertThat(level.gainQ15()).isEqualTo(Gain.UNITY_Q15);
  }

  @Test
  void shouldFollowASpeakerWhoTurnsMuchSofter() {
    speak(-16, 20);
    assertThat(gainDb()).isCloseTo(-6, within(1.1));
    speak(-44, 40);
    assertThat(gainDb()).isCloseTo(12, within(1.1));
    speak(-16, 5);
    assertThat(gainDb()).isCloseTo(-6, within(1.1));
  }

  @Test
  void shouldForgetTheSpeakerWhenReset() {
    speak(-40, 20);
    level.reset();
    assertThat(level.gainQ15()).isEqualTo(Gain.UNITY_Q15);
    level.onFrame(-26, true);
    assertThat(level.gainQ15()).isEqualTo(Gain.UNITY_Q15);
  }

  @RepeatedTest(20)
  void shouldKeepWithinItsBoundsWhateverComes(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    for (int i = 0; i < 20_000; i++) {
      final int base = random.nextInt(128);
      for (int j = random.nextInt(300); j >= 0; j--) {
        level.onFrame(-Math.min(127, base + random.nextInt(20)), random.nextInt(8) > 0);
        assertThat(gainDb()).isBetween(-6.01, 12.01);
      }
      i += 150;
    }
  }

  private void speak(final int speechDb, final double seconds) {
    for (int i = 0; i < seconds * FRAMES_A_SECOND; i++) {
      level.onFrame(syllables(speechDb, i), true);
    }
  }

  /** Syllables of 160 ms whose power is that on average over them, 60 ms of pause between. */
  private static int syllables(final int speechDb, final int frame) {
    final int[] shape = {-6, -1, 2, 3, 2, -1, -6, -10};
    final int inSyllable = frame % (shape.length + 3);
    return inSyllable < shape.length
        ? Math.max(-127, Math.min(0, speechDb + shape[inSyllable]))
        : -70;
  }

  private double gainDb() {
    return inDb(level.gainQ15());
  }

  private static double inDb(final int gainQ15) {
    return 20 * Math.log10(gainQ15 / 32_768.0);
  }
}
