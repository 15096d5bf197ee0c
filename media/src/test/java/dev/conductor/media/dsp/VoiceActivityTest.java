package dev.conductor.media.dsp;

import static dev.conductor.media.dsp.Sounds.keyed;
import static dev.conductor.media.dsp.Sounds.noise;
import static dev.conductor.media.dsp.Sounds.silence;
import static dev.conductor.media.dsp.Sounds.sine;
import static dev.conductor.media.dsp.Sounds.sum;
import static dev.conductor.media.dsp.Sounds.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Sounds.Sound;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VoiceActivityTest {
  private static final RatePlane PLANE = RatePlane.NARROW;
  private static final int RATE_HZ = PLANE.rateHz();
  private static final int FRAMES_A_SECOND = 1_000 / RatePlane.FRAME_MS;
  private static final int HANG_OVER_FRAMES = 700 / RatePlane.FRAME_MS;
  private static final int DEFAULT_ENERGY = 100;

  private final VoiceActivity activity = new VoiceActivity(DEFAULT_ENERGY);

  static Stream<Arguments> steadyLines() {
    return Stream.of(
        Arguments.of("silence", silence()),
        Arguments.of("idle A-law", (Sound) index -> (short) (index % 2 == 0 ? 8 : -8)),
        Arguments.of("hiss", noise(60, 1)),
        Arguments.of("louder hiss", noise(900, 2)),
        Arguments.of("roar", noise(9_000, 3)),
        Arguments.of("mains hum", sum(sine(50, 400, RATE_HZ), sine(150, 120, RATE_HZ))),
        Arguments.of("mains hum, American", sine(60, 800, RATE_HZ)),
        Arguments.of("hum and hiss", sum(sine(50, 500, RATE_HZ), noise(300, 4))),
        Arguments.of("dial tone", sum(sine(350, 6_000, RATE_HZ), sine(440, 6_000, RATE_HZ))),
        Arguments.of("faint rumble", Sounds.rumble(50, 11, RATE_HZ)),
        Arguments.of("rumble", Sounds.rumble(800, 12, RATE_HZ)),
        Arguments.of("a constant", (Sound) index -> (short) 700));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steadyLines")
  void shouldCloseASteadyLineAndLeaveItClosed(final String name, final Sound line) {
    assertThat(openFrames(silence(), PLANE, 0, 100)).as("a new line").isEqualTo(34);
    feed(line, PLANE, 0, 2 * FRAMES_A_SECOND);
    assertThat(openFrames(line, PLANE, 100, 30 * FRAMES_A_SECOND)).as(name).isZero();
    assertThat(activity.isTalking()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steadyLines")
  void shouldOpenWithinTheVeryFrameThatStandsOutFromTheLine(final String name, final Sound line) {
    feed(line, PLANE, 0, 5 * FRAMES_A_SECOND);
    assertThat(activity.isOpen()).isFalse();
    final int standing = 36 * Math.max(15, activity.noiseFloor()) / 10;
    feed(sum(line, sine(300, Math.min(32_000, standing), RATE_HZ)), PLANE, 250, 1);
    assertThat(activity.isOpen()).as(name).isTrue();
    // And not much longer than the hang-over, once the line is as it was.
    assertThat(openFrames(line, PLANE, 251, 100)).isEqualTo(HANG_OVER_FRAMES - 1);
  }

  @Test
  void shouldLoseNothingOfASoftBeginning() {
    final Sound hiss = noise(100, 6);
    feed(hiss, PLANE, 0, 5 * FRAMES_A_SECOND);
    // It swells by 6 dB every 100 ms, from far below the hiss to a full voice.
    final Sound swell = index -> (short) (10 * Math.pow(2, index / 800.0) * Math.sin(index * 0.25));
    int opened = -1;
    int talked = -1;
    for (int i = 0; i < 45; i++) {
      final int fromFrame = i;
      final Sound both = index -> (short) (hiss.at(index) + swell.at(index));
      feed(both, PLANE, fromFrame, 1);
      opened = opened < 0 && activity.isOpen() ? i : opened;
      talked = talked < 0 && activity.isTalking() ? i : talked;
    }
    assertThat(opened).isPositive();
    assertThat(talked).isGreaterThanOrEqualTo(opened + 5);
    final double lost = 10 * Math.pow(2, opened / 5.0);
    assertThat(lost).as("amplitude not heard, in noise of peak 100").isLessThan(150);
  }

  @Test
  void shouldOpenWhateverTheThresholdOfTalking() {
    activity.energy(1_800);
    feed(silence(), PLANE, 0, 100);
    feed(sine(300, 60, RATE_HZ), PLANE, 0, 1);
    assertThat(activity.isOpen()).isTrue();
    assertThat(activity.isTalking()).isFalse();
  }

  @Test
  void shouldNotOpenForWhatNobodyHears() {
    final Sound dither = keyed(index -> (short) (index % 2 == 0 ? 9 : -9), 4, RATE_HZ);
    feed(silence(), PLANE, 0, 100);
    assertThat(openFrames(dither, PLANE, 0, 500)).isZero();
    feed(sine(300, 25, RATE_HZ), PLANE, 0, 1);
    assertThat(activity.isOpen()).isTrue();
  }

  @Test
  void shouldBeOpenForWhoeverTalks() {
    activity.energy(3);
    feed(silence(), PLANE, 0, 100);
    feed(index -> (short) 6, PLANE, 0, 10);
    assertThat(activity.isTalking()).isTrue();
    assertThat(activity.isOpen()).isTrue();
  }

  @Test
  void shouldAlwaysBeOpenWhenTheThresholdIsZero() {
    activity.energy(0);
    assertThat(openFrames(noise(300, 5), PLANE, 0, 500)).isEqualTo(500);
    activity.energy(DEFAULT_ENERGY);
    assertThat(openFrames(noise(300, 5), PLANE, 500, 100)).isEqualTo(HANG_OVER_FRAMES - 1);
    final VoiceActivity fromTheStart = new VoiceActivity(0);
    for (int i = 0; i < 500; i++) {
      fromTheStart.onFrame(new short[PLANE.frameSamples()], PLANE.frameSamples());
    }
    assertThat(fromTheStart.isOpen()).isTrue();
    assertThat(fromTheStart.isTalking()).isTrue();
  }

  @Test
  void shouldStayOpenThroughPausesAndLostPacketsOfLessThanTheHangOver() {
    final Sound voice = keyed(sine(300, 3_000, RATE_HZ), 1, RATE_HZ);
    feed(voice, PLANE, 0, 100);
    assertThat(openFrames(voice, PLANE, 100, 500)).isEqualTo(500);
    for (int i = 1; i < HANG_OVER_FRAMES; i++) {
      activity.onMissing();
      assertThat(activity.isOpen()).as("missing %d", i).isTrue();
    }
    activity.onMissing();
    assertThat(activity.isOpen()).isFalse();
  }

  @Test
  void shouldCloseAtOnceWhenToldAndOpenWithTheNextSound() {
    feed(silence(), PLANE, 0, 50);
    feed(sine(300, 3_000, RATE_HZ), PLANE, 0, 10);
    activity.stop();
    assertThat(activity.isOpen()).isFalse();
    assertThat(activity.isTalking()).isFalse();
    feed(silence(), PLANE, 0, 1);
    assertThat(activity.isOpen()).isFalse();
    feed(sine(300, 3_000, RATE_HZ), PLANE, 0, 1);
    assertThat(activity.isOpen()).isTrue();
  }

  @Test
  void shouldTalkThroughThePausesOfALineThatSendsNothingInThem() {
    activity.dtx(true);
    feed(silence(), PLANE, 0, 50);
    feed(sine(300, 3_000, RATE_HZ), PLANE, 0, 10);
    for (int i = 1; i < HANG_OVER_FRAMES; i++) {
      activity.onMissing();
      assertThat(activity.isTalking()).as("missing %d", i).isTrue();
    }
    activity.onMissing();
    assertThat(activity.isTalking()).isFalse();
    activity.dtx(false);
    feed(sine(300, 3_000, RATE_HZ), PLANE, 0, 10);
    for (int i = 0; i < 15; i++) {
      assertThat(activity.isTalking()).as("missing %d", i).isTrue();
      activity.onMissing();
    }
    assertThat(activity.isTalking()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldEndAlsoAnAlwaysOpenTalkWithoutPackets(final boolean dtx) {
    activity.energy(0);
    activity.dtx(dtx);
    feed(silence(), PLANE, 0, 50);
    final int limit = dtx ? 35 : 15;
    for (int i = 0; i < limit; i++) {
      assertThat(activity.isTalking()).as("missing %d", i).isTrue();
      activity.onMissing();
    }
    assertThat(activity.isTalking()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void shouldJudgeAlikeAtEveryRate(final RatePlane plane) {
    final Sound voice = keyed(sine(400, 2_000, plane.rateHz()), 0.4, plane.rateHz());
    final VoiceActivity other = new VoiceActivity(DEFAULT_ENERGY);
    final Sound same = keyed(sine(400, 2_000, RATE_HZ), 0.4, RATE_HZ);
    for (int i = 0; i < 1_000; i++) {
      feed(voice, plane, i, 1);
      other.onFrame(frame(same, PLANE, i), PLANE.frameSamples());
      assertThat(activity.isTalking()).as("frame %d", i).isEqualTo(other.isTalking());
      assertThat(activity.isOpen()).as("frame %d", i).isEqualTo(other.isOpen());
      assertThat(activity.levelDb()).isCloseTo(other.levelDb(), within(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTellTheLevelOfTheLastFrame(final RatePlane plane) {
    assertThat(activity.levelDb()).isEqualTo(-127);
    for (final int amplitude : new int[] {32_767, 10_000, 1_000, 100, 20}) {
      final Sound tone = sine(400, amplitude, plane.rateHz());
      feed(tone, plane, 0, 1);
      final short[] frame = frame(tone, plane, 0);
      assertThat(activity.levelDb()).isCloseTo(Level.dbov(frame, 0, frame.length), within(1));
    }
    feed(index -> Short.MIN_VALUE, plane, 0, 1);
    assertThat(activity.levelDb()).isZero();
    feed(index -> (short) (index % 999 == 0 ? 1 : 0), plane, 0, 1);
    assertThat(activity.levelDb()).isBetween(-127, -110);
    feed(tone(plane), plane, 0, 1);
    activity.onMissing();
    assertThat(activity.levelDb()).isEqualTo(-127);
    feed(tone(plane), plane, 0, 1);
    feed(silence(), plane, 0, 1);
    assertThat(activity.levelDb()).isEqualTo(-127);
  }

  /** Whatever came before for hours: quiet ends it, and a voice after it is heard at once. */
  @RepeatedTest(20)
  void shouldNeverBeStuckAfterHoursOfAnything(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final short[] frame = new short[PLANE.frameSamples()];
    for (int minute = 0; minute < 12; minute++) {
      anythingForAMinute(random, frame);
      activity.energy(DEFAULT_ENERGY);
      final int noisePeak = random.nextInt(1, 2 * NoiseFloor.CAP);
      feed(noise(noisePeak, minute), PLANE, 0, 2 * FRAMES_A_SECOND);
      assertThat(activity.isTalking()).as("minute %d", minute).isFalse();
      assertThat(activity.isOpen()).as("minute %d", minute).isFalse();
      feed(sine(300, Math.min(32_767, 500 + 6 * noisePeak), RATE_HZ), PLANE, 0, 5);
      assertThat(activity.isTalking()).as("minute %d, noise %d", minute, noisePeak).isTrue();
      assertThat(activity.isOpen()).isTrue();
    }
  }

  private void anythingForAMinute(final SplittableRandom random, final short[] frame) {
    for (int i = 0; i < 60 * FRAMES_A_SECOND; ) {
      final int length = 1 + random.nextInt(1 << random.nextInt(1, 9));
      final int peak = random.nextInt(1 << random.nextInt(1, 16));
      final int kind = random.nextInt(5);
      activity.energy(random.nextInt(4) == 0 ? 0 : random.nextInt(1_801));
      activity.dtx(random.nextBoolean());
      for (int j = 0; j < length; j++) {
        if (kind == 0) {
          activity.onMissing();
        } else if (kind == 1) {
          activity.stop();
        } else {
          for (int k = 0; k < frame.length; k++) {
            frame[k] = (short) (kind == 2 ? peak : random.nextInt(-peak, peak + 1));
          }
          activity.onFrame(frame, frame.length);
        }
      }
      i += length;
    }
  }

  private static Sound tone(final RatePlane plane) {
    return sine(1_000, 9_000, plane.rateHz());
  }

  private void feed(
      final Sound sound, final RatePlane plane, final int fromFrame, final int frames) {
    openFrames(sound, plane, fromFrame, frames);
  }

  /** After how many of these frames it was open. */
  private int openFrames(
      final Sound sound, final RatePlane plane, final int fromFrame, final int frames) {
    int open = 0;
    for (int i = 0; i < frames; i++) {
      activity.onFrame(frame(sound, plane, fromFrame + i), plane.frameSamples());
      open += activity.isOpen() ? 1 : 0;
    }
    return open;
  }

  private static short[] frame(final Sound sound, final RatePlane plane, final int index) {
    final int samples = plane.frameSamples();
    return take(sound, index * samples, samples);
  }
}
