package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Sounds.Sound;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RateConverterTest {
  private static final int AMPLITUDE = 20_000;

  /** The first frames hold the filter's beginning. */
  private static final int SETTLED_FRAMES = 2;

  static Stream<Arguments> directions() {
    return Stream.of(RatePlane.values())
        .flatMap(
            from ->
                Stream.of(RatePlane.values())
                    .filter(to -> to != from)
                    .map(to -> Arguments.of(from, to)));
  }

  static Stream<Arguments> downwards() {
    return directions().filter(pair -> rateHz(pair, 0) > rateHz(pair, 1));
  }

  static Stream<Arguments> upwards() {
    return directions().filter(pair -> rateHz(pair, 0) < rateHz(pair, 1));
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldPassTheBandWithinHalfADecibelAndAddNothing(final RatePlane from, final RatePlane to) {
    for (final int percent : new int[] {1, 5, 15, 30, 50, 70, 85, 93, 97, 100}) {
      final double freqHz = passHz(from, to) * percent / 100.0;
      final Measured heard = Measured.of(convert(tone(freqHz, from), from, to, 20), freqHz, to);
      assertThat(heard.toneDb).as("%s Hz, dB", freqHz).isCloseTo(0, within(0.5));
      assertThat(heard.restDb).as("%s Hz: images and noise, dB", freqHz).isLessThan(-60);
    }
  }

  @ParameterizedTest
  @MethodSource("downwards")
  void shouldFoldNothingBackFromAboveTheNewBand(final RatePlane from, final RatePlane to) {
    final int stopHz = to.rateHz() / 2;
    for (int freqHz = stopHz; freqHz <= from.rateHz() / 2; freqHz += 67) {
      final short[] out = convert(tone(freqHz, from), from, to, 10);
      assertThat(decibels(out, settled(to))).as("%s Hz", freqHz).isLessThan(-60);
    }
  }

  @ParameterizedTest
  @MethodSource("upwards")
  void shouldMirrorNothingIntoTheNewBandEvenFromTheSlope(final RatePlane from, final RatePlane to) {
    final int halfRateHz = from.rateHz() / 2;
    for (int freqHz = passHz(from, to); freqHz < halfRateHz; freqHz += 23) {
      final Measured heard = Measured.of(convert(tone(freqHz, from), from, to, 20), freqHz, to);
      assertThat(heard.restDb).as("%s Hz: images and noise, dB", freqHz).isLessThan(-60);
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldDelayByWhatItSays(final RatePlane from, final RatePlane to) {
    final short[] in = new short[3 * from.frameSamples()];
    final int atLower = lower(from, to).frameSamples() + 17;
    in[atLower * from.rateHz() / lower(from, to).rateHz()] = 30_000;
    final short[] out = convert(index -> in[index], from, to, 3);
    final RateConverter converter = new RateConverter(from, to);
    final int middle = atLower * to.rateHz() / lower(from, to).rateHz() + converter.delaySamples();
    assertThat((int) out[middle]).isEqualTo(Level.peak(out, 0, out.length));
    // As long before as after: no frequency comes later than another.
    for (int i = 1; i < 100; i++) {
      assertThat((int) out[middle - i]).as("%d", i).isCloseTo(out[middle + i], within(1));
    }
    assertThat(1_000.0 * converter.delaySamples() / to.rateHz()).isBetween(0.5, 3.5);
  }

  @ParameterizedTest
  @EnumSource
  void shouldCopyWhenTheRateStays(final RatePlane plane) {
    final Sound noise = Sounds.noise(32_767, 8);
    final short[] out = convert(noise, plane, plane, 2);
    assertThat(out).isEqualTo(Sounds.take(noise, 0, 2 * plane.frameSamples()));
    assertThat(new RateConverter(plane, plane).delaySamples()).isZero();
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldKeepAConstantExactly(final RatePlane from, final RatePlane to) {
    for (final int value : new int[] {1, -7, 12_345, 32_767, -32_767}) {
      final short[] out = convert(index -> (short) value, from, to, 3);
      assertThat(Arrays.copyOfRange(out, to.frameSamples(), out.length))
          .containsOnly((short) value);
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldSaturateWhenEveryTapMeetsTheLoudestSampleOfItsSign(
      final RatePlane from, final RatePlane to) {
    // The worst input is a square wave that follows the taps' signs; the taps are the answers, at
    // one place of the output, to impulses at each place of the input.
    final int frames = 3;
    final int place = 2 * to.frameSamples() + 1;
    final short[] worst = new short[frames * from.frameSamples()];
    for (int i = 0; i < worst.length; i++) {
      final int at = i;
      final short[] answer = convert(index -> (short) (index == at ? 32_767 : 0), from, to, frames);
      worst[i] = (short) (answer[place] < 0 ? -32_767 : 32_767);
    }
    assertThat(convert(index -> worst[index], from, to, frames)[place]).isEqualTo((short) 32_767);
    assertThat(convert(index -> (short) -worst[index], from, to, frames)[place])
        .isEqualTo((short) -32_767);
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldTreatBothSignsAlike(final RatePlane from, final RatePlane to) {
    final Sound noise = Sounds.noise(32_767, 21);
    final short[] plus = convert(noise, from, to, 10);
    final short[] minus = convert(index -> (short) -noise.at(index), from, to, 10);
    for (int i = 0; i < plus.length; i++) {
      assertThat((int) minus[i]).isEqualTo(-plus[i]);
    }
  }

  @ParameterizedTest
  @MethodSource("directions")
  void shouldForgetTheStreamWhenResetAndKnowNothingOfOthers(
      final RatePlane from, final RatePlane to) {
    final RateConverter converter = new RateConverter(from, to);
    final RateConverter other = new RateConverter(from, to);
    final short[] out = new short[to.frameSamples()];
    converter.process(Sounds.take(Sounds.noise(15_000, 4), 0, from.frameSamples()), out);
    other.process(new short[from.frameSamples()], out);
    assertThat(out).containsOnly(0);
    converter.reset();
    converter.process(new short[from.frameSamples()], out);
    assertThat(out).containsOnly(0);
  }

  private static Sound tone(final double freqHz, final RatePlane plane) {
    return Sounds.sine(freqHz, AMPLITUDE, plane.rateHz());
  }

  private static RatePlane lower(final RatePlane one, final RatePlane other) {
    return one.rateHz() < other.rateHz() ? one : other;
  }

  private static int passHz(final RatePlane from, final RatePlane to) {
    return lower(from, to) == RatePlane.NARROW ? 3_400 : 7_000;
  }

  private static int rateHz(final Arguments pair, final int index) {
    return ((RatePlane) pair.get()[index]).rateHz();
  }

  private static int settled(final RatePlane plane) {
    return SETTLED_FRAMES * plane.frameSamples();
  }

  private static short[] convert(
      final Sound sound, final RatePlane from, final RatePlane to, final int frames) {
    final RateConverter converter = new RateConverter(from, to);
    final short[] all = new short[frames * to.frameSamples()];
    final short[] out = new short[to.frameSamples()];
    for (int i = 0; i < frames; i++) {
      converter.process(Sounds.take(sound, i * from.frameSamples(), from.frameSamples()), out);
      System.arraycopy(out, 0, all, i * out.length, out.length);
    }
    return all;
  }

  /** The power from a sample on, in dB against the tone that went in. */
  private static double decibels(final short[] out, final int offset) {
    double sum = 0;
    for (int i = offset; i < out.length; i++) {
      sum += (double) out[i] * out[i];
    }
    return inDecibels(sum / (out.length - offset));
  }

  private static double inDecibels(final double power) {
    return 10 * Math.log10((power + 1e-9) / (AMPLITUDE * (double) AMPLITUDE / 2));
  }

  /** The best-fitting sine of the tone's frequency, and what is left without it. */
  private static final class Measured {
    private final double toneDb;
    private final double restDb;

    private Measured(final double tonePower, final double restPower) {
      toneDb = inDecibels(tonePower);
      restDb = inDecibels(restPower);
    }

    private static Measured of(final short[] out, final double freqHz, final RatePlane plane) {
      final int offset = settled(plane);
      final int count = out.length - offset;
      double cc = 0;
      double cs = 0;
      double xc = 0;
      double xs = 0;
      for (int i = 0; i < count; i++) {
        final double cos = Math.cos(2 * Math.PI * freqHz * i / plane.rateHz());
        final double sin = Math.sin(2 * Math.PI * freqHz * i / plane.rateHz());
        cc += cos * cos;
        cs += cos * sin;
        xc += out[offset + i] * cos;
        xs += out[offset + i] * sin;
      }
      final double ss = count - cc;
      final double a = (xc * ss - xs * cs) / (cc * ss - cs * cs);
      final double b = (xs * cc - xc * cs) / (cc * ss - cs * cs);
      double rest = 0;
      for (int i = 0; i < count; i++) {
        final double angle = 2 * Math.PI * freqHz * i / plane.rateHz();
        rest += Math.pow(out[offset + i] - a * Math.cos(angle) - b * Math.sin(angle), 2);
      }
      return new Measured((a * a + b * b) / 2, rest / count);
    }
  }
}
