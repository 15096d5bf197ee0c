package dev.conductor.media.dsp;

import static dev.conductor.media.dsp.Sounds.keyed;
import static dev.conductor.media.dsp.Sounds.noise;
import static dev.conductor.media.dsp.Sounds.silence;
import static dev.conductor.media.dsp.Sounds.sine;
import static dev.conductor.media.dsp.Sounds.sum;
import static dev.conductor.media.dsp.Sounds.take;
import static dev.conductor.media.dsp.Sounds.then;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Sounds.Sound;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TalkDetectorTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAME_SAMPLES = 160;
  private static final int FRAMES_A_SECOND = 50;
  private static final int DEFAULT_ENERGY = 100;

  private final VoiceActivity detector = new VoiceActivity(DEFAULT_ENERGY);

  static Stream<Arguments> soundsFromTheStart() {
    final Sound loudNoise = noise(2_000, 1);
    return Stream.of(
        Arguments.of("silence", silence(), false),
        Arguments.of("steady tone", sine(440, 8_000, RATE_HZ), false),
        Arguments.of("steady tone at 0 dBm0", sine(1_004, 22_300, RATE_HZ), false),
        Arguments.of("faint tone", sine(300, 150, RATE_HZ), false),
        Arguments.of(
            "two steady tones", sum(sine(350, 6_000, RATE_HZ), sine(440, 6_000, RATE_HZ)), false),
        Arguments.of("faint white noise", noise(150, 2), false),
        Arguments.of("white noise", loudNoise, false),
        Arguments.of("very loud white noise", noise(9_000, 3), false),
        Arguments.of("tone keyed at 3 Hz", keyed(sine(500, 3_000, RATE_HZ), 3, RATE_HZ), true),
        Arguments.of("tone keyed at 4 Hz", keyed(sine(1_200, 3_000, RATE_HZ), 4, RATE_HZ), true),
        Arguments.of("tone keyed at 5 Hz", keyed(sine(2_000, 8_000, RATE_HZ), 5, RATE_HZ), true),
        Arguments.of(
            "faint keyed tone under the threshold",
            keyed(sine(500, 140, RATE_HZ), 4, RATE_HZ),
            false),
        Arguments.of(
            "keyed tone over noise",
            sum(loudNoise, keyed(sine(500, 8_000, RATE_HZ), 4, RATE_HZ)),
            true),
        Arguments.of(
            "keyed tone lost in noise",
            sum(loudNoise, keyed(sine(500, 1_000, RATE_HZ), 4, RATE_HZ)),
            false),
        Arguments.of("speech-like bursts", speechLike(), true));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("soundsFromTheStart")
  void shouldJudgeASoundThatIsThereFromTheStart(
      final String name, final Sound sound, final boolean talks) {
    int talking = 0;
    final int frames = 10 * FRAMES_A_SECOND;
    for (int i = 0; i < frames; i++) {
      talking += judge(detector, frame(sound, i)) ? 1 : 0;
    }
    if (talks) {
      // All but the first second, in which the first pause shows what the floor is.
      assertThat(talking).as(name).isGreaterThanOrEqualTo(frames - FRAMES_A_SECOND);
    } else {
      assertThat(talking).as(name).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 3.5, 4, 4.5, 5})
  void shouldHoldTheTalkThroughThePausesOfAKeyedTone(final double keyingHz) {
    final Sound sound = keyed(sine(700, 3_000, RATE_HZ), keyingHz, RATE_HZ);
    int changes = 0;
    boolean before = false;
    for (int i = 0; i < 60 * FRAMES_A_SECOND; i++) {
      final boolean now = judge(detector, frame(sound, i));
      changes += now == before ? 0 : 1;
      before = now;
    }
    assertThat(changes).isEqualTo(1);
    assertThat(before).isTrue();
  }

  @Test
  void shouldStartWithinAHundredMillisecondsAndEndSevenHundredAfter() {
    feed(silence(), 0, 50);
    final Sound voice = sine(300, 3_000, RATE_HZ);
    assertThat(framesUntil(true, voice)).isLessThanOrEqualTo(100 / 20);
    feed(voice, 0, 20);
    assertThat(framesUntil(false, silence())).isEqualTo(700 / 20);
  }

  @Test
  void shouldStartInNoiseAsFastAsInSilence() {
    feed(noise(600, 7), 0, 100);
    final Sound voice = sum(noise(600, 8), sine(300, 3_000, RATE_HZ));
    assertThat(framesUntil(true, voice)).isLessThanOrEqualTo(100 / 20);
  }

  @Test
  void shouldTakeASteadyToneForNoiseSoonAfterItBegan() {
    feed(silence(), 0, 100);
    final Sound tone = sine(440, 8_000, RATE_HZ);
    assertThat(framesUntil(true, tone)).isLessThanOrEqualTo(5);
    assertThat(framesUntil(false, tone)).isLessThanOrEqualTo(2 * FRAMES_A_SECOND);
    assertThat(feed(tone, 0, 500)).isZero();
  }

  @Test
  void shouldNotStartWhenASingleClickIsLoud() {
    feed(silence(), 0, 50);
    assertThat(judge(detector, constant(9_000))).isFalse();
    assertThat(judge(detector, constant(9_000))).isFalse();
    assertThat(feed(silence(), 0, 50)).isZero();
  }

  @Test
  void shouldTalkOnlyAboveTheThresholdItself() {
    feed(silence(), 0, 50);
    assertThat(feedConstant(DEFAULT_ENERGY, 10)).isZero();
    assertThat(feedConstant(DEFAULT_ENERGY + 1, 10)).isEqualTo(8);
    final VoiceActivity deafest = new VoiceActivity(1_800);
    judge(deafest, constant(0));
    for (int i = 0; i < 10; i++) {
      assertThat(judge(deafest, constant(1_800))).isFalse();
    }
    for (int i = 0; i < 10; i++) {
      judge(deafest, constant(1_801));
    }
    assertThat(deafest.isTalking()).isTrue();
  }

  @Test
  void shouldTalkOnlyAboveTwoPointEightTimesTheFloor() {
    feedConstant(1_000, 60);
    assertThat(feedConstant(2_800, 10)).isZero();
    feedConstant(1_000, 10);
    assertThat(feedConstant(2_801, 10)).isEqualTo(8);
  }

  @Test
  void shouldHearAClippingVoiceAboveAnyNoiseBecauseTheFloorIsCapped() {
    feedConstant(12_000, 100);
    assertThat(detector.noiseFloor()).isEqualTo(NoiseFloor.CAP);
    assertThat(feedConstant(15_000, 10)).isEqualTo(8);
  }

  @Test
  void shouldTakeANewThresholdFromTheNextFrameOn() {
    feed(silence(), 0, 50);
    detector.energy(1_000);
    assertThat(feedConstant(900, 10)).isZero();
    detector.energy(500);
    assertThat(feedConstant(900, 10)).isEqualTo(8);
  }

  @Test
  void shouldAlwaysBeOpenWhenTheThresholdIsZero() {
    detector.energy(0);
    assertThat(feed(silence(), 0, 100)).isEqualTo(100);
    assertThat(feed(noise(3_000, 5), 0, 100)).isEqualTo(100);
    detector.stop();
    assertThat(detector.isTalking()).isFalse();
    assertThat(judge(detector, constant(0))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, DEFAULT_ENERGY})
  void shouldEndAfterThreeHundredMillisecondsWithoutPackets(final int energy) {
    feed(silence(), 0, 50);
    feedConstant(5_000, 10);
    detector.energy(energy);
    assertThat(detector.isTalking()).isTrue();
    for (int i = 1; i < 15; i++) {
      assertThat(missed()).as("frame %d", i).isTrue();
    }
    assertThat(missed()).isFalse();
    assertThat(missed()).isFalse();
  }

  @Test
  void shouldCountMissingFramesAnewWhenAPacketComesBetween() {
    feed(silence(), 0, 50);
    feedConstant(5_000, 10);
    for (int burst = 0; burst < 5; burst++) {
      for (int i = 0; i < 14; i++) {
        assertThat(missed()).isTrue();
      }
      assertThat(judge(detector, constant(5_000))).isTrue();
    }
  }

  @Test
  void shouldLetMissingFramesCountTowardsTheEndOfATalk() {
    feed(silence(), 0, 50);
    feedConstant(5_000, 10);
    feed(silence(), 0, 25);
    for (int i = 0; i < 9; i++) {
      assertThat(missed()).isTrue();
    }
    assertThat(missed()).isFalse();
  }

  @Test
  void shouldEndAtOnceWhenToldAndNeedNewSpeechToBeginAgain() {
    feed(silence(), 0, 50);
    feedConstant(5_000, 10);
    detector.stop();
    assertThat(detector.isTalking()).isFalse();
    assertThat(judge(detector, constant(0))).isFalse();
    assertThat(judge(detector, constant(5_000))).isFalse();
    assertThat(judge(detector, constant(5_000))).isFalse();
    assertThat(judge(detector, constant(5_000))).isTrue();
  }

  @Test
  void shouldFindTheFloorAgainWhenALoudNoiseHasGone() {
    feed(noise(6_000, 9), 0, 200);
    feed(silence(), 0, 5);
    assertThat(framesUntil(true, sine(300, 1_000, RATE_HZ))).isLessThanOrEqualTo(5);
  }

  @Test
  void shouldStayOpenForATalkerWhoseLineTurnsNoisy() {
    final Sound quietThenNoisy = then(silence(), 5 * RATE_HZ, noise(800, 11));
    final Sound voice = keyed(sine(300, 9_000, RATE_HZ), 4, RATE_HZ);
    feed(sum(quietThenNoisy, voice), 0, 50);
    assertThat(feed(sum(quietThenNoisy, voice), 50, 450)).isEqualTo(450);
  }

  /** Syllables of 160 ms with soft edges, 60 ms apart, and a longer pause every two seconds. */
  private static Sound speechLike() {
    return index -> {
      final int inSentence = index % (2 * RATE_HZ);
      final int inSyllable = inSentence % (220 * RATE_HZ / 1_000);
      final int syllable = 160 * RATE_HZ / 1_000;
      if (inSentence > 1_500 * RATE_HZ / 1_000 || inSyllable >= syllable) {
        return noise(40, 13).at(index);
      }
      final double envelope = Math.sin(Math.PI * inSyllable / syllable);
      return (short)
          (4_000 * envelope * Math.sin(2 * Math.PI * 140 * index / RATE_HZ)
              + 2_000 * envelope * Math.sin(2 * Math.PI * 900 * index / RATE_HZ));
    };
  }

  private static boolean judge(final VoiceActivity activity, final short[] frame) {
    activity.onFrame(frame, FRAME_SAMPLES);
    return activity.isTalking();
  }

  private boolean missed() {
    detector.onMissing();
    return detector.isTalking();
  }

  /** How many of these frames were judged as talk. */
  private int feed(final Sound sound, final int fromFrame, final int frames) {
    int talking = 0;
    for (int i = 0; i < frames; i++) {
      talking += judge(detector, frame(sound, fromFrame + i)) ? 1 : 0;
    }
    return talking;
  }

  private int feedConstant(final int value, final int frames) {
    int talking = 0;
    for (int i = 0; i < frames; i++) {
      talking += judge(detector, constant(value)) ? 1 : 0;
    }
    return talking;
  }

  /** Frames up to and with the one that is first judged so. */
  private int framesUntil(final boolean talking, final Sound sound) {
    for (int i = 1; i <= 1_000; i++) {
      if (judge(detector, frame(sound, i - 1)) == talking) {
        return i;
      }
    }
    return Integer.MAX_VALUE;
  }

  private static short[] frame(final Sound sound, final int index) {
    return take(sound, index * FRAME_SAMPLES, FRAME_SAMPLES);
  }

  private static short[] constant(final int value) {
    final short[] frame = new short[FRAME_SAMPLES];
    Arrays.fill(frame, (short) value);
    return frame;
  }
}
