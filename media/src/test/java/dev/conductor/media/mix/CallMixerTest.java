package dev.conductor.media.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.api.MixPlan;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CallMixerTest {
  private static final int FRAME_SAMPLES = 40;
  private static final int ROUTINGS_A_SEED = 100;

  private final CallMixer mixer = new CallMixer(FRAME_SAMPLES);
  private final short[] heard = new short[FRAME_SAMPLES];

  @RepeatedTest(100)
  void shouldGiveTheExactSumOfThePermittedOthersWhateverTheRouting(final RepetitionInfo info) {
    checkRoutings(new SplittableRandom(info.getCurrentRepetition()), false);
  }

  @RepeatedTest(100)
  void shouldGiveTheExactSumOfThePermittedOthersAtAnyVolumes(final RepetitionInfo info) {
    checkRoutings(new SplittableRandom(-info.getCurrentRepetition()), true);
  }

  /** One mixer through all of them, so that nothing of an earlier plan or tick may remain. */
  private void checkRoutings(final SplittableRandom random, final boolean volumes) {
    for (int routing = 1; routing <= ROUTINGS_A_SEED; routing++) {
      final RoutingOracle oracle = RoutingOracle.random(random, routing, FRAME_SAMPLES, volumes);
      mixer.plan(oracle.plan);
      feedAll(mixer, oracle, random);
      for (final int listener : oracle.anyOrder(random)) {
        mixer.hear(listener, heard);
        assertThat(heard)
            .as("routing %d, listener %d of %s", routing, listener, oracle.plan)
            .isEqualTo(oracle.expected(listener));
      }
    }
  }

  @RepeatedTest(500)
  void shouldNegateWhatIsHeardWhenEveryVoiceIsNegated(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final RoutingOracle oracle = RoutingOracle.random(random, 1, FRAME_SAMPLES, true);
    final CallMixer opposite = new CallMixer(FRAME_SAMPLES);
    mixer.plan(oracle.plan);
    opposite.plan(oracle.plan);
    feedAll(mixer, oracle, random);
    feedAll(opposite, oracle.negated(), random);
    final short[] negated = new short[FRAME_SAMPLES];
    for (int listener = 0; listener < oracle.voices.length; listener++) {
      mixer.hear(listener, heard);
      opposite.hear(listener, negated);
      for (int s = 0; s < FRAME_SAMPLES; s++) {
        assertThat(negated[s]).isEqualTo((short) -heard[s]);
      }
    }
  }

  @Test
  void shouldGiveZeroWhenTwoOthersCancelEachOtherAtFullScale() {
    mixer.plan(everybodyInOneMix(3));
    mixer.begin();
    mixer.feed(0, constant(30_000));
    mixer.feed(1, constant(30_000));
    mixer.feed(2, constant(-30_000));
    assertThat(hear(0)).containsOnly(0);
    assertThat(hear(2)).containsOnly(32_767);
  }

  @Test
  void shouldPassTheLoudestNegativeSampleAsTheNegationOfTheLoudest() {
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    mixer.feed(0, constant(Short.MIN_VALUE));
    assertThat(hear(1)).containsOnly(-32_767);
  }

  @Test
  void shouldKeepTheOthersExactWhenAThousandShoutAtOnce() {
    final int count = 1_000;
    mixer.plan(everybodyInOneMix(count, 4, -4));
    mixer.begin();
    for (int i = 0; i < count; i++) {
      mixer.feed(i, constant(i % 2 == 0 ? 32_767 : -32_767));
    }
    // Each hears 500 of the other sign and 499 of his own: one voice of the other sign, at 0 dB.
    assertThat((double) hear(0)[0]).isBetween(-32_767.0, -32_700.0);
    assertThat((double) hear(1)[0]).isBetween(32_700.0, 32_767.0);
  }

  @Test
  void shouldBeSilentWhenNobodyWasFedInThisTick() {
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    mixer.feed(0, constant(1_000));
    assertThat(hear(1)).containsOnly(1_000);
    mixer.begin();
    assertThat(hear(1)).containsOnly(0);
  }

  @Test
  void shouldCountAVoiceOnceWhenItIsFedTwiceInATick() {
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    mixer.feed(0, constant(1_000));
    mixer.feed(0, constant(5_000));
    assertThat(hear(1)).containsOnly(1_000);
    assertThat(hear(0)).containsOnly(0);
  }

  @Test
  void shouldNotBeChangedWhenTheVoiceIsOverwrittenAfterFeeding() {
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    final short[] voice = constant(700);
    mixer.feed(0, voice);
    Arrays.fill(voice, (short) 9);
    assertThat(hear(0)).containsOnly(0);
    assertThat(hear(1)).containsOnly(700);
  }

  @Test
  void shouldNotLeakTheLastTickWhenAPlanReordersThePlaces() {
    mixer.plan(new MixPlan(1, 1, 1, List.of(place(1, 0, 0, 0, 0), place(2, -1, 0, 0, 0))));
    mixer.begin();
    mixer.feed(0, constant(1_000));
    mixer.plan(new MixPlan(1, 2, 1, List.of(place(2, 0, 0, 0, 0), place(1, 0, 0, 0, 0))));
    mixer.begin();
    mixer.feed(1, constant(300));
    assertThat(hear(0)).containsOnly(300);
    assertThat(hear(1)).containsOnly(0);
  }

  @Test
  void shouldRefuseAPlaceThatThePlanDoesNotHave() {
    mixer.plan(everybodyInOneMix(3));
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    assertThatThrownBy(() -> mixer.feed(2, constant(1)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> mixer.hear(-1, heard)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldAllocateNothingInATick() {
    final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    final int count = 50;
    mixer.plan(everybodyInOneMix(count, 1, -1));
    final short[] voice = constant(500);
    runTicks(20, count, voice);
    final long before = threads.getCurrentThreadAllocatedBytes();
    runTicks(1_000, count, voice);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The measuring itself may cost a few bytes; one object a tick would be 16,000.
    assertThat(allocated).isLessThan(4_000);
  }

  private void runTicks(final int ticks, final int count, final short[] voice) {
    for (int t = 0; t < ticks; t++) {
      mixer.begin();
      for (int i = 0; i < count; i++) {
        mixer.feed(i, voice);
      }
      for (int i = 0; i < count; i++) {
        mixer.hear(i, heard);
      }
    }
  }

  private static void feedAll(
      final CallMixer mixer, final RoutingOracle oracle, final SplittableRandom random) {
    mixer.begin();
    for (final int place : oracle.anyOrder(random)) {
      if (oracle.fed[place]) {
        mixer.feed(place, oracle.voices[place]);
      }
    }
  }

  private short[] hear(final int place) {
    mixer.hear(place, heard);
    return heard;
  }

  private static MixPlan everybodyInOneMix(final int count) {
    return everybodyInOneMix(count, 0, 0);
  }

  private static MixPlan everybodyInOneMix(
      final int count, final int volumeIn, final int volumeOut) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(place(i + 1, 0, 0, volumeIn, volumeOut));
    }
    return new MixPlan(1, 1, 1, places);
  }

  private static MixPlan.Place place(
      final long id, final int feeds, final int hears, final int volumeIn, final int volumeOut) {
    return new MixPlan.Place(id, feeds, -1, hears, -1, volumeIn, volumeOut, 100, true);
  }

  private static short[] constant(final int value) {
    final short[] frame = new short[FRAME_SAMPLES];
    Arrays.fill(frame, (short) value);
    return frame;
  }
}
