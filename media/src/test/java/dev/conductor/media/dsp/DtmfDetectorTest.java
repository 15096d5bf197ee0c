package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DtmfDetectorTest {
  private static final String KEYS = "123A456B789C*0#D";
  private static final double[] LOW_HZ = {697, 770, 852, 941};
  private static final double[] HIGH_HZ = {1_209, 1_336, 1_477, 1_633};

  /** Of a full sine: 3.14 dBm0. */
  private static final double FULL_DBM0 = 3.14;

  private static final double BEFORE_MS = 100;

  private final SplittableRandom random = new SplittableRandom(4_733);

  /** What is keyed: how far off, how loud, how long, in how much noise. */
  private record Press(
      double offLow, double offHigh, double lowDbm0, double highDbm0, double ms, double noiseDb) {
    static Press of(final double ms) {
      return new Press(0, 0, -10, -10, ms, -100);
    }
  }

  /** What a detector said of a run of frames. */
  private record Told(String digits, double heardMs) {}

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellEachKeyOnceWhereverItBegins(final RatePlane plane) {
    shouldTellAll(plane, Press.of(40));
    shouldTellAll(plane, Press.of(90));
    shouldTellAll(plane, Press.of(2_000));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellKeysOneAndAHalfPercentOff(final RatePlane plane) {
    shouldTellAll(plane, new Press(0.015, 0.015, -10, -10, 50, -100));
    shouldTellAll(plane, new Press(-0.015, -0.015, -10, -10, 50, -100));
    shouldTellAll(plane, new Press(0.015, -0.015, -10, -10, 50, -100));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellNoKeyThreeAndAHalfPercentOff(final RatePlane plane) {
    shouldTellNone(plane, new Press(0.035, 0, -10, -10, 100, -100));
    shouldTellNone(plane, new Press(-0.035, 0, -10, -10, 100, -100));
    shouldTellNone(plane, new Press(0, 0.035, -10, -10, 100, -100));
    shouldTellNone(plane, new Press(0, -0.035, -10, -10, 100, -100));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellKeysInNoiseTwistedLoudAndFaint(final RatePlane plane) {
    shouldTellAll(plane, new Press(0, 0, -10, -10, 45, -15));
    shouldTellAll(plane, new Press(0, 0, -10, -18, 45, -15));
    shouldTellAll(plane, new Press(0, 0, -14, -10, 45, -15));
    shouldTellAll(plane, new Press(0, 0, -3, -3, 45, -100));
    shouldTellAll(plane, new Press(0, 0, -30, -30, 45, -100));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellNoKeyWhenOneToneIsFarLouderThanTheOther(final RatePlane plane) {
    shouldTellNone(plane, new Press(0, 0, -6, -20, 100, -100));
    shouldTellNone(plane, new Press(0, 0, -20, -10, 100, -100));
    shouldTellNone(plane, new Press(0, 0, -6, -90, 100, -100));
    shouldTellNone(plane, new Press(0, 0, -90, -6, 100, -100));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellNoKeyShorterThan23Ms(final RatePlane plane) {
    shouldTellNone(plane, Press.of(23));
    shouldTellNone(plane, Press.of(15));
    shouldTellNone(plane, new Press(0, 0, -10, -10, 22, -15));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldLetOthersHearOneFrameOfAToneAtMost(final RatePlane plane) {
    for (int key = 0; key < KEYS.length(); key++) {
      for (int i = 0; i < 5; i++) {
        final int from = (int) ((BEFORE_MS + 20 * random.nextDouble()) * perMs(plane));
        final Told told = listen(plane, pressed(plane, key, Press.of(100), from), from, 100);
        assertThat(told.heardMs()).as("%s at %d", KEYS.charAt(key), from).isLessThan(20.5);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldTellAKeyAgainAfterAGapOf40Ms(final RatePlane plane) {
    for (int i = 0; i < 20; i++) {
      final double begin = 50 + 20 * random.nextDouble();
      assertThat(twice(plane, begin, 60, 40)).as("from %f ms", begin).isEqualTo("88");
    }
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldNotDoubleAKeyThatDropsOutFor20Ms(final RatePlane plane) {
    for (int i = 0; i < 20; i++) {
      final double begin = 50 + 20 * random.nextDouble();
      assertThat(twice(plane, begin, 60, 10)).as("10 ms from %f", begin).isEqualTo("8");
      assertThat(twice(plane, begin, 60, 20)).as("20 ms from %f", begin).isEqualTo("8");
    }
  }

  @Test
  void shouldTellTheNextKeyWhenItFollowsWithoutAGap() {
    final double[] sum = new double[8_000];
    addPair(sum, 8_000, 0, Press.of(0), 805, 805 + 480);
    addPair(sum, 8_000, 5, Press.of(0), 805 + 480, 805 + 960);
    assertThat(listen(RatePlane.NARROW, rounded(sum), 0, 0).digits()).isEqualTo("15");
  }

  @Test
  void shouldLetTheVoiceBeHeardAgainAfterTheTone() {
    final double[] sum = new double[8_000];
    addPair(sum, 8_000, 4, Press.of(0), 805, 805 + 480);
    for (int i = 1_290; i < sum.length; i++) {
      sum[i] += 5_000 * Math.sin(2 * Math.PI * 300 * i / 8_000);
    }
    final Told told = listen(RatePlane.NARROW, rounded(sum), 1_290, 500);
    assertThat(told.digits()).isEqualTo("4");
    assertThat(told.heardMs()).isGreaterThan(460);
  }

  @Test
  void shouldForgetATonePressedWhenReset() {
    final DtmfDetector detector = new DtmfDetector(RatePlane.NARROW);
    final short[] tone = pressed(RatePlane.NARROW, 3, Press.of(400), 0);
    final StringBuilder told = new StringBuilder();
    for (int frame = 0; frame < 16; frame++) {
      if (frame == 8) {
        detector.reset();
      }
      detector.onFrame(Arrays.copyOfRange(tone, frame * 160, frame * 160 + 160));
      if (detector.digit() != DtmfDetector.NO_DIGIT) {
        told.append(detector.digit());
      }
    }
    assertThat(told).hasToString("AA");
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldHearNothingInDialToneRingingNoiseAndChords(final RatePlane plane) {
    final double[][] chordsHz = {
      {350, 440},
      {440, 480},
      {480, 620},
      {425},
      {1_000},
      {697},
      {1_209},
      {440, 554.37, 659.26},
      {698.46, 880, 1_046.5},
      {784, 987.77, 1_174.66, 1_396.91},
    };
    for (final double[] chord : chordsHz) {
      final double[] sum = new double[plane.rateHz()];
      for (final double freqHz : chord) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += 6_000 * Math.sin(2 * Math.PI * freqHz * i / plane.rateHz());
        }
      }
      final Told told = listen(plane, rounded(sum), 0, 1_000);
      assertThat(told).as(Arrays.toString(chord)).isEqualTo(new Told("", 1_000));
    }
    final double[] noise = new double[60 * plane.rateHz()];
    addNoise(noise, 6_000);
    assertThat(listen(plane, rounded(noise), 0, 60_000)).isEqualTo(new Told("", 60_000));
  }

  @Test
  void shouldHearNoKeyInAVoiceWithTheSameTonesAndTheirHarmonics() {
    final double[] sum = new double[8_000];
    addPair(sum, 8_000, 13, Press.of(0), 0, sum.length);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += 2_500 * Math.sin(2 * Math.PI * 2 * LOW_HZ[3] * i / 8_000);
    }
    assertThat(listen(RatePlane.NARROW, rounded(sum), 0, 1_000)).isEqualTo(new Told("", 1_000));
  }

  private void shouldTellAll(final RatePlane plane, final Press press) {
    for (int key = 0; key < KEYS.length(); key++) {
      for (int i = 0; i < 4; i++) {
        final int from = (int) ((BEFORE_MS + 20 * random.nextDouble()) * perMs(plane));
        final Told told = listen(plane, pressed(plane, key, press, from), 0, 0);
        assertThat(told.digits())
            .as("%s at %d", press, from)
            .isEqualTo(KEYS.substring(key, key + 1));
      }
    }
  }

  private void shouldTellNone(final RatePlane plane, final Press press) {
    for (int key = 0; key < KEYS.length(); key++) {
      for (int i = 0; i < 4; i++) {
        final int from = (int) ((BEFORE_MS + 20 * random.nextDouble()) * perMs(plane));
        final Told told = listen(plane, pressed(plane, key, press, from), 0, 0);
        assertThat(told.digits()).as("%s at %d: %s", press, from, KEYS.charAt(key)).isEmpty();
      }
    }
  }

  private String twice(
      final RatePlane plane, final double beginMs, final double toneMs, final double gapMs) {
    final double[] sum = new double[plane.rateHz() / 2];
    final int first = (int) (beginMs * perMs(plane));
    final int tone = (int) (toneMs * perMs(plane));
    final int second = first + tone + (int) (gapMs * perMs(plane));
    addPair(sum, plane.rateHz(), KEYS.indexOf('8'), Press.of(0), first, first + tone);
    addPair(sum, plane.rateHz(), KEYS.indexOf('8'), Press.of(0), second, second + tone);
    return listen(plane, rounded(sum), 0, 0).digits();
  }

  private short[] pressed(
      final RatePlane plane, final int key, final Press press, final int fromSample) {
    final int tone = (int) (press.ms() * perMs(plane));
    final double[] sum = new double[fromSample + tone + (int) (BEFORE_MS * perMs(plane))];
    addPair(sum, plane.rateHz(), key, press, fromSample, fromSample + tone);
    final double rms =
        Math.hypot(amplitude(press.lowDbm0()), amplitude(press.highDbm0())) / Math.sqrt(2);
    // The noise is white to half the rate; a telephone's 4 kHz of it count.
    final double noise = rms * Math.pow(10, press.noiseDb() / 20) * Math.sqrt(perMs(plane) / 8);
    addNoise(sum, noise);
    return rounded(sum);
  }

  private void addPair(
      final double[] sum,
      final int rateHz,
      final int key,
      final Press press,
      final int from,
      final int to) {
    final double low = 2 * Math.PI * LOW_HZ[key / 4] * (1 + press.offLow()) / rateHz;
    final double high = 2 * Math.PI * HIGH_HZ[key % 4] * (1 + press.offHigh()) / rateHz;
    final double lowPhase = 2 * Math.PI * random.nextDouble();
    final double highPhase = 2 * Math.PI * random.nextDouble();
    for (int i = from; i < to; i++) {
      sum[i] +=
          amplitude(press.lowDbm0()) * Math.sin(lowPhase + low * i)
              + amplitude(press.highDbm0()) * Math.sin(highPhase + high * i);
    }
  }

  private void addNoise(final double[] sum, final double rms) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += rms * random.nextGaussian();
    }
  }

  /** Listens frame by frame; also how much others would hear from a sample on, in ms. */
  private static Told listen(
      final RatePlane plane, final short[] samples, final int from, final double ms) {
    final DtmfDetector detector = new DtmfDetector(plane);
    final StringBuilder digits = new StringBuilder();
    final int to = from + (int) (ms * perMs(plane));
    int heard = 0;
    for (int at = 0; at + plane.frameSamples() <= samples.length; at += plane.frameSamples()) {
      detector.onFrame(Arrays.copyOfRange(samples, at, at + plane.frameSamples()));
      if (detector.digit() != DtmfDetector.NO_DIGIT) {
        digits.append(detector.digit());
      }
      if (!detector.isTone()) {
        heard += Math.max(0, Math.min(to, at + plane.frameSamples()) - Math.max(from, at));
      }
    }
    return new Told(digits.toString(), heard / perMs(plane));
  }

  private static double perMs(final RatePlane plane) {
    return plane.rateHz() / 1_000.0;
  }

  private static double amplitude(final double dbm0) {
    return Gain.MAX_SAMPLE * Math.pow(10, (dbm0 - FULL_DBM0) / 20);
  }

  private static short[] rounded(final double[] sum) {
    final short[] samples = new short[sum.length];
    for (int i = 0; i < sum.length; i++) {
      samples[i] = Gain.saturate((int) Math.round(sum[i]));
    }
    return samples;
  }
}
