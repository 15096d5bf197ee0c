package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimiterTest {
  private static final int RELEASE_FRAMES = 200 / RatePlane.FRAME_MS;

  private final Limiter limiter = new Limiter();

  @ParameterizedTest
  @EnumSource
  void shouldChangeNothingUpToFullScale(final RatePlane plane) {
    final SplittableRandom random = new SplittableRandom(3);
    for (int frame = 0; frame < 50; frame++) {
      final int[] in = new int[plane.frameSamples()];
      for (int i = 0; i < in.length; i++) {
        in[i] = random.nextInt(-32_767, 32_768);
      }
      in[0] = 32_767;
      in[1] = -32_767;
      final short[] out = limit(plane, in);
      for (int i = 0; i < in.length; i++) {
        assertThat((int) out[i]).isEqualTo(in[i]);
      }
      assertThat(limiter.isIdle()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32_768, -32_768, 65_534, 655_340, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void shouldSaturateAnyPeakAnywhereInsteadOfWrapping(final int peak) {
    for (final RatePlane plane : RatePlane.values()) {
      for (int at = 0; at < plane.frameSamples(); at++) {
        final Limiter fresh = new Limiter();
        final int[] in = new int[plane.frameSamples()];
        in[at] = peak;
        final short[] out = new short[in.length];
        fresh.limit(plane, in, out);
        final int expected = peak < 0 ? -32_767 : 32_767;
        assertThat((int) out[at]).as("%s, sample %d", plane, at).isEqualTo(expected);
        assertThat(fresh.isIdle()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReachTheGainOfThePeakWithinAMillisecondAndKeepIt(final RatePlane plane) {
    final int[] in = constant(plane, 10_000);
    in[plane.frameSamples() - 1] = 65_534;
    final short[] out = limit(plane, in);
    final int attack = plane.rateHz() / 1_000;
    assertThat(out[0]).isEqualTo((short) 10_000);
    for (int i = 1; i <= attack; i++) {
      assertThat(out[i]).as("sample %d falls", i).isLessThan(out[i - 1]);
    }
    for (int i = attack; i < in.length - 1; i++) {
      assertThat(out[i]).as("sample %d", i).isEqualTo((short) 5_000);
    }
    assertThat(out[in.length - 1]).isEqualTo((short) 32_767);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReleaseSteadilyAndBeIdleAfterTwoHundredMilliseconds(final RatePlane plane) {
    limit(plane, constant(plane, 2_000_000_000));
    int before = 0;
    int steepest = 0;
    for (int frame = 1; frame <= RELEASE_FRAMES; frame++) {
      assertThat(limiter.isIdle()).as("before frame %d", frame).isFalse();
      for (final short sample : limit(plane, constant(plane, 20_000))) {
        assertThat((int) sample).isGreaterThanOrEqualTo(before);
        steepest = Math.max(steepest, sample - before);
        before = sample;
      }
    }
    assertThat(limiter.isIdle()).isTrue();
    final int even = 20_000 / (RELEASE_FRAMES * plane.frameSamples());
    assertThat(steepest).isLessThanOrEqualTo(even + 2);
  }

  @Test
  void shouldNotReleaseBeyondWhatTheFrameBears() {
    final RatePlane plane = RatePlane.NARROW;
    limit(plane, constant(plane, 200_000));
    for (int frame = 0; frame < 2 * RELEASE_FRAMES; frame++) {
      final short[] out = limit(plane, constant(plane, 65_534));
      assertThat(Level.peak(out, 0, out.length)).isLessThanOrEqualTo(32_767);
    }
    assertThat(limit(plane, constant(plane, 65_534))).containsOnly(32_767);
    assertThat(limit(plane, constant(plane, 6_553))).contains((short) 3_277);
  }

  @RepeatedTest(200)
  void shouldTreatBothSignsAlikeAndNeverTurnOne(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final Limiter mirror = new Limiter();
    final RatePlane plane = RatePlane.values()[random.nextInt(3)];
    for (int frame = 0; frame < 30; frame++) {
      final int loudest = 1 << random.nextInt(1, 31);
      final int[] in = new int[plane.frameSamples()];
      final int[] negated = new int[in.length];
      for (int i = 0; i < in.length; i++) {
        in[i] = random.nextInt(-loudest, loudest);
        negated[i] = -in[i];
      }
      final short[] out = limit(plane, in);
      final short[] mirrored = new short[in.length];
      mirror.limit(plane, negated, mirrored);
      for (int i = 0; i < in.length; i++) {
        assertThat((int) mirrored[i]).isEqualTo(-out[i]);
        assertThat(Math.abs((int) out[i])).isLessThanOrEqualTo(Math.min(32_767, abs(in[i])));
        assertThat((long) out[i] * in[i]).isNotNegative();
      }
      assertThat(mirror.isLike(limiter)).isTrue();
    }
  }

  @Test
  void shouldGoOnFromACopyAsTheOtherWould() {
    final RatePlane plane = RatePlane.WIDE;
    final Limiter copy = new Limiter();
    assertThat(copy.isLike(limiter)).isTrue();
    limit(plane, constant(plane, 400_000));
    assertThat(copy.isLike(limiter)).isFalse();
    copy.copyFrom(limiter);
    assertThat(copy.isLike(limiter)).isTrue();
    final int[] next = constant(plane, 20_000);
    final short[] copied = new short[next.length];
    copy.limit(plane, next, copied);
    assertThat(copied).isEqualTo(limit(plane, next));
    assertThat(copied[100]).isLessThan((short) 5_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {130, 350, 1_000, 3_150})
  void shouldKeepALoudToneCleanWherePlainSaturationMakesASquareOfIt(final int freqHz) {
    final RatePlane plane = RatePlane.NARROW;
    final int frames = 50;
    final short[] limited = new short[frames * plane.frameSamples()];
    final short[] cut = new short[limited.length];
    for (int frame = 0; frame < frames; frame++) {
      final int[] in = new int[plane.frameSamples()];
      for (int i = 0; i < in.length; i++) {
        final int at = frame * in.length + i;
        in[i] = (int) Math.round(4 * 32_767 * Math.sin(2 * Math.PI * freqHz * at / 8_000));
        cut[at] = Gain.saturate(in[i]);
      }
      System.arraycopy(limit(plane, in), 0, limited, frame * in.length, in.length);
    }
    // The first frame has the attack; a quarter of a second or more holds whole periods.
    assertThat(distortionDb(limited, 800, 7_200, freqHz)).isLessThan(-40);
    assertThat(distortionDb(cut, 800, 7_200, freqHz)).isGreaterThan(-17);
  }

  @Test
  void shouldLetTwentyFullScaleTalkersNeitherWrapNorClip() {
    final RatePlane plane = RatePlane.NARROW;
    final Talkers talkers = new Talkers(20, 17);
    final int frames = 500;
    int saturated = 0;
    int cut = 0;
    double limitedError = 0;
    double cutError = 0;
    for (int frame = 0; frame < frames; frame++) {
      final int[] in = talkers.next(plane);
      final short[] out = limit(plane, in);
      limitedError += error(in, out);
      final short[] plain = new short[in.length];
      for (int i = 0; i < in.length; i++) {
        plain[i] = Gain.saturate(in[i]);
        saturated += Math.abs((int) out[i]) == 32_767 ? 1 : 0;
        cut += Math.abs((int) plain[i]) == 32_767 ? 1 : 0;
        assertThat((long) out[i] * in[i]).isNotNegative();
      }
      cutError += error(in, plain);
    }
    final int samples = frames * plane.frameSamples();
    final double limitedDb = 10 * Math.log10(limitedError / frames);
    final double cutDb = 10 * Math.log10(cutError / frames);
    System.out.printf(
        "Twenty talkers: limited %.2f %% at full scale, distortion %.1f dB; cut %.1f %%, %.1f dB%n",
        100.0 * saturated / samples, limitedDb, 100.0 * cut / samples, cutDb);
    // One peak a frame touches full scale by design.
    assertThat(saturated).isLessThan(samples / 100);
    assertThat(limitedDb).isLessThan(-20).isLessThan(cutDb - 12);
  }

  /** What is not the sum at some constant gain, of the power of the whole. */
  private static double error(final int[] in, final short[] out) {
    double inIn = 0;
    double inOut = 0;
    double outOut = 0;
    for (int i = 0; i < in.length; i++) {
      inIn += (double) in[i] * in[i];
      inOut += (double) in[i] * out[i];
      outOut += (double) out[i] * out[i];
    }
    return 1 - inOut * inOut / (inIn * outOut);
  }

  private static double distortionDb(
      final short[] samples, final int offset, final int count, final int freqHz) {
    final double tone = Goertzel.power(samples, offset, count, freqHz, 8_000);
    double all = 0;
    for (int i = offset; i < offset + count; i++) {
      all += (double) samples[i] * samples[i] / count;
    }
    return 10 * Math.log10(Math.max(all - tone, 1e-9) / tone);
  }

  private static int abs(final int value) {
    return value == Integer.MIN_VALUE ? Integer.MAX_VALUE : Math.abs(value);
  }

  private short[] limit(final RatePlane plane, final int[] in) {
    final short[] out = new short[in.length];
    limiter.limit(plane, in, out);
    return out;
  }

  private static int[] constant(final RatePlane plane, final int value) {
    final int[] frame = new int[plane.frameSamples()];
    Arrays.fill(frame, value);
    return frame;
  }

  /** Voices of full scale: each a pitch with harmonics, in syllables of its own pace. */
  private static final class Talkers {
    private final double[] pitchHz;
    private final double[] paceHz;
    private int at;

    private Talkers(final int count, final long seed) {
      final SplittableRandom random = new SplittableRandom(seed);
      pitchHz = random.doubles(count, 90, 260).toArray();
      paceHz = random.doubles(count, 1.5, 2.5).toArray();
    }

    private int[] next(final RatePlane plane) {
      final int[] sum = new int[plane.frameSamples()];
      for (int i = 0; i < sum.length; i++, at++) {
        final double seconds = (double) at / plane.rateHz();
        for (int voice = 0; voice < pitchHz.length; voice++) {
          final double turn = 2 * Math.PI * pitchHz[voice] * seconds;
          final double shape =
              (Math.sin(turn) + Math.sin(2 * turn + 1) + Math.sin(5 * turn + 2)) / 3;
          final double syllable = Math.abs(Math.sin(Math.PI * paceHz[voice] * seconds));
          sum[i] += (int) Math.round(32_767 * shape * syllable);
        }
      }
      return sum;
    }
  }
}
